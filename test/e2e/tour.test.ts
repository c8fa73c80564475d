import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import type { Actor } from "#domain/actor.ts";
import { instantOf } from "#domain/instant.ts";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import type { PersonId } from "#infra/local/people.ts";
import { sourceSecretName } from "#infra/local/source-secrets.ts";
import { GALLERY } from "#infra/local/story/jiangxi.ts";
import { salesOf, sendSales } from "#infra/local/story/send-sales.ts";

/**
 * A tour of the platform by everybody who uses it, over HTTP, against the real handlers and tables. What was called and
 * answered is written down as `shared/docs/TOUR.md`; `npx vitest run --project system test/e2e/tour.test.ts -u` writes it anew.
 */

const DOCUMENT = new URL("../../shared/docs/TOUR.md", import.meta.url).pathname;
const CAMPAIGN = "/v1/campaigns/jiangxi-travel-2018";
const SELLER = "a-nanchang-001";
const AFTER_CUT_OFF = instantOf("2018-11-16T00:05:00+08:00");
/** Enough to fill every branch's board; the story plays all of them. */
const SALES = 120;

let cloud: LocalCloud;
const folder = mkdtempSync(join(tmpdir(), "laurel-tour-"));
const written: string[] = [];

beforeAll(async () => {
  cloud = await startLocalCloud({ clock: { simulatedFrom: "2018-04-20T00:00:00+08:00" } });
});

afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => readFileSync(join(GALLERY, name), "utf8");

function chapter(title: string): void {
  written.push(`\n## ${title}\n`, "| who | call | answer | |", "| --- | --- | --- | --- |");
}

interface Call {
  readonly json?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Told {
  readonly body: ReturnType<typeof JSON.parse>;
  readonly text: string;
}

/** One call, which must be answered so; a line of the tour. */
async function call(
  who: PersonId | Actor | { readonly machine: string },
  target: string,
  status: number,
  why: string,
  { json, text, type = "application/json", headers = {} }: Call = {},
): Promise<Told> {
  const [method = "GET", path = ""] = target.split(" ");
  const isMachine = typeof who === "object" && "machine" in who;
  const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
  const response = await fetch(cloud.url + path, {
    method,
    headers: {
      ...(isMachine ? {} : { authorization: `Bearer ${await cloud.tokenFor(who)}` }),
      ...(body === undefined ? {} : { "content-type": type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const answer = await response.text();
  expect(response.status, `${target}: ${answer.slice(0, 600)}`).toBe(status);
  const name = isMachine ? who.machine : typeof who === "string" ? who : `${who.subject} (${who.roles.join(", ")})`;
  written.push(`| ${name} | \`${method} ${shown(path)}\` | ${status} | ${why} |`);
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return { body: isJson ? JSON.parse(answer) : undefined, text: answer };
}

/** Ids that differ from tour to tour are not shown. */
function shown(path: string): string {
  return path
    .replace(/(approvals|disputes)\/[^/?]+/, "$1/…")
    .replace(/cursor=[^&]+/, "cursor=…")
    .replace(CAMPAIGN, "…/jiangxi-travel-2018");
}

const csv = (name: string): Call => ({ text: file(name), type: "text/csv" });
const TWO_ROLES: Actor = { subject: "mei.lin", roles: ["marketing", "approver"], units: [], sources: [] };

async function setUp(): Promise<void> {
  chapter("The administrator: sources, organisation, people");
  for (const source of ["jx-app-pos", "hq-web"]) {
    const settings = { name: source, secretNames: [sourceSecretName(source)] };
    await call("sun.hao", `PUT /v1/sources/${source}`, 200, "a till that signs its messages", { json: settings });
  }
  const mapping = { level: "order", basis: "paid", seller: { otherwise: SELLER } };
  const shop = { name: "Web shop", kind: "woocommerce", secretNames: [sourceSecretName("web-shop")], mapping };
  await call("sun.hao", "PUT /v1/sources/web-shop", 200, "a shop of a vendor's", { json: shop });
  await call("sun.hao", "POST /v1/org-units:import", 200, "the branches", csv("orgs.csv"));
  await call("sun.hao", "POST /v1/people:import", 200, "who works where", csv("people.csv"));
  await call("sun.hao", "GET /v1/sources", 200, "what runs the platform sees of it");
  const plan = { text: file("plan.yaml"), type: "application/yaml" };
  await call("sun.hao", "POST /v1/campaigns", 403, "and makes no campaigns", plan);
}

async function launch(): Promise<void> {
  chapter("Marketing makes the campaign, finance puts it in force");
  const plan = {
    text: `${file("plan.yaml")}\ndisputes:\n  within: P10D\n  decideWithin: P15D\n`,
    type: "application/yaml",
  };
  const checked = await call("mei.lin", "POST /v1/plans:validate", 200, "what is wrong with the plan: nothing", plan);
  expect(checked.body).toMatchObject({ valid: true });
  await call("mei.lin", "POST /v1/campaigns", 201, "the Jiangxi campaign of the gallery", plan);
  await call("mei.lin", `POST ${CAMPAIGN}/targets:import`, 200, "the branches' targets", csv("targets.csv"));
  const headers = { "if-match": '"1"' };
  await call("mei.lin", `POST ${CAMPAIGN}/versions`, 201, "a version that never changes", { headers });
  const asked = await call("mei.lin", `POST ${CAMPAIGN}/activate`, 202, "waits for a second person", {
    json: { version: 1 },
  });
  const { id, hash } = asked.body;
  const approve = `POST /v1/approvals/${id}/approve`;
  await call("mei.lin", approve, 403, "marketing approves nothing", { json: { hash } });
  await call(TWO_ROLES, approve, 403, "nor does whoever asked, in whatever role", { json: { hash } });
  await call("fang.wei", approve, 412, "not what was shown", { json: { hash: "0".repeat(64) } });
  await call("fang.wei", approve, 200, "what was shown, by somebody else", { json: { hash } });
  await cloud.idle();
}

const sale = (externalId: string, amount: string, source = "jx-app-pos") => ({
  ...{ kind: "sale", source, externalId, version: 1, status: "active", participantId: SELLER },
  ...{ occurredAt: "2018-07-02T10:00:00+08:00", amount, currency: "CNY", product: "LAY", channel: "individual" },
  attributes: { entry: "app" },
});

async function sell(): Promise<void> {
  chapter("Sales come in");
  const rows = z.array(z.record(z.string(), z.string())).parse(parse(file("facts.csv"), { columns: true, bom: true }));
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== "entry");
  const sales = salesOf(rows.slice(0, SALES), new Set(columns)).sort((a, b) => a.recordedAt - b.recordedAt);
  const answers = await sendSales(cloud, sales, () => {});
  expect([...answers.keys()]).toEqual([200]);
  written.push(`| the tills | \`POST /v1/webhooks/{source}\` | 200 | ${SALES} signed sales of the gallery |`);

  const till = { machine: "a till" };
  const webhook = "POST /v1/webhooks/jx-app-pos";
  const body = JSON.stringify(sale("tour-1", "128.50"));
  const headers = cloud.signWebhook("jx-app-pos", body);
  await call(till, webhook, 200, "a sale, signed over its bytes", { text: body, headers });
  await call(till, webhook, 200, "the same again changes nothing", { text: body, headers });
  const forged = { text: body.replace("128.50", "999.50"), headers };
  await call(till, webhook, 401, "one byte changed after it was signed", forged);
  const other = JSON.stringify(sale("tour-1", "999.50"));
  const contradiction = { text: other, headers: cloud.signWebhook("jx-app-pos", other) };
  await call(till, webhook, 409, "another amount under the same version: kept, never counted", contradiction);

  const facts = [sale("tour-2", "40.00"), sale("tour-3", "1.00", "web-shop")];
  const { body: batch } = await call(
    "pos.team",
    "POST /v1/facts:batch",
    200,
    "its own source's: stored; another's: refused",
    {
      json: { facts },
    },
  );
  expect(batch.receipts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["stored", "rejected"]);

  const order = readFileSync(new URL("../fixtures/vendors/woocommerce/order.json", import.meta.url), "utf8");
  const signed = await fetch(`${cloud.url}/local/sign/web-shop?event=order.updated`, { method: "POST", body: order });
  const lines = (await signed.text()).split("\n").filter((line) => line.includes(": "));
  const vendor = Object.fromEntries(lines.map((line) => line.split(": "))) satisfies Record<string, string>;
  const shop = { machine: "the web shop" };
  await call(shop, "POST /v1/webhooks/web-shop", 200, "an order, signed and written as the vendor does it", {
    text: order,
    headers: vendor,
  });
  const bent = { text: `${order} `, headers: vendor };
  await call(shop, "POST /v1/webhooks/web-shop", 401, "somebody who is not the vendor", bent);
  await call("pos.team", "GET /v1/sources/web-shop/deliveries", 403, "another's source");
  await cloud.idle();
}

async function look(): Promise<void> {
  chapter("Who sees what, while it runs");
  const { body: all } = await call("mei.lin", `GET ${CAMPAIGN}/boards`, 200, "all branches");
  const { body: own } = await call(
    "luo.jie",
    `GET ${CAMPAIGN}/boards`,
    200,
    "the branch manager: Nanchang's rows alone",
  );
  const units = ({ progress }: { progress: { unit: string }[] }) => new Set(progress.map(({ unit }) => unit));
  expect(units(all).size).toBeGreaterThan(5);
  expect([...units(own)]).toEqual(["nanchang"]);
  await call("luo.jie", `GET /v1/people/${SELLER}`, 200, "somebody of the own branch");
  await call("luo.jie", "GET /v1/people/a-ganzhou-001", 403, "somebody of another branch");
  await call("luo.jie", `GET ${CAMPAIGN}/trends/a-ganzhou-001`, 403, "nor what they sold");
  await call(SELLER, `GET ${CAMPAIGN}/trends/${SELLER}`, 200, "the seller: how they came to their value");
  await call(SELLER, `GET ${CAMPAIGN}/boards/personal-award/places/${SELLER}`, 200, "and their own place");
  await call(SELLER, `GET ${CAMPAIGN}/boards/personal-award/places/a-ganzhou-001`, 403, "nobody else's");
  await call(SELLER, "GET /v1/people", 403, "no list of colleagues");
}

async function pay(): Promise<string> {
  chapter("Settlement: asked by one, approved by another, paid");
  await call("mei.lin", `POST ${CAMPAIGN}/runs`, 409, "too early: late facts may still come", {
    json: { kind: "final" },
  });
  cloud.setClock(AFTER_CUT_OFF);
  const asked = await call("mei.lin", `POST ${CAMPAIGN}/runs`, 202, "the final run", { json: { kind: "final" } });
  await cloud.idle();
  const run = `${CAMPAIGN}/runs/${asked.body.runId}`;
  const { body: waiting } = await call("fang.wei", `GET ${run}`, 200, "computed, and waits");
  expect(waiting.state).toBe("awaitingApproval");
  const json = { resultHash: waiting.resultHash };
  await call("fang.wei", `GET ${run}/payout-file`, 409, "nothing is paid yet");
  await call(TWO_ROLES, `POST ${run}/approve`, 403, "whoever asked for it cannot approve it", { json });
  await call("sun.hao", `POST ${run}/approve`, 403, "nor can who runs the platform", { json });
  await call("fang.wei", `POST ${run}/approve`, 200, "bound to the hash of what was shown", { json });
  await cloud.idle();
  await call("fang.wei", `POST ${run}/approve`, 409, "once", { json });
  const paid = await call("fang.wei", `GET ${run}/payout-file`, 200, "the payout file");
  expect(paid.text).toContain(SELLER);
  for (const who of ["mei.lin", "luo.jie", SELLER] as const) {
    await call(who, `GET ${run}/payout-file`, 403, "is for finance and audit");
  }
  const statement = `GET ${CAMPAIGN}/statements/participant`;
  const told = await call(
    SELLER,
    `${statement}/${SELLER}?format=text`,
    200,
    "the own statement, each amount with its why",
  );
  expect(told.text).toContain("168.50");
  await call(SELLER, `${statement}/a-ganzhou-001`, 403, "another's");
  await call("luo.jie", `GET ${CAMPAIGN}/statements/unit/ganzhou`, 403, "another branch's, to the manager of Nanchang");
  return run;
}

async function dispute(): Promise<void> {
  chapter("A seller does not agree");
  const line = `${CAMPAIGN}/lines/commission:participant:${SELLER}/disputes`;
  const claim = { claim: "The policy of 3 July is missing" };
  await call("luo.jie", `POST ${line}`, 403, "only the payee questions a line", { json: claim });
  const { body } = await call(SELLER, `POST ${line}`, 201, "their own line", { json: claim });
  const path = `${CAMPAIGN}/disputes/${body.id}`;
  const remedy = { kind: "manual-adjustment", amount: "12.00" };
  await call("mei.lin", `POST ${path}/answer`, 200, "both sides read it", { json: { text: "I look into it" } });
  await call(SELLER, `POST ${path}/accept`, 403, "the payee decides nothing", { json: { reason: "r", remedy } });
  const accept = { json: { reason: "It was reported under a colleague's number", remedy } };
  const { body: accepted } = await call(
    "fang.wei",
    `POST ${path}/accept`,
    200,
    "what puts it right waits for a second person",
    accept,
  );
  const { body: request } = await call(
    "fang.wei",
    `GET /v1/approvals/${accepted.remedy?.approval}`,
    200,
    "an amount by hand",
  );
  const approve = `POST /v1/approvals/${request.id}/approve`;
  await call("fang.wei", approve, 403, "not by whoever accepted", { json: { hash: request.hash } });
  await call("tan.yue", approve, 200, "by another approver", { json: { hash: request.hash } });
  await cloud.idle();
}

async function audit(run: string): Promise<void> {
  chapter("The auditor reads everything and changes nothing");
  const reads = ["/v1/people?limit=5", "/v1/sources", `${CAMPAIGN}/boards`, `${run}/lines`, `${CAMPAIGN}/postings`];
  for (const path of [...reads, `${CAMPAIGN}/payouts`, `${run}/payout-file`, "/v1/approvals?whose=all"]) {
    await call("he.yun", `GET ${path}`, 200, "read");
  }
  await call("he.yun", "POST /v1/people:import", 403, "changed: nothing", csv("people.csv"));
  await call("he.yun", `POST ${CAMPAIGN}/runs`, 403, "started: nothing", { json: { kind: "provisional" } });
  await call("he.yun", `POST ${run}/reject`, 403, "decided: nothing", { json: { reason: "r" } });

  const entries: unknown[] = [];
  let cursor = "";
  do {
    const { body } = await call("he.yun", `GET /v1/audit?limit=200${cursor}`, 200, "who did what");
    entries.push(...body.items);
    cursor = body.nextCursor === undefined ? "" : `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor !== "");
  const { body: anchor } = await call("he.yun", "GET /v1/audit/anchor", 200, "how far the chains have come");
  await call("mei.lin", "GET /v1/audit", 403, "who makes campaigns does not watch over them");
  save("audit.jsonl", entries);
  save("anchor.json", [anchor]);
  const at = entries.findIndex((entry) => JSON.stringify(entry).includes("fang.wei"));
  save("tampered.jsonl", entries.with(at, { ...Object(entries[at]), actor: "mei.lin" }));
  save("cut.jsonl", entries.slice(0, -1));
  expect([verify("audit.jsonl"), verify("tampered.jsonl"), verify("cut.jsonl")]).toEqual([0, 1, 1]);
  const command = "laurel audit verify audit.jsonl --anchor anchor.json";
  written.push(`| anybody | \`${command}\` | 0 | whole |`);
  written.push("| anybody | the same, of a copy in which one name was changed | 1 | broken, and where |");
  written.push("| anybody | the same, of a copy that was cut off | 1 | broken, and where |");
}

function save(name: string, lines: readonly unknown[]): void {
  writeFileSync(join(folder, name), `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
}

function verify(name: string): number {
  const quiet = { out: () => {}, err: () => {}, resolve: (path: string) => join(folder, path) };
  return runCommandLine(["audit", "verify", name, "--anchor", "anchor.json"], quiet);
}

const INTRODUCTION = `# A tour by everybody

Written by \`test/e2e/tour.test.ts\` and checked by it: each line is a call over HTTP to the local cloud, with who made it and how it was answered.
The people are those of \`infra/local/people.ts\`. After a change: \`npx vitest run --project system test/e2e/tour.test.ts -u\`.
`;

it("everybody does what is theirs, and is refused what is not", async () => {
  await setUp();
  await launch();
  await sell();
  await look();
  const run = await pay();
  await dispute();
  await audit(run);
  expect(cloud.failures()).toEqual({ streams: [], jobs: [] });
  await expect(`${INTRODUCTION}${written.join("\n")}\n`).toMatchFileSnapshot(DOCUMENT);
});

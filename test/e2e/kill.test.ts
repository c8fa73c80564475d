import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { documentClient } from "#adapters/dynamodb/client.ts";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { approvalViewSchema } from "#contracts/views/approval-views.ts";
import { factHistorySchema } from "#contracts/views/fact-views.ts";
import { payoutViewSchema, postingViewSchema, type RunView, runViewSchema } from "#contracts/views/run-views.ts";
import { campaignSchema } from "#domain/campaign.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { parseMoney } from "#domain/money.ts";
import { type Reconciliation, reconciliationSchema } from "#domain/reconciliation.ts";
import { TABLE_PREFIX } from "#infra/local/cloud-deps.ts";
import { type DynamoDbLocal, LOCAL_CLIENT_CONFIG, startDynamoDbLocal } from "#infra/local/dynamodb.ts";
import { sourceSecretName } from "#infra/local/source-secrets.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { type Sale, salesOf } from "#infra/local/story/send-sales.ts";
import { UNSIGNED } from "#infra/local/unsigned.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";
import { MortalCloud } from "#test/fixtures/mortal.ts";
import type { Death } from "#test/fixtures/mortal-cloud.ts";

/**
 * The platform is killed (`kill -9`) again and again, each time begun anew on the same tables, and pays in the end what the
 * command line computes from the files of the same sales. The database is a process of its own and lives on, as it does on AWS.
 */

const ROOT = join(import.meta.dirname, "../..");
const CAMPAIGN = "/v1/campaigns/jiangxi-travel-2018";
const BEFORE = instantOf("2018-04-28T00:00:00+08:00");
const CUT_OFF = instantOf("2018-11-16T00:00:00+08:00");
const AFTER = CUT_OFF + 5 * 60_000;
const MINUTE = 60_000;

/** One in so many sales of the campaign, with all its versions. */
const EVERY = 30;
/** Deliveries in flight at once. */
const AT_ONCE = 12;

const COLUMNS =
  "kind source external_id version status participant_id occurred_at recorded_at amount currency quantity product channel";

const settledSchema = z.looseObject({
  resultHash: z.string(),
  lines: z.array(z.looseObject({ lineId: z.string(), amount: z.string(), currency: z.string() })),
});

let database: DynamoDbLocal;
let folder: string;
let cloud: MortalCloud;
let now = BEFORE;
let deaths = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "laurel-kill-"));
  database = await startDynamoDbLocal();
  await begin();
  await prepare();
});

afterAll(async () => {
  await cloud?.kill();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A cloud on the tables, jobs and files that the last one left. */
async function begin(death?: Death): Promise<void> {
  const simulatedFrom = formatInstant(now);
  const options = { databaseUrl: database.endpoint, dataPath: folder, simulatedFrom, ...(death ? { death } : {}) };
  cloud = await MortalCloud.begin(options);
}

/**
 * Has the cloud kill itself at an exact call that `work` leads to, begins it anew, has that one kill itself at the next, and so
 * on; the last one lives.
 */
async function dieInARow(ways: readonly Death[], work: () => Promise<unknown>): Promise<void> {
  const [first, ...others] = ways;
  if (first) await cloud.arm(first);
  for (const next of [...others, undefined]) {
    await Promise.all([cloud.death, work().catch(() => undefined)]);
    deaths += 1;
    await begin(next);
  }
}

const as = (who: "sun.hao" | "mei.lin" | "fang.wei") => new ApiClient(cloud.url, () => cloud.tokenFor(who));
const file = (name: string) => readFileSync(join(JIANGXI, name), "utf8");
const csv = (name: string) => ({ method: "POST", text: { body: file(name), type: "text/csv" } }) as const;

async function prepare(): Promise<void> {
  for (const source of new Set(SALES.map((sale) => sale.source))) {
    const json = { name: source, secretNames: [sourceSecretName(source)] };
    await as("sun.hao").send(`/v1/sources/${source}`, { method: "PUT", json });
  }
  await as("sun.hao").send("/v1/org-units:import", csv("orgs.csv"));
  await as("sun.hao").send("/v1/people:import", csv("people.csv"));
  const plan = { method: "POST", text: { body: file("plan.yaml"), type: "application/yaml" } } as const;
  const { revision } = await as("mei.lin").ask("/v1/campaigns", campaignSchema, plan);
  await as("mei.lin").send(`${CAMPAIGN}/targets:import`, csv("targets.csv"));
  await as("mei.lin").send(`${CAMPAIGN}/versions`, { method: "POST", headers: { "if-match": `"${revision}"` } });
  const asked = { method: "POST", json: { version: 1 } } as const;
  const { id, hash } = await as("mei.lin").ask(`${CAMPAIGN}/activate`, approvalViewSchema, asked);
  await as("fang.wei").send(`/v1/approvals/${id}/approve`, { method: "POST", json: { hash } });
  await cloud.idle();
}

const rowSchema = z.record(z.string(), z.string());

/** The rows of the gallery's file that are sent here. */
const ROWS = chosenRows(z.array(rowSchema).parse(parse(file("facts.csv"), { columns: true, bom: true })));
const SALES = salesOf(ROWS, new Set(COLUMNS.split(" "))).sort((a, b) => a.recordedAt - b.recordedAt);

function chosenRows(rows: readonly z.infer<typeof rowSchema>[]) {
  const ids = [...new Set(rows.map(identity))].filter((_, index) => index % EVERY === 0);
  const chosen = new Set(ids);
  return rows.filter((row) => chosen.has(identity(row)) && instantOf(row.recorded_at ?? "") <= CUT_OFF);
}

function identity({ source = "", external_id: externalId = "" }: Readonly<Record<string, string>>): string {
  return `${source}#${externalId}`;
}

/** What the command line computes from a file of the same rows. */
function settledByFiles(): z.infer<typeof settledSchema> {
  const header = Object.keys(ROWS[0] ?? {});
  const facts = join(folder, "facts.csv");
  const lines = ROWS.map((row) => header.map((column) => row[column]).join(","));
  writeFileSync(facts, `${[header.join(","), ...lines].join("\n")}\n`);
  const inputs = ["plan.yaml", "orgs.csv", "people.csv", "targets.csv"].flatMap((name) => [
    `--${name.slice(0, name.indexOf("."))}`,
    join(JIANGXI, name),
  ]);
  const args = ["infra/local/laurel.ts", "settle", ...inputs, "--facts", facts, "--format", "json"];
  return settledSchema.parse(
    JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1e8 })),
  );
}

/** Sales that may travel side by side: at most one message about each. */
function batchFrom(start: number): Sale[] {
  const batch: Sale[] = [];
  for (const sale of SALES.slice(start, start + AT_ONCE)) {
    if (batch.some(({ source, externalId }) => source === sale.source && externalId === sale.externalId)) break;
    batch.push(sale);
  }
  return batch;
}

const acknowledged: Sale[] = [];
let unanswered = 0;

/** Sends all; kills the cloud while the batches `killIn` are under way, begins it anew and sends again what was not answered. */
async function sendAll(killIn: ReadonlySet<number>): Promise<void> {
  let number = 0;
  for (let start = 0; start < SALES.length; number += 1) {
    const batch = batchFrom(start);
    now = batch.at(-1)?.recordedAt ?? now;
    await cloud.setClock(now);
    const waiting = await send(batch, killIn.has(number));
    if (killIn.has(number)) {
      await cloud.death;
      await begin();
    }
    unanswered += waiting.length;
    expect(await send(waiting, false)).toEqual([]);
    start += batch.length;
  }
}

/** Sends side by side; returns those that were not answered. The cloud is killed as soon as the first is, if so told. */
async function send(batch: readonly Sale[], killAtFirst: boolean): Promise<Sale[]> {
  const answers = await Promise.all(
    batch.map(async (sale) => {
      const status = await cloud.deliver(sale.source, sale.message);
      if (killAtFirst && status !== undefined) void cloud.kill();
      return { sale, status };
    }),
  );
  if (killAtFirst) deaths += 1;
  for (const { sale, status } of answers) {
    if (status === 200) acknowledged.push(sale);
    // A contradiction is answered too, and kept as such.
    else if (status !== undefined && status !== 409) throw new Error(`${sale.externalId} was answered ${status}`);
  }
  return answers.flatMap(({ sale, status }) => (status === undefined ? [sale] : []));
}

async function finalRun(): Promise<RunView | undefined> {
  const runs = await as("fang.wei").all(`${CAMPAIGN}/runs`, runViewSchema);
  expect(runs.length).toBeLessThanOrEqual(1);
  return runs[0];
}

/** Looks what is due, a minute later each time, until the run is as it should be. */
async function untilRunIs(state: RunView["state"]): Promise<RunView> {
  for (let look = 0; look < 20; look += 1) {
    const run = await finalRun();
    if (run?.state === state) return run;
    now += MINUTE;
    await cloud.advanceTo(now);
  }
  throw new Error(`the run never was ${state}, but ${(await finalRun())?.state}`);
}

describe("killed, and begun again", () => {
  it("has every sale that it said yes to, after deaths in the middle of intake", async () => {
    await sendAll(new Set([2, 5]));
    const batch = batchFrom(0);
    // One that is stored, and dies before it can say so: sent again, it is the same sale.
    await dieInARow([{ store: "facts", method: "put", call: 3, when: "after" }], () => send(batch, false));
    await send(batch, false);
    expect(unanswered).toBeGreaterThan(0);
    for (const { source, externalId, message } of acknowledged) {
      const path = `/v1/facts/${source}/${encodeURIComponent(externalId)}`;
      const { versions } = await as("mei.lin").ask(path, factHistorySchema);
      expect(versions.filter(({ version }) => version === message.version)).toHaveLength(1);
    }
    expect(new Set(acknowledged.map(({ externalId, message }) => `${externalId} ${message.version}`)).size).toBe(
      SALES.length,
    );
  });

  it("computes what the files say, after deaths before, in and after the calculation", async () => {
    now = Math.max(now, CUT_OFF - MINUTE);
    await cloud.advanceTo(now);
    const ways: Death[] = [
      { store: "ledger", method: "saveRun", call: 1, when: "after" },
      { store: "files", method: "put", call: 3, when: "before" },
      { store: "ledger", method: "putLines", call: 1, when: "after" },
    ];
    await dieInARow(ways, () => cloud.advanceTo(AFTER));
    now = AFTER;
    const waiting = await untilRunIs("awaitingApproval");
    expect(waiting.resultHash).toBe(settledByFiles().resultHash);
    // And once more while it waits.
    await cloud.kill();
    deaths += 1;
    await begin();
    expect(await untilRunIs("awaitingApproval")).toMatchObject({
      resultHash: waiting.resultHash,
      runId: waiting.runId,
    });
  });

  it("pays each line once, after deaths while it posts, pays and writes statements", async () => {
    const { runId, resultHash } = await untilRunIs("awaitingApproval");
    const approve = () =>
      as("fang.wei").send(`${CAMPAIGN}/runs/${runId}/approve`, { method: "POST", json: { resultHash } });
    const ways: Death[] = [
      { store: "ledger", method: "addPosting", call: 5, when: "after" },
      { store: "ledger", method: "addPosting", call: 4, when: "before" },
      { store: "ledger", method: "addPayout", call: 3, when: "after" },
      { store: "ledger", method: "putStatement", call: 2, when: "before" },
    ];
    await dieInARow(ways, async () => {
      if ((await finalRun())?.state === "awaitingApproval") await approve();
      now += MINUTE;
      await cloud.advanceTo(now);
    });
    const posted = await untilRunIs("posted");
    const { lines, resultHash: byFiles } = settledByFiles();
    expect(posted.resultHash).toBe(byFiles);

    const postings = await as("fang.wei").all(`${CAMPAIGN}/postings`, postingViewSchema);
    const due = lines.map(({ lineId, amount, currency }) => [lineId, parseMoney(amount, currency)]);
    expect(postings.map(({ lineId, amountMinor }) => [lineId, amountMinor]).sort()).toEqual(
      due.filter(([, minor]) => minor !== 0).sort(),
    );
    const payouts = await as("fang.wei").all(`${CAMPAIGN}/payouts`, payoutViewSchema);
    const payees = payouts.map(({ payee }) => `${payee.kind} ${payee.id}`);
    expect(new Set(payees).size).toBe(payees.length);
    const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
    expect(sum(payouts.map(({ paidMinor }) => paidMinor))).toBe(sum(postings.map(({ amountMinor }) => amountMinor)));
    expect(deaths).toBe(11);
  });

  it("shows on its boards what the sales say: the reconciliation agrees", async () => {
    const report = await reconciliation();
    expect(report).toMatchObject({ state: "agrees", findings: [] });
    expect(report.days.reduce((total, { counted }) => total + counted, 0)).toBeGreaterThan(20);
  });

  it("and would be told if they did not: a credit of no sale, a total that nobody wrote", async () => {
    const client = documentClient({ ...LOCAL_CLIENT_CONFIG, ...UNSIGNED, endpoint: database.endpoint });
    const derived = new DynamoDerivedStore(client, `${TABLE_PREFIX}derived`);
    const campaign = CAMPAIGN.slice(CAMPAIGN.lastIndexOf("/") + 1);
    const [first, second] = await derived.totals(campaign);
    const credits = first ? await derived.placeCredits(campaign, first.place) : [];
    const credit = credits.find(({ outcome }) => outcome === "counted");
    if (!credit || !second) throw new Error("nothing is credited");
    await derived.setCredit({ ...credit, fact: "jx-app-pos#ghost" });
    await cloud.idle();
    await derived.setTotal({ ...second, seq: second.seq + 1, measures: {} });
    client.destroy();
    const { state, findings } = await reconciliation();
    expect(state).toBe("differs");
    expect(findings.map(({ kind, place, facts }) => [kind, place, facts])).toEqual([
      ["total-out-of-step", second.place.leaf, []],
      ["superfluous-credit", undefined, ["jx-app-pos#ghost"]],
    ]);
  });
});

/** Asks for one, gives totals the time to come, and reads what it found. */
async function reconciliation(): Promise<Reconciliation> {
  await cloud.idle();
  await as("mei.lin").send(`${CAMPAIGN}/reconciliations`, { method: "POST" });
  await cloud.idle();
  now += 6 * MINUTE;
  await cloud.advanceTo(now);
  return as("mei.lin").ask(`${CAMPAIGN}/reconciliations/latest`, reconciliationSchema);
}

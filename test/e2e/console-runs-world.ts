import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import * as z from "zod";
import { approvalViewSchema } from "#contracts/views/approval-views.ts";
import { runViewSchema } from "#contracts/views/run-views.ts";
import { campaignSchema, planVersionSchema } from "#domain/campaign.ts";
import { parseInstant } from "#domain/instant.ts";
import type { PayoutLayoutBody } from "#domain/payout-layout.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { sourceSecretName } from "#infra/local/source-secrets.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { salesOf, sendSales } from "#infra/local/story/send-sales.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";

type ApprovalView = z.infer<typeof approvalViewSchema>;

/** What finance works on: a final run that waits, then late sales, amounts by hand, imports and a new version that wait too. */

export const CAMPAIGN = "jiangxi-travel-2018";
const PATH = `/v1/campaigns/${CAMPAIGN}`;
/** Few are enough: one branch's sellers, and one of another. */
const SELLERS = /^(a|m|s)-(yingtan-|nanchang-001$)/;
const STOCK = `
stocks:
  - { id: umbrellas, name: { en: Umbrellas, zh: 雨伞 }, quantity: 50 }
`;
const STANDARD = new Set(
  "kind source external_id version status participant_id occurred_at recorded_at amount currency quantity product channel".split(
    " ",
  ),
);
/** The late window's end: two weeks and a day after the last of October. */
const CUT_OFF = instant("2018-11-16T00:02:00+08:00");
const AFTER_LATE = instant("2018-11-23T09:00:00+08:00");

function instant(text: string): number {
  return parseInstant(text) ?? Number.NaN;
}

const person = (cloud: LocalCloud, who: "sun.hao" | "mei.lin" | "fang.wei") =>
  new ApiClient(cloud.url, () => cloud.tokenFor(who));
const text = (name: string) => readFileSync(join(JIANGXI, name), "utf8");
const rowsOf = (name: string) =>
  z.array(z.record(z.string(), z.string())).parse(parse(text(name), { columns: true, bom: true }));
const file = (name: string) => ({ method: "POST", text: { body: text(name), type: "text/csv" } }) as const;
const plan = (body: string) => ({ text: { body: `${body}\n${STOCK}`, type: "application/yaml" } }) as const;

/** To where the final run waits for finance, and beside it a second version of the plan. */
export async function playToFinal(cloud: LocalCloud): Promise<void> {
  const admin = person(cloud, "sun.hao");
  const marketing = person(cloud, "mei.lin");
  const sales = salesOf(
    rowsOf("facts.csv").filter(({ participant_id: id = "" }) => SELLERS.test(id)),
    STANDARD,
  )
    .filter(({ recordedAt }) => recordedAt < CUT_OFF)
    .sort((a, b) => a.recordedAt - b.recordedAt);
  for (const source of new Set(sales.map((sale) => sale.source))) {
    const json = { name: source, secretNames: [sourceSecretName(source)] };
    await admin.send(`/v1/sources/${source}`, { method: "PUT", json });
  }
  await admin.send("/v1/org-units:import", file("orgs.csv"));
  await admin.send("/v1/people:import", file("people.csv"));
  const { revision } = await marketing.ask("/v1/campaigns", campaignSchema, {
    method: "POST",
    ...plan(text("plan.yaml")),
  });
  await marketing.send(`${PATH}/targets:import`, file("targets.csv"));
  await approveAs(cloud, await publishAndAsk(cloud, revision, "The travel season"));
  await sendSales(cloud, sales, () => {});
  await cloud.idle();
  await askForVersion(cloud);
  await cloud.advanceTo(CUT_OFF);
  await cloud.idle();
}

async function publishAndAsk(cloud: LocalCloud, revision: number, reason: string): Promise<ApprovalView> {
  const marketing = person(cloud, "mei.lin");
  const { version } = await marketing.ask(`${PATH}/versions`, planVersionSchema, {
    method: "POST",
    headers: { "if-match": `"${revision}"` },
  });
  return marketing.ask(`${PATH}/activate`, approvalViewSchema, { method: "POST", json: { version, reason } });
}

async function approveAs(cloud: LocalCloud, { id, hash }: ApprovalView): Promise<void> {
  await person(cloud, "fang.wei").send(`/v1/approvals/${id}/approve`, { method: "POST", json: { hash } });
}

/** After the final run is posted: a sale is cancelled, another one comes late, and an adjustment waits. */
export async function sellLate(cloud: LocalCloud): Promise<void> {
  const sold = rowsOf("facts.csv").filter(
    ({ participant_id: id, entry, channel, status, version }) =>
      id === "a-yingtan-003" && entry === "app" && channel === "individual" && status === "active" && version === "1",
  );
  const [first = {}, second = {}] = sold;
  const late = salesOf(
    [
      { ...first, version: "2", status: "cancelled", recorded_at: "2018-11-20T10:00:00+08:00" },
      {
        ...second,
        external_id: "JX2018-LATE-1",
        participant_id: "a-nanchang-001",
        occurred_at: "2018-10-30T09:00:00+08:00",
        recorded_at: "2018-11-21T10:00:00+08:00",
      },
    ],
    STANDARD,
  );
  await sendSales(cloud, late, () => {});
  await cloud.idle();
  await cloud.advanceTo(AFTER_LATE);
  await cloud.idle();
}

/** An amount by hand and a large import of people wait for a second person. */
export async function askForMore(cloud: LocalCloud): Promise<void> {
  await person(cloud, "mei.lin").send(`${PATH}/manual-adjustments`, {
    method: "POST",
    json: {
      number: "2018-014",
      payee: { kind: "participant", id: "a-yingtan-001" },
      reward: "commission",
      amount: "120.00",
      reason: "A sale was reported under a colleague's number",
      evidence: "Complaint 2018-014, letter of 12 November",
    },
  });
  const people = text("people.csv")
    .split("\n")
    .map((row, index) => (index > 0 && index < 60 ? row.replace(",agent,", ",senior-agent,") : row))
    .join("\n");
  await person(cloud, "sun.hao").send("/v1/people:import", {
    method: "POST",
    text: { body: people, type: "text/csv" },
  });
}

/** The commission is raised in a second version; finance is asked to put it in force. */
async function askForVersion(cloud: LocalCloud): Promise<void> {
  const marketing = person(cloud, "mei.lin");
  const { revision } = await marketing.ask(PATH, campaignSchema);
  const edited = await marketing.ask(`${PATH}/draft`, campaignSchema, {
    method: "PUT",
    headers: { "if-match": `"${revision}"` },
    ...plan(text("plan.yaml").replace("35%", "36%")),
  });
  await publishAndAsk(cloud, edited.revision, "The board raised the commission");
}

/** A till holds two umbrellas for somebody. */
export async function reserveUmbrellas(cloud: LocalCloud): Promise<void> {
  await person(cloud, "mei.lin").send(`${PATH}/limits/stock/umbrellas/reservations`, {
    method: "POST",
    json: { reservationId: "order-7001", subject: "customer-42", quantity: 2, holdSeconds: 86_400 },
  });
}

/** How payout files look that a bank reads. */
export async function putLayout(cloud: LocalCloud, id: string, layout: PayoutLayoutBody): Promise<void> {
  await person(cloud, "sun.hao").send(`/v1/payout-layouts/${id}`, { method: "PUT", json: layout });
}

/** Finance approves a run as it is. */
export async function decideRun(cloud: LocalCloud, runId: string): Promise<void> {
  const finance = person(cloud, "fang.wei");
  const { resultHash } = await finance.ask(`${PATH}/runs/${runId}`, runViewSchema, {});
  await finance.send(`${PATH}/runs/${runId}/approve`, { method: "POST", json: { resultHash } });
  await cloud.idle();
}

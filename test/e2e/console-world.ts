import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import * as z from "zod";
import { approvalViewSchema } from "#contracts/views/approval-views.ts";
import { campaignSchema, planVersionSchema } from "#domain/campaign.ts";
import { parseInstant } from "#domain/instant.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { sourceSecretName } from "#infra/local/source-secrets.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { type Sale, salesOf, sendSales } from "#infra/local/story/send-sales.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";

export const CAMPAIGN = "jiangxi-travel-2018";
/** The late window's end: two weeks and a day after the last of October. */
const AFTER_CUT_OFF = "2018-11-16T00:02:00+08:00";
/** Two branches, of which one reaches its starting target, and the seller who signs in. */
const SELLERS = /^(a|m|s)-(yingtan-|nanchang-00[1-4]$)/;
const FACT_COLUMNS =
  "kind source external_id version status participant_id occurred_at recorded_at amount currency quantity product channel";

export interface Played {
  /** Whose sales are sent. */
  readonly sellers?: RegExp;
  /** What the plan says besides, in YAML. */
  readonly more?: string;
}

const text = (name: string) => readFileSync(join(JIANGXI, name), "utf8");
const post = (name: string, type: string) => ({ method: "POST", text: { body: text(name), type } }) as const;

/** When the final run is due: the cut-off and a little. */
export const DUE = parseInstant(AFTER_CUT_OFF) ?? 0;

/** A part of the Jiangxi sales that were told in time, in the order of their telling. */
export function someSales(sellers = SELLERS): Sale[] {
  const rows = z.array(z.record(z.string(), z.string())).parse(parse(text("facts.csv"), { columns: true, bom: true }));
  return salesOf(
    rows.filter(({ participant_id: id = "" }) => sellers.test(id)),
    new Set(FACT_COLUMNS.split(" ")),
  )
    .filter(({ recordedAt }) => recordedAt < DUE)
    .sort((a, b) => a.recordedAt - b.recordedAt);
}

/** Sources, organisation and people are there, as an administrator prepares them. */
export async function prepareCompany(cloud: LocalCloud, sales: readonly Sale[]): Promise<void> {
  const administrator = new ApiClient(cloud.url, () => cloud.tokenFor("sun.hao"));
  for (const source of new Set(sales.map((sale) => sale.source))) {
    const json = { name: source, secretNames: [sourceSecretName(source)] };
    await administrator.send(`/v1/sources/${source}`, { method: "PUT", json });
  }
  await administrator.send("/v1/org-units:import", post("orgs.csv", "text/csv"));
  await administrator.send("/v1/people:import", post("people.csv", "text/csv"));
}

/** The campaign is published, and active since somebody else approved. */
export async function launchCampaign(cloud: LocalCloud, more = ""): Promise<void> {
  const as = (who: "mei.lin" | "fang.wei") => new ApiClient(cloud.url, () => cloud.tokenFor(who));
  const marketing = as("mei.lin");
  const created = await marketing.ask("/v1/campaigns", campaignSchema, {
    method: "POST",
    text: { body: `${text("plan.yaml")}\n${more}`, type: "application/yaml" },
  });
  await marketing.send(`/v1/campaigns/${CAMPAIGN}/targets:import`, post("targets.csv", "text/csv"));
  const version = await marketing.ask(`/v1/campaigns/${CAMPAIGN}/versions`, planVersionSchema, {
    method: "POST",
    headers: { "if-match": `"${created.revision}"` },
  });
  const asked = await marketing.ask(`/v1/campaigns/${CAMPAIGN}/activate`, approvalViewSchema, {
    method: "POST",
    json: { version: version.version },
  });
  await as("fang.wei").send(`/v1/approvals/${asked.id}/approve`, { method: "POST", json: { hash: asked.hash } });
}

/** The Jiangxi story with a part of its sales, to where the final run waits for finance. */
export async function playToApproval(cloud: LocalCloud, { sellers, more = "" }: Played = {}): Promise<void> {
  const sales = someSales(sellers);
  await prepareCompany(cloud, sales);
  await launchCampaign(cloud, more);
  await sendSales(cloud, sales, () => {});
  await cloud.idle();
  await cloud.advanceTo(DUE);
  await cloud.idle();
}

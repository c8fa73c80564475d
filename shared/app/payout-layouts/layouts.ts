import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { PayoutLayout, PayoutLayoutBody } from "#domain/payout-layout.ts";
import { Refusal } from "#domain/problem.ts";
import type { Payout, Run } from "#domain/run.ts";
import { formatInZone } from "#domain/time.ts";
import { hashOf } from "#engine/hash.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { LayoutStore, LayoutWriter } from "#ports/payout-layouts.ts";
import { audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { readRun } from "../settlement/read-runs.ts";

/** What layouts of payout files need besides. */
export interface KeepsLayouts {
  readonly layouts: LayoutStore;
  readonly layoutWriter: LayoutWriter;
}

type LayoutDeps = Pick<Deps, "audit" | "clock"> & Pick<KeepsLayouts, "layouts">;

/**
 * Keeps a layout, in place of the one of the same id. The audit has the hash of what it says.
 *
 * @throws Refusal("conflict") when somebody else changed it at the same time
 */
export async function setLayout(
  deps: LayoutDeps,
  actor: Actor,
  id: string,
  layout: PayoutLayoutBody,
): Promise<PayoutLayout> {
  const stored = await deps.layouts.layout(id);
  const next: PayoutLayout = {
    id,
    revision: (stored?.revision ?? 0) + 1,
    changedBy: actor.subject,
    changedAt: formatInstant(deps.clock.now()),
    layout,
  };
  const detail = { revision: String(next.revision), hash: hashOf(layout) };
  const deed = { chain: COMPANY_CHAIN, action: "payout-layout.set", subject: id, detail };
  await audited(deps, actor, deed, async () => {
    if (await deps.layouts.saveLayout(next)) return;
    throw new Refusal("conflict", `layout ${id} was changed by somebody else at the same time; read it again`);
  });
  return next;
}

/** @throws Refusal("notFound") */
export async function readLayout(deps: Pick<KeepsLayouts, "layouts">, id: string): Promise<PayoutLayout> {
  const layout = await deps.layouts.layout(id);
  if (!layout) throw new Refusal("notFound", `there is no payout layout ${id}`);
  return layout;
}

export async function listLayouts(
  deps: Pick<KeepsLayouts, "layouts">,
  request: PageRequest,
): Promise<Page<PayoutLayout>> {
  return listPage(await deps.layouts.layouts(), ({ id }) => id, request);
}

/** Payouts that one file holds: as many as can be answered at once, whatever the columns. */
export const PAYOUTS_PER_FILE = 5_000;

/**
 * A posted run's payouts as a layout says, in order of payee. Of more payouts than one file holds each part has its own sums.
 *
 * @param part from 1
 * @throws Refusal `notFound`, `conflict` while the run is not posted, `invalid` with what the layout cannot write
 */
export async function writeLayout(
  deps: Pick<Deps, "plans" | "ledger"> & KeepsLayouts,
  asked: { readonly campaign: string; readonly runId: string; readonly layout: string; readonly part: number },
): Promise<Uint8Array> {
  const { layout } = await readLayout(deps, asked.layout);
  const { draft } = await findCampaign(deps, asked.campaign);
  const run = await readRun(deps, asked.campaign, asked.runId);
  if (!run.payoutFiles) {
    throw new Refusal("conflict", `run ${run.runId} is ${run.state}: a payout file is written once a run is posted`);
  }
  const payouts = await payoutsOf(deps, run);
  const parts = Math.max(1, Math.ceil(payouts.length / PAYOUTS_PER_FILE));
  if (asked.part > parts) throw new Refusal("notFound", `run ${run.runId} has ${parts} files of this layout`);
  const own = payouts.slice((asked.part - 1) * PAYOUTS_PER_FILE, asked.part * PAYOUTS_PER_FILE);
  const { campaign, runId, resultHash = "", planVersion } = run;
  const { currency, period } = (await deps.plans.version(campaign, planVersion))?.plan ?? draft;
  // A run keeps its cut-off in UTC, where a day of the plan's zone may be the one before.
  const asOf = formatInZone(instantOf(run.asOf), period.zone);
  return deps.layoutWriter.write(layout, own, { campaign, runId, asOf, resultHash, currency });
}

async function payoutsOf({ ledger }: Pick<Deps, "ledger">, run: Run): Promise<Payout[]> {
  const payouts: Payout[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.payoutPage(run.campaign, { run: run.runId, limit: 200, cursor });
    payouts.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return payouts;
}

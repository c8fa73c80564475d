import { currencyDigits } from "#domain/money.ts";
import { measureDigits, type Plan } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { targetsAsked } from "#engine/rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";

/** One column of the targets table: a target that rewards of the plan ask for, of units of a level or of people. */
export interface TargetColumn {
  readonly measure: string;
  readonly label: string;
  /** Empty: the whole campaign. */
  readonly slice: string;
  /** Of whom it is asked: a level of units, or `participant`. */
  readonly levels: readonly string[];
  /** Who asks for it. */
  readonly rewards: readonly string[];
  /** How many digits after the point a value may have. */
  readonly digits: number;
}

/**
 * The targets that the plan in force, or the draft before there is one, asks for: by measure and label in the order of the plan,
 * and of each by slice in order of time.
 *
 * @throws Refusal("notFound")
 */
export async function listTargetColumns(deps: Pick<Deps, "plans">, campaignId: string): Promise<TargetColumn[]> {
  return columnsOf(await planInForce(deps, await findCampaign(deps, campaignId)));
}

export function columnsOf(plan: Plan): TargetColumn[] {
  const columns = new Map<string, { column: TargetColumn; levels: Set<string>; rewards: Set<string> }>();
  for (const reward of plan.rewards) {
    for (const { measure, label, level } of targetsAsked(reward)) {
      for (const { id: slice } of sliceWindows(plan, reward.per)) {
        const key = [measure, label, slice].join("#");
        const digits = digitsOf(plan, measure);
        const found = columns.get(key) ?? {
          column: { measure, label, slice, levels: [], rewards: [], digits },
          levels: new Set<string>(),
          rewards: new Set<string>(),
        };
        found.levels.add(level);
        found.rewards.add(reward.id);
        columns.set(key, found);
      }
    }
  }
  return [...columns.values()].map(({ column, levels, rewards }) => ({
    ...column,
    levels: [...levels],
    rewards: [...rewards],
  }));
}

function digitsOf(plan: Plan, id: string): number {
  const measure = plan.measures.find((one) => one.id === id);
  return measure === undefined ? 0 : measureDigits(measure, currencyDigits(plan.currency) ?? 0);
}

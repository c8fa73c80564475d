import { currencyDigits } from "#domain/money.ts";
import { measureDigits, type Plan, type Reward } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { targetsAsked } from "#engine/rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";

/** One column of the targets table: a target that rewards of the plan ask for. */
export interface TargetColumn {
  readonly measure: string;
  readonly label: string;
  /** Empty: the whole campaign. */
  readonly slice: string;
  readonly asked: readonly TargetAsker[];
  /** How many digits after the point a value may have. */
  readonly digits: number;
}

/** Which reward asks for it, and of whom. */
export interface TargetAsker {
  readonly reward: string;
  /** Of units of this level, or of each `participant`. */
  readonly level: string;
  /** Only of this unit and those below and above it. */
  readonly within?: string;
  /** Only of people in one of these roles. */
  readonly roles?: readonly string[];
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
  const columns = new Map<string, TargetColumn & { readonly asked: TargetAsker[] }>();
  for (const reward of plan.rewards) {
    for (const { measure, label, level } of targetsAsked(reward)) {
      const asker = askerOf(reward, level);
      for (const { id: slice } of sliceWindows(plan, reward.per)) {
        const key = [measure, label, slice].join("#");
        const column = columns.get(key) ?? { measure, label, slice, asked: [], digits: digitsOf(plan, measure) };
        if (!column.asked.some((one) => one.reward === reward.id && one.level === level)) column.asked.push(asker);
        columns.set(key, column);
      }
    }
  }
  return [...columns.values()];
}

function askerOf({ id, within, roles }: Reward, level: string): TargetAsker {
  return {
    reward: id,
    level,
    ...(within === undefined ? {} : { within: within.unit }),
    ...(roles === undefined || level !== "participant" ? {} : { roles: roles.anyOf }),
  };
}

function digitsOf(plan: Plan, id: string): number {
  const measure = plan.measures.find((one) => one.id === id);
  return measure === undefined ? 0 : measureDigits(measure, currencyDigits(plan.currency) ?? 0);
}

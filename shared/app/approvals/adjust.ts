import { type Actor, requireRole } from "#domain/actor.ts";
import type { Approval, ContentOf } from "#domain/approval.ts";
import { formatMoney, parseMoney } from "#domain/money.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce, requireNotArchived } from "../find-campaign.ts";
import { type AskDeps, askApproval } from "./ask.ts";

export type AdjustmentRequest = Omit<ContentOf<"manual-adjustment">, "kind" | "campaign" | "currency"> & {
  readonly reason: string;
};

/**
 * Asks a second person to add an amount to what a payee gets of a reward, or to take it away. The same number says the same thing, so that
 * asking twice pays once.
 *
 * @throws Refusal `notFound`, `conflict` (nothing in force, or the number is another adjustment's), `invalid` with what is unknown
 */
export async function requestAdjustment(
  deps: AskDeps & Pick<Deps, "plans">,
  actor: Actor,
  campaignId: string,
  { reason, ...asked }: AdjustmentRequest,
): Promise<Approval> {
  requireRole(actor, ["marketing", "approver"]);
  return askAdjustment(deps, actor, await adjustmentContent(deps, campaignId, asked), reason);
}

/**
 * An adjustment as it would be asked for, with its amount as the currency writes it.
 *
 * @throws Refusal as {@link requestAdjustment} does
 */
export async function adjustmentContent(
  deps: Pick<Deps, "plans">,
  campaignId: string,
  asked: Omit<AdjustmentRequest, "reason">,
): Promise<ContentOf<"manual-adjustment">> {
  const campaign = await findCampaign(deps, campaignId);
  requireNotArchived(campaign);
  if (campaign.activeVersion === undefined) throw new Refusal("conflict", `${campaignId} has no version in force`);
  const plan = await planInForce(deps, campaign);
  const problems = await adjustmentProblems(deps, plan, asked);
  if (problems.length > 0) throw new Refusal("invalid", "the adjustment cannot be meant so", problems);
  const { currency } = plan;
  const amount = formatMoney(parseMoney(asked.amount, currency) ?? 0, currency);
  return { kind: "manual-adjustment", campaign: campaignId, ...asked, amount, currency };
}

/** @param writers who cannot approve it either */
export async function askAdjustment(
  deps: AskDeps,
  actor: Actor,
  content: ContentOf<"manual-adjustment">,
  reason: string,
  writers: readonly string[] = [],
): Promise<Approval> {
  // The reason stands on the statement: it is approved too.
  const hash = hashOf({ ...content, reason });
  // Named after its number: of two that say something else under one number only one can be asked for.
  return askApproval(deps, actor, { content, hash, reason, name: hashOf(content.number), writers });
}

async function adjustmentProblems(
  deps: Pick<Deps, "plans">,
  plan: Plan,
  { payee, reward, amount }: Omit<AdjustmentRequest, "reason">,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const minor = parseMoney(amount, plan.currency);
  if (minor === undefined || minor === 0) {
    const message = `this is no amount of ${plan.currency} that adds or takes anything`;
    problems.push({ code: "amount", path: "/amount", message, seen: amount });
  }
  const rewards = plan.rewards.filter((one) => unitOfPay(plan, one) === plan.currency).map(({ id }) => id);
  if (!rewards.includes(reward)) {
    const message = "the plan has no such reward that pays money";
    problems.push({ code: "unknown-reward", path: "/reward", message, seen: reward, allowed: rewards.join(", ") });
  }
  const isKnown =
    payee.kind === "participant"
      ? (await deps.plans.person(payee.id)) !== undefined
      : (await deps.plans.units()).some(({ unit }) => unit === payee.id);
  if (!isKnown) {
    const message = `no ${payee.kind} of this id is on file`;
    problems.push({ code: "unknown-payee", path: "/payee/id", message, seen: payee.id });
  }
  return problems;
}

import { type Actor, requireRole } from "#domain/actor.ts";
import { type ApprovalContent, approvalId } from "#domain/approval.ts";
import type { Dispute, Remedy } from "#domain/dispute.ts";
import type { FactMessage } from "#domain/fact.ts";
import { Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { adjustmentContent, askAdjustment } from "../approvals/adjust.ts";
import { askCorrection, requireNextVersion } from "../approvals/correct-fact.ts";
import type { Deps } from "../deps.ts";
import { command, type Named, seenByOther } from "./handle-dispute.ts";
import { type DisputeDeps, requireDispute } from "./keeps-disputes.ts";
import { remedyStateOf } from "./remedy.ts";
import { sidesOf } from "./who-handles.ts";

/** What would put it right: an amount by hand, or the fact as it should have been reported. */
export type RemedyAsked =
  | { readonly kind: "manual-adjustment"; readonly amount: string; readonly reward?: string | undefined }
  | { readonly kind: "fact-correction"; readonly fact: FactMessage };

type AcceptDeps = DisputeDeps & Pick<Deps, "facts">;

/**
 * The payee is right, and a second person is asked for what puts it right; none of who asked, who opened it and who is paid can be that
 * person. The decision is kept first, by one conditional write, with the request's id in it; then the request is made. Cut off in
 * between, accepting again by the same person makes it.
 *
 * @throws Refusal `notFound`, `forbidden` (role, a side of the dispute), `conflict` (decided), `invalid` for a remedy that cannot be
 */
export async function acceptDispute(
  deps: AcceptDeps,
  actor: Actor,
  named: Named,
  reason: string,
  asked: RemedyAsked,
): Promise<Dispute> {
  requireRole(actor, ["approver"]);
  const dispute = await seenByOther(deps, actor, named);
  if (await isCutOff(deps, actor, dispute)) {
    await askFor(deps, actor, dispute);
    return requireDispute(deps, named.campaign, named.id);
  }
  const remedy = await remedyOf(deps, dispute, reason, asked);
  const accepted = await command(deps, actor, dispute, "accept", reason, (at) => {
    return { decidedBy: actor.subject, decidedAt: at, reason, remedy };
  });
  await askFor(deps, actor, accepted);
  return accepted;
}

async function isCutOff(deps: AcceptDeps, actor: Actor, dispute: Dispute): Promise<boolean> {
  if (dispute.state !== "accepted" || dispute.decidedBy !== actor.subject) return false;
  return (await remedyStateOf(deps, dispute)) === undefined;
}

/** As it is kept in the dispute, checked so that asking for it cannot be refused afterwards. */
async function remedyOf(deps: AcceptDeps, dispute: Dispute, reason: string, asked: RemedyAsked): Promise<Remedy> {
  const { campaign, payee, id, events } = dispute;
  // What was turned down keeps its number: the next remedy has another.
  const number = `${id}.${events.length}`;
  if (asked.kind === "fact-correction") {
    await requireNextVersion(deps, asked.fact);
    const { fact, kind } = asked;
    const content = contentOf(dispute, { kind, number, fact, reason, approval: "" });
    return { kind, number, fact, reason, approval: approvalId(content, hashOf(number), 1) };
  }
  const reward = asked.reward ?? dispute.reward;
  const checked = await adjustmentContent(deps, campaign, {
    payee,
    reward,
    amount: asked.amount,
    number,
    evidence: `Dispute ${id}`,
  });
  const { amount, currency } = checked;
  const approval = approvalId(checked, hashOf(number), 1);
  return { kind: asked.kind, reward, amount, currency, number, reason, approval };
}

async function askFor(deps: AcceptDeps, actor: Actor, dispute: Dispute): Promise<void> {
  const { remedy } = dispute;
  if (!remedy) throw new Refusal("conflict", `dispute ${dispute.id} is ${dispute.state} without a remedy`);
  const writers = sidesOf(dispute);
  const content = contentOf(dispute, remedy);
  if (content.kind === "fact-correction") await askCorrection(deps, actor, content, remedy.reason, writers);
  if (content.kind === "manual-adjustment") await askAdjustment(deps, actor, content, remedy.reason, writers);
}

/** What the second person is asked for. */
function contentOf({ campaign, id, payee }: Dispute, remedy: Remedy): ApprovalContent {
  if (remedy.kind === "fact-correction") {
    return { kind: remedy.kind, campaign, dispute: id, number: remedy.number, fact: remedy.fact };
  }
  const { kind, reward, amount, currency, number } = remedy;
  return { kind, campaign, payee, reward, amount, currency, number, evidence: `Dispute ${id}` };
}

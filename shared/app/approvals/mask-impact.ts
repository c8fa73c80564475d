import { type Actor, seesPay } from "#domain/actor.ts";
import type { Approval, Impact } from "#domain/approval.ts";

/** What a change does is told to whoever decides it; what it does to one person's pay only to who may see that. */
export function inSightOf(actor: Actor, approval: Approval): Approval {
  const { content } = approval;
  if ((content.kind !== "activation" && content.kind !== "lifecycle") || !content.impact) return approval;
  if (seesPay(actor)) return approval;
  return { ...approval, content: { ...content, impact: withoutNames(content.impact) } };
}

function withoutNames({ winners, losers, ...impact }: Impact): Impact {
  return { ...impact, winners: { ...winners, top: [] }, losers: { ...losers, top: [] } };
}

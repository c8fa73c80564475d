import { useAnswer, useCaller } from "../api/hooks.ts";
import type { Dispute } from "../disputes/types.ts";
import type { Statement } from "./types.ts";

/** What a reader may know and do about the lines of a statement. */
export interface LineDisputes {
  /** The newest of each line, by line id. */
  readonly byLine: ReadonlyMap<string, Dispute>;
  /** Whether whoever reads can question it: their own, or a unit's that they manage. */
  readonly mayOpen: boolean;
}

const MOST = 200;

export function useLineDisputes({ campaign, payee }: Pick<Statement, "campaign" | "payee">): LineDisputes {
  const { me, may } = useCaller();
  const isOwn = payee.kind === "participant" && payee.id === me.subject;
  // Of one's own statement all are one's own; a manager's listing of a campaign is small enough to be looked through.
  const whose = isOwn ? "mine" : "all";
  const listed = useAnswer(
    "listDisputes",
    { params: { campaign }, query: { whose, limit: MOST } },
    { enabled: may("listDisputes") },
  );
  const about = (listed.data?.items ?? []).filter((one) => one.payee.kind === payee.kind && one.payee.id === payee.id);
  const oldestFirst = [...about].sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt));
  return {
    byLine: new Map(oldestFirst.map((dispute) => [dispute.lineId, dispute])),
    // Until it is known what was questioned before, nothing is offered that would be refused.
    mayOpen:
      listed.data !== undefined &&
      may("openDispute") &&
      (isOwn || (payee.kind === "unit" && me.roles.includes("branch-manager"))),
  };
}

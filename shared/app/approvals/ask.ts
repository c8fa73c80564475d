import type { Actor } from "#domain/actor.ts";
import {
  type Approval,
  type ApprovalContent,
  approvalId,
  DIRECTORY_SCOPE,
  scopeOf,
  stateAt,
} from "#domain/approval.ts";
import { COMPANY_CHAIN, campaignChain } from "#domain/audit.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { audited, type Deed } from "../audit/note.ts";
import type { Deps } from "../deps.ts";

export type DecideDeps = Pick<Deps, "approvals" | "audit" | "facts" | "plans" | "ledger" | "files" | "jobs" | "clock">;

export type AskDeps = Pick<Deps, "approvals" | "audit" | "clock">;

export interface Asked {
  readonly content: ApprovalContent;
  /** SHA-256 of what is to be decided. */
  readonly hash: string;
  readonly reason: string;
  /** What the request is named after, where that is not its hash: of one name only one waits. */
  readonly name?: string;
  /** Who wrote what is to be approved, besides who asks. */
  readonly writers?: readonly string[];
}

/** How long a request waits for its second person; then it has to be asked for anew, from what is then. */
const DECISION_MS = 30 * 24 * 60 * 60_000;

/** Asks for a decision. The same asked for again while it waits is the same request. */
export async function askApproval(deps: AskDeps, actor: Actor, asked: Asked): Promise<Approval> {
  const { content, hash, reason, name = hash, writers = [] } = asked;
  const scope = scopeOf(content);
  const now = deps.clock.now();
  for (let attempt = 1; ; attempt += 1) {
    const id = approvalId(content, name, attempt);
    const known = await deps.approvals.approval(scope, id);
    if (known && stateAt(known, now) === "waiting" && known.hash === hash) return known;
    if (known) {
      requireRepeatable(known, now);
      continue;
    }
    const approval: Approval = {
      id,
      scope,
      state: "waiting",
      revision: 1,
      hash,
      content,
      reason,
      requestedBy: actor.subject,
      requestedAt: formatInstant(now),
      expiresAt: formatInstant(now + DECISION_MS),
      makers: [...new Set([actor.subject, ...writers])],
    };
    const made = await audited(deps, actor, deedOf(approval, "approval.request"), () =>
      deps.approvals.saveApproval(approval),
    );
    if (made) return approval;
    // Somebody asked for the same just now: theirs is looked at.
    attempt -= 1;
  }
}

/** Rows and plans can be put in force again after something else was; what a number stands for is asked for once, and paid once. */
function requireRepeatable(known: Approval, now: number): void {
  const { id, content } = known;
  const state = stateAt(known, now);
  const isTaken = state === "waiting" || state === "approved" || state === "done";
  if (content.kind !== "manual-adjustment" || !isTaken) return;
  throw new Refusal("conflict", `the number ${content.number} is taken by ${id}, which is ${state}`, [
    {
      code: "number-taken",
      path: "/number",
      message: "a number stands for one adjustment",
      seen: content.number,
      mend: "give a further adjustment a number of its own",
    },
  ]);
}

/** In the audit of what the request is about. */
export function deedOf({ id, scope, hash }: Approval, action: string, detail: Deed["detail"] = {}): Deed {
  const chain = scope === DIRECTORY_SCOPE ? COMPANY_CHAIN : campaignChain(scope);
  return { chain, action, subject: id, shown: hash, detail };
}

import type { Actor } from "#domain/actor.ts";
import type { Approval } from "#domain/approval.ts";
import { Refusal } from "#domain/problem.ts";
import { putApprovedTargets, requireTargetsAsShown } from "../campaigns/large-targets.ts";
import { activateApproved, requireActivationAsShown } from "../campaigns/request-activation.ts";
import { carryOutChange, requireChangeAsShown } from "../campaigns/request-change.ts";
import { putApprovedPeople, requirePeopleAsShown } from "../directory/large-people.ts";
import type { DecideDeps } from "./ask.ts";
import { putApprovedCorrection, requireCorrectionAsShown } from "./correct-fact.ts";

/** @throws Refusal("stale") when what was shown is not so any more */
export async function requireAsShown(deps: DecideDeps, approval: Approval): Promise<void> {
  const { content } = approval;
  switch (content.kind) {
    case "activation":
      return requireActivationAsShown(deps, { ...approval, content });
    case "lifecycle":
      return requireChangeAsShown(deps, { ...approval, content });
    case "people":
      return requirePeopleAsShown(deps, { ...approval, content });
    case "targets":
      return requireTargetsAsShown(deps, { ...approval, content });
    case "fact-correction":
      return requireCorrectionAsShown(deps, { ...approval, content });
    case "manual-adjustment":
      // What was shown is all there is: it compares with nothing that could change.
      return;
  }
}

/**
 * Does what was approved; doing it again changes nothing. An approved adjustment is in the books by being approved: runs read it.
 *
 * @throws Refusal `stale` or `invalid` when it can never be done any more, `conflict` when it can be tried again
 */
export async function carryOut(deps: DecideDeps, actor: Actor, approval: Approval): Promise<void> {
  if (approval.state !== "approved") throw new Refusal("conflict", `${approval.id} is ${approval.state}`);
  const { content } = approval;
  switch (content.kind) {
    case "activation":
      return activateApproved(deps, actor, { ...approval, content });
    case "lifecycle":
      return carryOutChange(deps, actor, { ...approval, content });
    case "people":
      return putApprovedPeople(deps, actor, { ...approval, content });
    case "targets":
      return putApprovedTargets(deps, actor, { ...approval, content });
    case "fact-correction":
      return putApprovedCorrection(deps, actor, { ...approval, content });
    case "manual-adjustment":
      return;
  }
}

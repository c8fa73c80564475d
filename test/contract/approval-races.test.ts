import { describe, expect, it } from "vitest";
import { DynamoApprovalStore } from "#adapters/dynamodb/approval-store.ts";
import { DynamoAuditStore } from "#adapters/dynamodb/audit-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { approveRequest, rejectRequest } from "#app/approvals/decide.ts";
import { verifyChains } from "#app/audit/verify-chains.ts";
import { createCampaign } from "#app/campaigns/create-campaign.ts";
import { importTargets } from "#app/campaigns/import-targets.ts";
import { publishVersion } from "#app/campaigns/publish-version.ts";
import { requestActivation } from "#app/campaigns/request-activation.ts";
import type { Deps } from "#app/deps.ts";
import type { Actor } from "#domain/actor.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { PEOPLE, planOf, target, UNITS } from "#test/fixtures/plan-builder.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";

const client = localClient();
const APPROVERS = ["fang.wei", "li.na", "wu.di"].map(
  (subject): Actor => ({ subject, roles: ["approver"], units: [], sources: [] }),
);

/** A campaign whose first version waits for its second person, on DynamoDB Local. */
async function waiting() {
  const tables = await freshTables();
  const deps: Deps = {
    ...new MemoryCloud().deps,
    plans: new DynamoPlanStore(client, tables.plans),
    approvals: new DynamoApprovalStore(client, tables.plans),
    audit: new DynamoAuditStore(client, tables.ledger),
  };
  await deps.plans.putUnits(UNITS);
  await deps.plans.putPeople(PEOPLE.map((of) => ({ participantId: of.participantId, memberships: [of] })));
  const { id, revision } = await createCampaign(deps, MAKER, planOf({}));
  const { version } = await publishVersion(deps, MAKER, id, revision);
  return { deps, campaign: id, request: await requestActivation(deps, MAKER, id, { version }) };
}

describe("decisions at once, on DynamoDB", () => {
  it("of several approvers and a rejection: one outcome, told in a whole audit", async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const { deps, campaign, request } = await waiting();
      const [first] = APPROVERS;
      if (!first) throw new Error("nobody approves");
      const answers = await Promise.allSettled([
        ...APPROVERS.map((actor) => approveRequest(deps, actor, request.id, request.hash)),
        rejectRequest(deps, first, request.id, "no"),
      ]);
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const decided = await deps.approvals.approval(campaign, request.id);
      const { state, epoch } = (await deps.plans.campaign(campaign)) ?? {};
      expect([state, epoch]).toEqual(decided?.state === "done" ? ["active", 1] : ["draft", 0]);
      const entries = await deps.audit.entries(`campaign:${campaign}`, 0, 1000);
      expect(verifyChains(entries)).toMatchObject({ breaks: [], open: [] });
      const outcomes = entries.filter(
        ({ action, phase }) => /^approval\.(approve|reject)$/.test(action) && phase === "done",
      );
      expect(outcomes).toHaveLength(1);
    }
  });

  it("of an approval and an edit of what it approves: never something in force that was not shown", async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const { deps, campaign, request } = await waiting();
      const [approver] = APPROVERS;
      if (!approver) throw new Error("nobody approves");
      const rows = [{ value: target("ann", "start", `${turn + 1}`), placeOf: (column: string) => column }];
      const [answer, edit] = await Promise.allSettled([
        approveRequest(deps, approver, request.id, request.hash),
        importTargets(deps, MAKER, campaign, { rows, badRows: [], goodRowsOnly: false }),
      ]);
      const isActive = (await deps.plans.campaign(campaign))?.state === "active";
      expect(isActive).toBe(answer.status === "fulfilled");
      expect(edit.status).toBe("fulfilled");
    }
  });
});

import { describe, expect, it } from "vitest";
import { freezeRun } from "#app/settlement/freeze-run.ts";
import { MemoryCloud } from "../fixtures/memory-cloud.ts";
import { person, planOf, ranking, sale, target, world } from "../fixtures/plan-builder.ts";
import { SmallSettlement } from "../fixtures/small-settlement.ts";

/** April and May, ranked by the attainment of a target that each month has for itself. The clock starts on 1 April. */
const PLAN = planOf({
  period: { start: "2018-04-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" },
  rewards: [ranking({ by: { attainment: "quota" }, per: "month", accumulate: "slice" })],
});
const MEMBERSHIPS = [person("ann", "east"), person("bob", "east")];
const quotas = (slice: string) =>
  MEMBERSHIPS.map(({ participantId: id }) => ({ ...target(id, "quota", "100.00"), slice }));

describe("a campaign whose later targets are not there yet", () => {
  it("is activated with those of the month that has begun, and not without one of them", async () => {
    const launch = (targets: ReturnType<typeof quotas>) =>
      new MemoryCloud().launch(world({ plan: PLAN, memberships: MEMBERSHIPS, targets }));
    await expect(launch(quotas("2018-04"))).resolves.toBeUndefined();
    await expect(launch(quotas("2018-04").slice(1))).rejects.toMatchObject({
      problems: [{ code: "missing-target", path: "targets/ann/sales/quota/2018-04" }],
    });
  });

  it("is run until the next month begins, and refused from its first instant", async () => {
    const { cloud } = await SmallSettlement.launch({
      plan: PLAN,
      memberships: MEMBERSHIPS,
      targets: quotas("2018-04"),
      facts: [sale("ann", 50, "04-10 10:00")],
    });
    const frozen = (runId: string, asOf: string) =>
      freezeRun(cloud.deps, { campaign: "small", runId, kind: "interim", asOf, submittedBy: "clock" });
    const [april, may] = [Date.parse("2018-04-30T23:59:59.999+08:00"), Date.parse("2018-05-01T00:00:00+08:00")];
    const run = await frozen("small.interim-1", new Date(april).toISOString());
    expect(run.state).toBe("computing");
    await expect(frozen("small.interim-2", new Date(may).toISOString())).rejects.toMatchObject({
      problems: [
        { code: "missing-target", path: "targets/ann/sales/quota/2018-05" },
        { code: "missing-target", path: "targets/bob/sales/quota/2018-05" },
      ],
    });
  });
});

import { describe, expect, it } from "vitest";
import { freezeRun } from "#app/settlement/freeze-run.ts";
import type { Run } from "#domain/run.ts";
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

const MAY_IS_MISSING = [
  { code: "missing-target", path: "targets/ann/sales/quota/2018-05" },
  { code: "missing-target", path: "targets/bob/sales/quota/2018-05" },
];

/** Begins a run of the campaign that has its April targets only, as of an instant. */
async function freezes(kind: Run["kind"]): Promise<(asOf: string) => Promise<Run>> {
  const { cloud } = await SmallSettlement.launch({
    plan: PLAN,
    memberships: MEMBERSHIPS,
    targets: quotas("2018-04"),
    facts: [sale("ann", 50, "04-10 10:00")],
  });
  return (asOf) =>
    freezeRun(cloud.deps, { campaign: "small", runId: `small.${kind}-${asOf}`, kind, asOf, submittedBy: "clock" });
}

describe("a campaign whose later targets are not there yet", () => {
  it("is activated with those of the month that has begun, and not without one of them", async () => {
    const launch = (targets: ReturnType<typeof quotas>) =>
      new MemoryCloud().launch(world({ plan: PLAN, memberships: MEMBERSHIPS, targets }));
    await expect(launch(quotas("2018-04"))).resolves.toBeUndefined();
    await expect(launch(quotas("2018-04").slice(1))).rejects.toMatchObject({
      problems: [{ code: "missing-target", path: "targets/ann/sales/quota/2018-04" }],
    });
  });

  it("is looked at until the next month begins, and refused from its first instant", async () => {
    const frozen = await freezes("provisional");
    await expect(frozen("2018-04-30T23:59:59.999+08:00")).resolves.toMatchObject({ state: "computing" });
    await expect(frozen("2018-05-01T00:00:00.000+08:00")).rejects.toMatchObject({ problems: MAY_IS_MISSING });
  });

  it.each(["interim", "final", "adjustment"] as const)(
    "has its %s run until the next month is closed, and refused from the instant at which that would be paid",
    async (kind) => {
      const frozen = await freezes(kind);
      await expect(frozen("2018-05-16T00:00:00.000+08:00")).resolves.toMatchObject({ state: "computing" });
      // What happened in May may be told until fifteen days after.
      await expect(frozen("2018-06-15T23:59:59.999+08:00")).resolves.toMatchObject({ state: "computing" });
      await expect(frozen("2018-06-16T00:00:00.000+08:00")).rejects.toMatchObject({ problems: MAY_IS_MISSING });
    },
  );
});

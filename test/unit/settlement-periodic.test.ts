import { describe, expect, it } from "vitest";
import { importTargets } from "#app/campaigns/import-targets.ts";
import { importPeople } from "#app/directory/import-people.ts";
import { rejectRun } from "#app/settlement/decide-run.ts";
import { startDueWork } from "#app/settlement/due-work.ts";
import { requestRun } from "#app/settlement/request-run.ts";
import type { Run } from "#domain/run.ts";
import { CHECKER, MAKER } from "../fixtures/memory-cloud.ts";
import {
  commission,
  evidence,
  PEOPLE,
  type PlanDocument,
  person,
  planOf,
  sale,
  target,
} from "../fixtures/plan-builder.ts";
import { CAMPAIGN, corrected, SmallSettlement } from "../fixtures/small-settlement.ts";

/** March to May, posted month by month; facts told in the fifteen days after a month still enter its run. */
function quarterPlan(changes: Partial<PlanDocument> = {}) {
  return planOf({
    period: { start: "2018-03-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" },
    runs: "month",
    rewards: [commission({ per: "month", accumulate: "slice" })],
    ...changes,
  });
}

async function launched(changes: Partial<PlanDocument> = {}): Promise<SmallSettlement> {
  return SmallSettlement.launch({ plan: quarterPlan(changes), facts: [] });
}

/** What the scheduler sets going at a local time, and what became of the run that it started. */
async function scheduled(campaign: SmallSettlement, local: string): Promise<Run | undefined> {
  campaign.cloud.clock.set(Date.parse(`2018-${local}:00+08:00`));
  const [started] = (await startDueWork(campaign.cloud.deps)).filter(({ action }) => action !== "rebuild");
  await campaign.cloud.runRebuilds();
  const request = campaign.cloud.settlements.splice(0).at(-1);
  if (!started || !request) return undefined;
  await campaign.cloud.compute(request);
  return campaign.pay(await campaign.run(request.runId));
}

describe("a campaign that is posted by the month", () => {
  it("posts each month when its late facts are in, and what changed in earlier months with the next", async () => {
    const campaign = await launched();
    const march = sale("ann", 100, "03-10 10:00");
    await campaign.tell(march, sale("bob", 50, "04-10 10:00"));
    expect(await scheduled(campaign, "04-16T00:00")).toBeUndefined();
    expect(await scheduled(campaign, "04-16T00:01")).toMatchObject({ runId: "small.interim-1", state: "posted" });
    expect(await campaign.postings()).toEqual(["commission:participant:ann:2018-03 1 1000 → 1000"]);
    expect(await scheduled(campaign, "04-17T00:00")).toBeUndefined();

    await campaign.tell({ ...march, version: 2, amount: "80.00", recordedAt: "2018-04-20T10:00:00+08:00" });
    expect(await scheduled(campaign, "05-16T00:01")).toMatchObject({ kind: "interim", state: "posted" });
    expect(await campaign.postings("small.interim-2")).toEqual([
      "commission:participant:ann:2018-03 2 -200 → 800",
      "commission:participant:bob:2018-04 1 500 → 500",
    ]);

    await campaign.tell(sale("ann", 30, "05-31 23:59"));
    expect(await scheduled(campaign, "06-16T00:01")).toMatchObject({ runId: "small.final-1", state: "posted" });
    expect(await campaign.payouts("small.final-1")).toMatchObject([
      { payee: { id: "ann" }, postedMinor: 300, broughtForwardMinor: -200, paidMinor: 100, carriedForwardMinor: 0 },
    ]);
  });

  it("settles the newest month when several went by, and a month without anything asks nobody", async () => {
    const campaign = await launched();
    expect(await scheduled(campaign, "05-20T00:00")).toMatchObject({
      runId: "small.interim-1",
      state: "unchanged",
      asOf: "2018-05-15T16:00:00.000Z",
    });
    expect(await scheduled(campaign, "05-21T00:00")).toBeUndefined();
  });

  it("lets a person ask again for a month whose run was rejected; the clock does not", async () => {
    const campaign = await launched();
    await campaign.tell(sale("ann", 100, "03-10 10:00"));
    campaign.cloud.clock.set(Date.parse("2018-04-16T00:01:00+08:00"));
    const first = await campaign.compute(await requestRun(campaign.cloud.deps, MAKER, CAMPAIGN, "interim"));
    campaign.cloud.settlements.splice(0);
    await rejectRun(campaign.cloud.deps, CHECKER, CAMPAIGN, first.runId, { reason: "a price is wrong" });
    expect(await scheduled(campaign, "04-17T00:00")).toBeUndefined();
    const again = await campaign.compute(await requestRun(campaign.cloud.deps, MAKER, CAMPAIGN, "interim"));
    expect(await campaign.pay(again)).toMatchObject({ runId: "small.interim-2", state: "posted", asOf: first.asOf });
  });

  it("goes on after an interim run, and refuses one for which nothing has closed", async () => {
    const campaign = await launched();
    await campaign.tell(sale("ann", 100, "03-10 10:00"));
    const ask = () => requestRun(campaign.cloud.deps, MAKER, CAMPAIGN, "interim");
    await expect(ask()).rejects.toThrow("no month of small has closed since the last run");
    await scheduled(campaign, "04-16T00:01");
    expect((await campaign.cloud.deps.plans.campaign(CAMPAIGN))?.state).toBe("active");
    await expect(ask()).rejects.toThrow("no month of small has closed since the last run");
    const once = await SmallSettlement.launch();
    await expect(requestRun(once.cloud.deps, MAKER, CAMPAIGN, "interim")).rejects.toThrow("posted once, after its end");
  });

  it("carries a payout below the minimum to the next run, and pays all that is open with the final one", async () => {
    const campaign = await launched({ minimumPayout: "12.00" });
    await campaign.tell(sale("ann", 100, "03-10 10:00"), sale("bob", 10, "03-10 10:00"));
    await scheduled(campaign, "04-16T00:01");
    expect(await campaign.payouts("small.interim-1")).toMatchObject([
      { payee: { id: "ann" }, paidMinor: 0, carriedForwardMinor: 1000 },
      { payee: { id: "bob" }, paidMinor: 0, carriedForwardMinor: 100 },
    ]);
    await campaign.tell(sale("ann", 20, "04-20 10:00"));
    await scheduled(campaign, "05-16T00:01");
    expect(await campaign.payouts("small.interim-2")).toMatchObject([
      { payee: { id: "ann" }, broughtForwardMinor: 1000, paidMinor: 1200, carriedForwardMinor: 0 },
      { payee: { id: "bob" }, paidMinor: 0, carriedForwardMinor: 100 },
    ]);
    await scheduled(campaign, "06-16T00:01");
    expect(await campaign.payouts("small.final-1")).toMatchObject([{ payee: { id: "bob" }, paidMinor: 100 }]);
  });
});

describe("targets by the month", () => {
  it("are asked for when their month is settled, not when it begins", async () => {
    const gates = [{ on: "self", measure: "sales", atLeast: { target: "quota" } } as const];
    const quotas = (...slices: readonly string[]) =>
      slices.flatMap((slice) =>
        PEOPLE.map(({ participantId }) => ({ ...target(participantId, "quota", "90.00"), slice })),
      );
    const campaign = await SmallSettlement.launch({
      plan: quarterPlan({ rewards: [commission({ per: "month", accumulate: "slice", gates })] }),
      targets: quotas("2018-03", "2018-04"),
      facts: [],
    });
    await campaign.tell(sale("ann", 100, "04-10 10:00"), sale("bob", 80, "04-10 10:00"));
    // The middle of May: April is closed, May has begun and has no targets yet.
    expect(await scheduled(campaign, "05-16T00:01")).toMatchObject({ kind: "interim", state: "posted" });
    expect(await campaign.postings()).toEqual(["commission:participant:ann:2018-04 1 1000 → 1000"]);
    await expect(scheduled(campaign, "06-16T00:01")).rejects.toThrow("could not be looked after");
    await importTargets(campaign.cloud.deps, MAKER, CAMPAIGN, importOf(quotas("2018-05")));
    expect(await scheduled(campaign, "06-16T00:06")).toMatchObject({ kind: "final", state: "posted" });
  });
});

describe("after the final run", () => {
  async function settled(changes: Partial<PlanDocument> = {}): Promise<SmallSettlement> {
    const campaign = await launched({ runs: "end", ...changes });
    await campaign.tell(sale("ann", 100, "03-10 10:00"), sale("zoe", 70, "04-10 10:00"));
    await scheduled(campaign, "06-16T00:01");
    return campaign;
  }

  it("a seller who is put on file late is paid by an adjustment that nobody had to ask for", async () => {
    const campaign = await settled();
    expect(await campaign.postings()).toEqual(["commission:participant:ann:2018-03 1 1000 → 1000"]);
    expect(await scheduled(campaign, "06-20T00:00")).toBeUndefined();
    await importPeople(campaign.cloud.deps, MAKER, importOf([person("zoe", "west")]));
    expect(await scheduled(campaign, "06-20T00:05")).toMatchObject({ kind: "adjustment", state: "posted" });
    expect(await campaign.postings("small.adjustment-1")).toEqual(["commission:participant:zoe:2018-04 1 700 → 700"]);
    expect(await scheduled(campaign, "06-21T00:00")).toBeUndefined();
  });

  it("a target that was corrected is looked at again; when nothing changes, nobody is asked", async () => {
    const campaign = await SmallSettlement.launch({
      plan: quarterPlan({
        runs: "end",
        rewards: [commission({ gates: [{ on: "self", measure: "sales", atLeast: { target: "start" } }] })],
      }),
      targets: PEOPLE.map(({ participantId }) => target(participantId, "start", "90.00")),
      facts: [],
    });
    await campaign.tell(sale("ann", 100, "03-10 10:00"));
    await scheduled(campaign, "06-16T00:01");
    await importTargets(campaign.cloud.deps, MAKER, CAMPAIGN, importOf([target("ann", "start", "95.00")]));
    expect(await scheduled(campaign, "06-20T00:05")).toMatchObject({ kind: "adjustment", state: "unchanged" });
    await importTargets(campaign.cloud.deps, MAKER, CAMPAIGN, importOf([target("ann", "start", "120.00")]));
    expect(await scheduled(campaign, "06-21T00:05")).toMatchObject({ kind: "adjustment", state: "posted" });
    expect(await campaign.postings("small.adjustment-2")).toEqual(["commission:participant:ann 2 -1000 → 0"]);
  });

  it("what was held is posted by itself when it falls due, unless its sale was cancelled before", async () => {
    const campaign = await settled({
      rewards: [
        commission({
          per: "month",
          accumulate: "slice",
          instalments: [
            { id: "now", part: "70%" },
            { id: "later", part: "30%", after: "P4M" },
          ],
        }),
      ],
    });
    const ann = "commission:participant:ann:2018-03";
    expect(await campaign.postings()).toEqual([`${ann}:now 1 700 → 700`]);
    expect((await campaign.ledger.beside({ runId: "small.final-1" }, "held", {})).items).toMatchObject([
      { lineId: `${ann}:later`, amount: "3.00", due: "2018-08-01T00:00:00+08:00" },
    ]);
    const statement = await campaign.ledger.statement(CAMPAIGN, { kind: "participant", id: "ann" });
    expect(statement?.held).toMatchObject([{ amount: "3.00" }]);
    expect(await scheduled(campaign, "08-01T00:00")).toBeUndefined();
    expect(await scheduled(campaign, "08-01T00:02")).toMatchObject({ kind: "adjustment", state: "posted" });
    expect(await campaign.postings("small.adjustment-1")).toEqual([`${ann}:later 1 300 → 300`]);
  });

  it("a cancellation takes back what was posted and voids what is held", async () => {
    const campaign = await settled({
      rewards: [
        commission({
          instalments: [
            { id: "now", part: "50%" },
            { id: "later", part: "50%", after: "P4M" },
          ],
        }),
      ],
    });
    await campaign.tell(corrected(sale("ann", 100, "03-10 10:00"), 60_000, { status: "cancelled" }));
    expect(await scheduled(campaign, "06-20T00:00")).toMatchObject({ kind: "adjustment", state: "posted" });
    expect(await campaign.postings("small.adjustment-1")).toEqual(["commission:participant:ann:now 2 -500 → 0"]);
    expect((await campaign.ledger.beside({ runId: "small.adjustment-1" }, "held", {})).items).toEqual([]);
  });

  it("what follows up decides what is held, and counts for no slice", async () => {
    const campaign = await launched({
      runs: "end",
      followUp: "P6M",
      measures: [
        { id: "sales", aggregate: "sum", of: "amount", when: 'kind == "sale"' },
        { id: "kept", aggregate: "count", when: 'kind == "evidence" && topic == "still-a-customer"' },
      ],
      rewards: [
        commission({
          instalments: [
            { id: "now", part: "50%" },
            { id: "kept", part: "50%", after: "P4M", provided: { measure: "kept", atLeast: { value: "1" } } },
          ],
        }),
      ],
    });
    await campaign.tell(sale("ann", 100, "03-10 10:00"), sale("bob", 60, "04-10 10:00"));
    await scheduled(campaign, "06-16T00:01");
    await campaign.tell(
      evidence("ann", "08-20 10:00", { topic: "still-a-customer" }),
      sale("bob", 1000, "08-21 10:00"),
    );
    expect(await scheduled(campaign, "10-01T00:02")).toMatchObject({ kind: "adjustment", state: "posted" });
    expect(await campaign.postings()).toEqual([
      "commission:participant:ann:kept 1 500 → 500",
      "commission:participant:ann:now 1 500 → 500",
      "commission:participant:bob:now 1 300 → 300",
    ]);
    const bob = await campaign.ledger.statement(CAMPAIGN, { kind: "participant", id: "bob" });
    expect(bob?.notAwarded).toMatchObject([{ part: "kept" }]);
    expect(bob?.notAwarded[0]?.trace.at(-1)).toMatchObject({ step: "nothing", reason: "condition-not-met" });
  });
});

function importOf<T>(values: readonly T[]) {
  return {
    goodRowsOnly: false,
    rows: values.map((value) => ({ value, placeOf: (column: string) => column })),
    badRows: [],
  };
}

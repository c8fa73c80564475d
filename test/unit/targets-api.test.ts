import { beforeEach, describe, expect, it } from "vitest";
import { importTargets } from "#app/campaigns/import-targets.ts";
import { ApiHarness, AUDITOR, MANAGER, MARKETING, problemOf } from "./api-harness.ts";
import { CAMPAIGN, found, launch, ok, PLAN, target } from "./api-world.ts";

/** Targets as a table that several people edit at once. */

let harness: ApiHarness;
beforeEach(() => {
  harness = new ApiHarness();
});

const path = `${CAMPAIGN}/targets:import`;
const list = async () => (await ok(harness.get(`${CAMPAIGN}/targets`, MARKETING))).json;
const storedValue = async (subject: string) =>
  (await list()).items.find((one: { subject: string }) => one.subject === subject)?.value;
const send = (rows: readonly unknown[], revision?: number, query = "") =>
  harness.post(
    `${path}${query}`,
    MARKETING,
    { rows },
    revision === undefined ? {} : { headers: { "if-match": `"${revision}"` } },
  );

describe("two who edit the targets of a campaign", () => {
  it("do not undo each other: who read before the other wrote is refused, and told what to do", async () => {
    await found(harness);
    const { revision } = await list();
    expect(revision % 2).toBe(0);
    await ok(send([target("nanchang", "600.00")], revision));
    const late = await send([target("nanchang", "700.00")], revision);
    expect(late.status).toBe(412);
    expect(problemOf(late).problems).toMatchObject([
      { code: "revision", seen: String(revision), allowed: String(revision + 2) },
    ]);
    expect(await storedValue("nanchang")).toBe("600.00");
    await ok(send([target("nanchang", "700.00")], (await list()).revision));
    expect(await storedValue("nanchang")).toBe("700.00");
  });

  it("at the same instant: one is taken, and the other knows that it was not", async () => {
    await launch(harness);
    for (let turn = 0; turn < 5; turn += 1) {
      const { revision } = await list();
      const answers = await Promise.all(
        ["1.00", "2.00"].map((value) => send([target("a-1", `${turn}${value}`)], revision)),
      );
      const taken = answers.findIndex(({ status }) => status === 200);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.toBeOneOf([409, 412])]);
      expect(await storedValue("a-1")).toBe(`${turn}${taken + 1}.00`);
    }
  });

  it("keep their revision when an import says nothing new, or is only tried", async () => {
    await found(harness);
    const { revision } = await list();
    expect((await ok(send([target("nanchang", "500.00")]))).json).toMatchObject({ taken: 0, unchanged: 1 });
    expect((await ok(send([target("nanchang", "1.00")], revision, "?dryRun=true"))).json).toMatchObject({
      taken: 1,
      needsApproval: false,
    });
    expect(await list()).toMatchObject({ revision });
    expect(await storedValue("nanchang")).toBe("500.00");
  });

  it("are refused a header that names no revision", async () => {
    await found(harness);
    const answer = await harness.post(
      path,
      MARKETING,
      { rows: [target("a-1", "1.00")] },
      { headers: { "if-match": "*" } },
    );
    expect(problemOf(answer)).toMatchObject({ status: 412, problems: [{ code: "if-match" }] });
  });
});

describe("an import of targets that was cut off", () => {
  it("is finished by the next, which computes anew even where it finds nothing to write", async () => {
    await launch(harness);
    const { deps } = harness.cloud;
    const putTargets = deps.plans.putTargets.bind(deps.plans);
    deps.plans.putTargets = async (campaign, targets) => {
      await putTargets(campaign, targets);
      throw new Error("the machine stops");
    };
    const rows = [{ value: target("nanchang", "600.00"), placeOf: (column: string) => column }];
    const request = { rows, badRows: [], goodRowsOnly: false };
    await expect(importTargets(deps, MARKETING, PLAN.id, request)).rejects.toThrow("stops");
    deps.plans.putTargets = putTargets;
    const { revision } = await list();
    expect(revision % 2).toBe(1);
    const again = (await ok(send([target("nanchang", "600.00")], revision))).json;
    expect(again).toMatchObject({ taken: 0, unchanged: 1, rebuilding: [PLAN.id] });
    expect((await list()).revision % 2).toBe(0);
  });
});

describe("trying an import of targets", () => {
  it("names every bad row by its place and lets the others be", async () => {
    await found(harness);
    const rows = [
      target("nanchang", "1.001"),
      target("jiujiang", "9.00"),
      target("nobody", "1.00"),
      target("a-1", "x"),
    ];
    const { json } = await ok(send(rows, undefined, "?dryRun=true&goodRowsOnly=true"));
    expect(json).toMatchObject({ rows: 4, taken: 1, rejected: 3 });
    expect(json.findings.map(({ path: place }: { path: string }) => place).sort()).toEqual([
      "/rows/0/value",
      "/rows/2/subject",
      "/rows/3/value",
    ]);
    expect(await storedValue("jiujiang")).toBe("500.00");
  });

  it("tells that a second person would decide", async () => {
    await launch(harness);
    const people = Array.from({ length: 30 }, (_, index) => ({
      participantId: `n-${index}`,
      memberships: [{ participantId: `n-${index}`, name: "N", unit: "nanchang", role: "agent", from: null, to: null }],
    }));
    await harness.cloud.deps.plans.putPeople(people);
    const rows = people.map(({ participantId }) => target(participantId, "10.00"));
    expect((await ok(send(rows, undefined, "?dryRun=true"))).json).toMatchObject({ taken: 30, needsApproval: true });
    expect((await ok(send(rows))).json).toMatchObject({ taken: 0, waiting: 30 });
  });
});

describe("the columns of the targets table", () => {
  it("are what the plan asks for, of whom, and how finely", async () => {
    await found(harness);
    const { json } = await ok(harness.get(`${CAMPAIGN}/target-columns`, MANAGER));
    expect(json.items).toContainEqual(
      expect.objectContaining({
        measure: "premium",
        label: "start",
        slice: "",
        asked: [{ reward: "branch-ranking", level: "branch" }],
        digits: 2,
      }),
    );
    for (const { measure, label, slice } of json.items) {
      const row = { subject: "nanchang", measure, label, slice, value: "1" };
      expect((await ok(send([row], undefined, "?dryRun=true"))).json).toMatchObject({ rejected: 0 });
    }
    expect((await harness.get("/v1/campaigns/none/target-columns", AUDITOR)).status).toBe(404);
  });

  it("follow the slices of a reward, in order of time", async () => {
    await found(harness);
    const asking = {
      ...PLAN.rewards[0],
      per: "month",
      gates: [{ measure: "premium", atLeast: { target: "floor" }, on: "self" }],
    };
    const sliced = { ...PLAN, id: "sliced", rewards: [asking] };
    await ok(harness.post("/v1/campaigns", MARKETING, sliced));
    const { json } = await ok(harness.get("/v1/campaigns/sliced/target-columns", MARKETING));
    const slices = json.items.map(({ slice }: { slice: string }) => slice);
    expect(slices).toContain("2026-03");
    expect(slices.toSorted()).toEqual(slices);
  });
});

import { describe, expect, it } from "vitest";
import { payeesOf } from "#app/disputes/questioned-line.ts";
import { type Dispute, disputeStateAt } from "#domain/dispute.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { PLAN } from "./api-world.ts";

const problemsOf = (disputes: unknown) => {
  try {
    parsePlan({ ...PLAN, disputes });
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
};

describe("what a plan says of disputes", () => {
  it("is left out of plans that say nothing, whose hash stays as it was", () => {
    const plan = parsePlan(PLAN);
    expect(Object.keys(plan)).not.toContain("disputes");
    expect(hashOf(parsePlan({ ...PLAN, disputes: { within: "P10D", decideWithin: "P1M" } }))).not.toBe(hashOf(plan));
  });

  it.each([
    [{ within: "10 days", decideWithin: "P1M" }, ["bad-duration /disputes/within"]],
    [{ within: "P10D", decideWithin: "-P1D" }, ["bad-duration /disputes/decideWithin"]],
    [{ within: "P900000Y", decideWithin: "P1D" }, ["bad-duration /disputes/within"]],
    [{ within: "P10D" }, ["invalid-type /disputes/decideWithin"]],
    [{ within: "P10D", decideWithin: "P15D", hold: true }, ["unknown-key /disputes/hold"]],
    [{ within: "P0D", decideWithin: "PT48H" }, []],
  ])("%j has the problems %j", (disputes, problems) => {
    expect(problemsOf(disputes)).toEqual(problems);
  });
});

describe("whom a line can be of", () => {
  it("is read from its id, however many colons the payee has", () => {
    expect(payeesOf("fee:participant:a:b:2026-01").map(({ id }) => id)).toEqual(["a:b:2026-01", "a:b", "a"]);
    expect(payeesOf("fee:unit:east")).toEqual([{ kind: "unit", id: "east" }]);
    for (const nonsense of ["", "fee", "fee:person:a", "fee:participant:"]) expect(payeesOf(nonsense)).toEqual([]);
  });
});

describe("a dispute whose remedy is dead", () => {
  it.each([
    ["rejected", "open"],
    ["expired", "open"],
    ["failed", "open"],
    ["withdrawn", "open"],
    ["waiting", "accepted"],
    ["done", "accepted"],
  ] as const)("%s: it is %s", (remedy, state) => {
    const dispute: Pick<Dispute, "state" | "assignedTo"> = { state: "accepted" };
    expect(disputeStateAt(dispute, remedy)).toBe(state);
    expect(disputeStateAt({ state: "refused" }, remedy)).toBe("refused");
  });
});

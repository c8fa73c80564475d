import { describe, expect, it } from "vitest";
import { examplePlan } from "#contracts/examples/plan.ts";
import { planJsonSchema } from "#contracts/plan-schema.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { maximumLiability } from "#engine/liability.ts";

describe("JSON Schema of plans", () => {
  const schema = planJsonSchema();

  it("says which draft it is of, and names itself", () => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "urn:laurel:plan:1",
      type: "object",
      additionalProperties: false,
    });
  });

  it("asks only for what has no default", () => {
    expect(schema.required).toEqual(expect.arrayContaining(["schema", "id", "period", "rewards", "recovery"]));
    expect(schema.required).not.toContain("budgets");
  });
});

describe("the example plan", () => {
  it("is a plan without problems, with its budget equal to what its prizes can cost", () => {
    const liability = maximumLiability(parsePlan(examplePlan));
    expect(liability.exceededBudgets).toEqual([]);
  });
});

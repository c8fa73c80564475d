import { describe, expect, it } from "vitest";
import { executionName } from "#adapters/system/jobs-lambda.ts";
import { intakeDepsFromEnvironment } from "#functions/_kit/deps.ts";
import { apiDepsFromEnvironment, clockDepsFromEnvironment } from "#functions/_kit/ledger-deps.ts";

const INTAKE = {
  LAUREL_FACTS_TABLE: "facts",
  LAUREL_PLANS_TABLE: "plans",
  LAUREL_DERIVED_TABLE: "derived",
  LAUREL_SECRETS_PREFIX: "laurel/dev/sources/",
};

describe("dependencies from the environment", () => {
  it("need what the function uses, and say what is missing before the first call", () => {
    expect(Object.keys(intakeDepsFromEnvironment(INTAKE)).sort()).toEqual([
      "clock",
      "deliveries",
      "facts",
      "orderLines",
      "plans",
      "secrets",
      "securityClock",
      "vendorOrders",
      "vendors",
    ]);
    expect(() => apiDepsFromEnvironment(INTAKE)).toThrow("LAUREL_LEDGER_TABLE is not set");
  });

  it("name the missing variable of a worker too", () => {
    expect(() => clockDepsFromEnvironment({ LAUREL_DERIVED_TABLE: "derived", LAUREL_FACTS_TABLE: "facts" })).toThrow(
      "LAUREL_PLANS_TABLE is not set",
    );
  });

  it("look up only secrets below the prefix of sources", async () => {
    const { secrets } = intakeDepsFromEnvironment(INTAKE);
    expect(await secrets.secret("laurel/dev/database")).toBeUndefined();
  });
});

describe("names of durable executions", () => {
  it("fit what Lambda takes, and differ where the work does", () => {
    const names = ["c#c.final-1", "c.c#final-1", "x".repeat(64), `${"x".repeat(64)}y`].map((work) =>
      executionName("settle", work),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });
});

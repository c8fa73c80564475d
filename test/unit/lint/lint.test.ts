import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintPlan } from "#engine/lint/index.ts";
import { jiangxi } from "#test/fixtures/campaign.ts";
import { commission, planOf, UNITS } from "#test/fixtures/plan-builder.ts";
import { IN_KIND_CASES } from "./in-kind-cases.ts";
import { KIND_CASES } from "./kind-cases.ts";
import { MODIFIER_CASES } from "./modifier-cases.ts";
import { PAY_CASES } from "./pay-cases.ts";
import { PLAN_CASES } from "./plan-cases.ts";
import { REWARD_CASES } from "./reward-cases.ts";
import { SHARE_CASES } from "./share-cases.ts";

const LINT_CASES = [
  ...REWARD_CASES,
  ...KIND_CASES,
  ...IN_KIND_CASES,
  ...SHARE_CASES,
  ...PAY_CASES,
  ...PLAN_CASES,
  ...MODIFIER_CASES,
];

describe("the linter", () => {
  it.each(LINT_CASES.map((item) => [item.code, item.severity, item] as const))("%s %s", (code, severity, item) => {
    const isMeant = (finding: { code: string; severity: string }) =>
      finding.code === code && finding.severity === severity;
    const found = lintPlan(item.unwise).filter(isMeant);
    expect(found).toEqual([expect.objectContaining({ path: item.path, message: expect.stringContaining(item.says) })]);
    expect(found[0]?.message).toMatch(/\d|always/);
    expect(found[0]?.mend).not.toBe("");
    expect(lintPlan(item.wise).filter(isMeant)).toEqual([]);
  });

  it("has a case for each code that the documentation tells, and tells each", () => {
    const document = readFileSync(join(import.meta.dirname, "../../../shared/docs/PLAN.md"), "utf8");
    const section = document.split("## Findings")[1]?.split("\n## ")[0] ?? "";
    const told = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code);
    expect([...new Set(told)].sort()).toEqual([...new Set(LINT_CASES.map(({ code }) => code))].sort());
  });

  it("looks at the plan alone where nothing else is known", () => {
    const codes = lintPlan({ plan: planOf() }).map(({ code }) => code);
    expect(codes).toEqual(["unbounded-liability", "reward-without-budget"]);
  });

  it("says what blocks first", () => {
    const plan = planOf({ rewards: [commission({ level: "shop" })] });
    expect(lintPlan({ plan, units: UNITS }).map(({ severity }) => severity)).toEqual(["blocks", "warns", "warns"]);
  });

  it("finds in the gallery's campaign what is true of it, and nothing that blocks", () => {
    expect(lintPlan(jiangxi()).map(({ code, severity, path }) => `${severity} ${code} ${path}`)).toEqual([
      "warns unbounded-liability /rewards/0",
      "warns reward-without-budget /rewards/0",
      // Head office pays it: the budget is the province's.
      "warns reward-without-budget /rewards/1",
      // One agent sells for the province itself, outside of any branch.
      "warns gate-without-ancestor /rewards/3/gates/0/on/ancestor",
    ]);
  });
});

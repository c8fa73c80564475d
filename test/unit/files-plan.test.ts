import { describe, expect, it } from "vitest";
import { readPlanFile } from "#adapters/files/plan-file.ts";
import { SMALL_CAMPAIGN } from "./files-fixture.ts";

function read(text: string) {
  return readPlanFile({ name: "plan.yaml", bytes: new TextEncoder().encode(text) });
}

function edited(text: string, by: string) {
  if (!SMALL_CAMPAIGN.plan.includes(text)) throw new Error(`the plan has no ${text}`);
  return read(SMALL_CAMPAIGN.plan.replace(text, by));
}

describe("plan file", () => {
  it("reads YAML, and the same plan as JSON", () => {
    const { plan, problems } = read(SMALL_CAMPAIGN.plan);
    expect(problems).toEqual([]);
    expect(read(JSON.stringify(plan, null, "\t")).plan).toEqual(plan);
  });

  it("tells where a part stands, or where it would", () => {
    const { placeOf } = read(SMALL_CAMPAIGN.plan);
    expect(placeOf("/rewards/1/pay/split/nobody")).toBe("plan.yaml:29 /rewards/1/pay/split/nobody");
    expect(placeOf("/rewards/1/gates")).toBe("plan.yaml:22 /rewards/1/gates");
    expect(placeOf("/nowhere")).toBe("plan.yaml:1 /nowhere");
  });

  it.each([
    ["a wrong choice", "nobody: unit", "nobody: all", "plan.yaml:29 /rewards/1/pay/split/nobody", "all"],
    ["an unknown field", "recovery:", "recover: 1\nrecovery:", "plan.yaml:32 /recover", "1"],
    ["a missing field", "    rate: 10%\n", "", "plan.yaml:14 /rewards/0/rate", undefined],
    [
      "an unknown measure",
      "measure: premium\n    level: branch",
      "measure: premiun\n    level: branch",
      "plan.yaml:24 /rewards/1/measure",
      "premiun",
    ],
    ["a bad condition", `entry == "app"`, `entri == "app"`, "plan.yaml:9 /counts/0/when", `entri == "app"`],
  ])("places %s by line and path", (_what, text, by, path, seen) => {
    const { plan, problems } = edited(text, by);
    expect(plan).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path, ...(seen === undefined ? {} : { seen }) });
  });

  it("proposes quotes for an amount without", () => {
    expect(edited('amount: "100.00" }\n    pay', "amount: 100.00 }\n    pay").problems).toMatchObject([
      { path: "plan.yaml:28 /rewards/1/prizes/0/amount", seen: "100.00", mend: 'put it in quotes: "100.00"' },
    ]);
  });

  it.each([
    ["a duplicate key", "a: 1\nb: 2\na: 3\n", "plan.yaml:3:1", "this key stands twice"],
    ["a duplicate key in JSON", '{"a": 1,\n "a": 2}', "plan.yaml:2:2", "this key stands twice"],
    ["an open bracket", "a: [1, 2\nb: 3\n", "plan.yaml:2:1", "Flow sequence"],
    ["two documents", "a: 1\n---\nb: 2\n", "plan.yaml:2:1", "multiple documents"],
    ["an unknown tag", "a: !!js/function 1\n", "plan.yaml:1:4", "Unresolved tag"],
    ["an unknown alias", "a: *nope\n", "plan.yaml", "Unresolved alias"],
    ["an alias inside itself", "a: &x [*x]\n", "plan.yaml", "circular"],
    ["an empty file", "", "plan.yaml /", "expected object"],
  ])("reports %s", (_what, text, path, message) => {
    const { plan, problems } = read(text);
    expect(plan).toBeUndefined();
    expect(problems[0]?.path).toBe(path);
    expect(problems[0]?.message).toContain(message);
  });

  it("does not let aliases grow without bound", () => {
    const levels = Array.from({ length: 8 }, (_, level) => {
      const items =
        level === 0
          ? "1"
          : Array(9)
              .fill(`*l${level - 1}`)
              .join(", ");
      return `l${level}: &l${level} [${items}]`;
    });
    expect(read(levels.join("\n")).problems[0]?.message).toContain("alias");
    expect(read(" ".repeat(300_000)).problems).toMatchObject([{ code: "too-large" }]);
  });
});

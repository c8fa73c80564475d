import { describe, expect, it } from "vitest";
import { factMessageSchema } from "#domain/fact.ts";
import { directoryProblems, type OrgUnit } from "#domain/org.ts";

const unit = (id: string, parent: string | null, level: string): OrgUnit => ({ unit: id, parent, level, name: id });
const problemsOf = (units: readonly OrgUnit[]) =>
  directoryProblems(units, [], (kind, index, column) => `${kind} ${index} ${column}`).map(
    ({ code, path }) => `${code} at ${path}`,
  );

describe("an organisation", () => {
  it("is accepted when each level stands once on every way up", () => {
    expect(
      problemsOf([unit("acme", null, "company"), unit("east", "acme", "branch"), unit("west", "acme", "branch")]),
    ).toEqual([]);
  });

  it("is refused when a branch lies below a branch: its sales would count in both", () => {
    expect(
      problemsOf([unit("acme", null, "company"), unit("east", "acme", "branch"), unit("corner", "east", "branch")]),
    ).toEqual(["nested-level at unit 2 level"]);
  });

  it("is refused for a circle once, not for the levels in it too", () => {
    expect(problemsOf([unit("east", "west", "branch"), unit("west", "east", "branch")])).toEqual([
      "org-cycle at unit 0 parent",
      "org-cycle at unit 1 parent",
    ]);
  });
});

describe("a sale", () => {
  const sale = (amount: string) => ({
    kind: "sale",
    source: "pos",
    externalId: "1",
    version: 1,
    status: "active",
    participantId: "a-1",
    occurredAt: "2018-07-02T10:00:00+08:00",
    amount,
    currency: "CNY",
    product: "LAY",
    channel: "individual",
  });

  it("can be as large as ten thousand million yuan, and not a fen larger", () => {
    expect(factMessageSchema.safeParse(sale("10000000000.00")).success).toBe(true);
    const refused = factMessageSchema.safeParse(sale("10000000000.01"));
    expect(refused.error?.issues.map(({ message }) => message)).toEqual(["a sale is at most 10000000000.00 CNY"]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sale } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import { parseMoney } from "#domain/money.ts";
import { fold, merge } from "#engine/fold.ts";
import { compileRules } from "#engine/rules.ts";
import { conclude, settle } from "#engine/settle.ts";
import { commission, type PlanDocument, planOf, sale, world } from "#test/fixtures/plan-builder.ts";

const PERIOD = { start: "2018-05-01T00:00", end: "2018-08-01T00:00", zone: "Asia/Shanghai" };
const AS_OF = parseInstant("2018-12-01T00:00:00Z") ?? Number.NaN;

const minor = (text: string) => parseMoney(text, "CNY") ?? Number.NaN;
const total = (lines: readonly { readonly amount: string }[] = []) =>
  lines.reduce((sum, { amount }) => sum + minor(amount), 0);

const facts = (lowest: number) =>
  fc
    .array(
      fc.record({
        by: fc.constantFrom("ann", "bob", "cy"),
        day: fc.constantFrom("05-02", "05-31", "06-01", "06-15", "07-31"),
        fen: fc.integer({ min: lowest, max: 100_000 }),
      }),
      { maxLength: 12 },
    )
    .map((rows) =>
      rows.map(({ by, day, fen }, index): Sale => {
        const amount = `${fen < 0 ? "-" : ""}${(Math.abs(fen) / 100).toFixed(2)}`;
        return sale(by, amount, day, { externalId: String(index) });
      }),
    );

const run = (changes: Partial<PlanDocument>, sales: readonly Sale[]) =>
  settle({ ...world({ plan: planOf({ period: PERIOD, ...changes }), facts: sales }), asOf: AS_OF });

const limits = fc.integer({ min: 0, max: 20_000 });
const text = (fen: number) => (fen / 100).toFixed(2);

describe("whatever is sold", () => {
  it("a budget is never overshot, and scaling spends it exactly", () => {
    fc.assert(
      fc.property(facts(-20_000), limits, fc.boolean(), (sales, limit, isSliced) => {
        const rewards = [commission(isSliced ? { per: "month", accumulate: "slice" } : {})];
        const earned = total(run({ rewards }, sales).lines);
        const spent = (policy: "firstCome" | "proRata") =>
          total(
            run({ rewards, budgets: [{ id: "pot", rewards: ["commission"], amount: text(limit), policy }] }, sales)
              .lines,
          );
        expect(spent("proRata")).toBe(Math.min(earned, limit));
        expect(spent("firstCome")).toBeLessThanOrEqual(Math.max(limit, 0));
        if (earned <= limit) expect(spent("firstCome")).toBe(earned);
      }),
      { numRuns: 150 },
    );
  });

  it("instalments sum to the award", () => {
    const parts = fc.constantFrom(["1/3", "1/3", "1/3"], ["70%", "30%"], ["0.001", "99.9%"]);
    fc.assert(
      fc.property(facts(-100_000), parts, (sales, shares) => {
        const instalments = shares.map((part, index) => ({ id: `p-${index}`, part, after: `P${index * 9}M` }));
        const { lines, held } = run({ rewards: [commission({ instalments })] }, sales);
        expect(total(lines) + total(held)).toBe(total(run({ rewards: [commission()] }, sales).lines));
      }),
      { numRuns: 100 },
    );
  });

  it("slices to date sum to what the whole campaign pays", () => {
    fc.assert(
      fc.property(facts(-100_000), fc.constantFrom("day", "week", "month", "quarter"), (sales, per) => {
        const rounding = { scope: "perTotal", mode: "halfEven", unit: "0.10" } as const;
        const whole = run({ rewards: [commission({ rate: "1/7", rounding })] }, sales);
        const sliced = run({ rewards: [commission({ rate: "1/7", rounding, per, accumulate: "toDate" })] }, sales);
        expect(total(sliced.lines)).toBe(total(whole.lines));
      }),
      { numRuns: 60 },
    );
  });

  it("neither the order of facts nor how they are sharded changes a byte", () => {
    const clawback = { within: "P1M", take: { unearned: "days" } } as const;
    const budgets = [{ id: "pot", rewards: ["commission"], amount: "50.00", policy: "firstCome" as const }];
    const plan = planOf({
      period: PERIOD,
      budgets,
      rewards: [commission({ per: "month", accumulate: "slice", clawback })],
    });
    fc.assert(
      fc.property(facts(-20_000), fc.integer({ min: 0, max: 12 }), (sales, cut) => {
        const gone = sales.slice(0, 3).map((first): Sale => {
          return { ...first, version: 2, status: "cancelled", cancelledAt: "2018-06-10T00:00:00Z" };
        });
        const all = [...sales, ...gone];
        const { facts: _, ...sources } = world({ plan });
        const rules = compileRules(sources);
        const halves = [all.slice(cut), all.slice(0, cut)].map((half) => fold(rules, AS_OF, half));
        const [a = fold(rules, AS_OF, []), b = a] = halves;
        const asked = { asOf: AS_OF, closedOnly: false };
        const whole = settle({ ...sources, facts: all.toReversed(), asOf: AS_OF });
        expect(conclude(sources, rules, merge(a, b), asked)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import { parseInstant } from "#domain/instant.ts";
import type { Settlement } from "#domain/line.ts";
import { hashOf } from "#engine/hash.ts";
import { settle } from "#engine/settle.ts";
import { commission, planOf, sale, world } from "#test/fixtures/plan-builder.ts";
import { verify } from "#verify/verify.ts";

/** Pay by the month with a cap, a deduction, a budget and a holdback: figures by hand, and every one of them forged. */

const AS_OF = "2018-08-01T00:00:00Z";

/** 10 % a month: ann 80 and 60, bob 50. Of a cap of 100 ann has 80 and 20; less 10 % 72 and 18, bob 45; a budget of 100. */
const WORLD = world({
  plan: planOf({
    period: { start: "2018-05-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" },
    rewards: [
      commission({
        per: "month",
        accumulate: "slice",
        cap: { amount: "100.00", over: "campaign" },
        deductions: { stacking: "together", rounded: "once", mode: "halfUp", items: [{ id: "fund", rate: "10%" }] },
        instalments: [
          { id: "now", part: "80%" },
          { id: "later", part: "20%", after: "P1Y" },
        ],
      }),
    ],
    budgets: [{ id: "pot", rewards: ["commission"], amount: "100.00", policy: "firstCome" }],
  }),
  facts: [sale("ann", 800, "05-02"), sale("bob", 500, "05-03"), sale("ann", 600, "06-04")],
});

function documentOf(settlement: Settlement) {
  return JSON.parse(JSON.stringify({ ...WORLD, asOf: AS_OF, settlement }));
}

function settled(): Settlement {
  return settle({ ...WORLD, asOf: parseInstant(AS_OF) ?? Number.NaN });
}

function amounts(lines: readonly { readonly lineId: string; readonly amount: string }[] = []) {
  return Object.fromEntries(lines.map(({ lineId, amount }) => [lineId.replace("commission:participant:", ""), amount]));
}

describe("a monthly run", () => {
  it("agrees with figures worked out by hand", () => {
    const settlement = settled();
    expect(verify(readBundle(documentOf(settlement))).agrees).toBe(true);
    // May's 72 and 45 are claimed at its last instant, ann before bob by line id: bob gets the 28 that are left.
    expect(amounts(settlement.lines)).toEqual({ "ann:2018-05:now": "57.60", "bob:2018-05:now": "22.40" });
    expect(amounts(settlement.held)).toEqual({ "ann:2018-05:later": "14.40", "bob:2018-05:later": "5.60" });
    expect(settlement.totals).toMatchObject({
      all: "80.00",
      held: "20.00",
      budgets: [{ used: "100.00", left: "0.00" }],
    });
  });

  it("does not agree with any figure or name of it that is altered, though the hash is made to fit", () => {
    const spots = spotsOf(parts(documentOf(settled())), []);
    const named = ["amount", "due", "used", "taken", "cap", "of", "slice", "part", "held", "earned"];
    expect(spots.map((path) => path.at(-1))).toEqual(expect.arrayContaining(named));
    const passing = spots.filter((path) => {
      const document = documentOf(settled());
      forge(document.settlement, path);
      document.settlement.resultHash = hashOf(parts(document));
      return verify(readBundle(document)).agrees;
    });
    expect(passing).toEqual([]);
  });
});

function parts({ settlement: { lines, held, notAwarded, totals, warnings } }: { settlement: Settlement }) {
  return { lines, held, notAwarded, totals, warnings };
}

/** Where numbers, truths and names stand; sentences are for people. Kinds of payees are a closed list. */
function spotsOf(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    ["message", "kind"].includes(key) ? [] : spotsOf(member, [...path, key]),
  );
}

function forge(holder: object, [key = "", ...rest]: readonly string[]): void {
  const value: unknown = Reflect.get(holder, key);
  if (typeof value === "object" && value !== null) forge(value, rest);
  else
    Reflect.set(holder, key, typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : `${value}0`);
}

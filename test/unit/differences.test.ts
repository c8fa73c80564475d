import { describe, expect, it } from "vitest";
import type { Line, Payee } from "#domain/line.ts";
import { lineId } from "#domain/line.ts";
import { type Difference, differences } from "#engine/post.ts";

const ANN: Payee = { kind: "participant", id: "ann" };

function line(amount: string, payee = ANN, reward = "volume"): Line {
  return { lineId: lineId(reward, payee), reward, payee, amount, currency: "CNY", trace: [] };
}

type Balance = Parameters<typeof differences>[1][number];

/** A ledger of lines: posts each run's differences, and tells them in minor units by line. */
class Ledger {
  readonly #balances = new Map<string, Balance>();
  posted = 0;

  post(...lines: readonly Line[]): Record<string, number> {
    const found = differences(lines, [...this.#balances.values()]);
    for (const { lineId: id, reward, payee, currency, amountMinor, deltaMinor } of found) {
      this.#balances.set(id, { lineId: id, reward, payee, currency, balanceMinor: amountMinor });
      this.posted += deltaMinor;
    }
    return Object.fromEntries(found.map((difference: Difference) => [difference.lineId, difference.deltaMinor]));
  }
}

describe("what is posted of a line is the difference to what was posted before", () => {
  it.each<[table: string, amounts: readonly string[], differences: readonly number[]]>([
    // Units 1–15 at 10 each, from 16 at 5 each, on all: 15 pay 150, 16 pay 80, and still 16.
    ["retroactive prices: 150, then −70, then nothing", ["150.00", "80.00", "80.00"], [15_000, -7000, 0]],
    // Up to 5 units a flat 100, up to 10 a flat 150: 5 units, then 7.
    ["from one flat tier to the next: 100, then 50", ["100.00", "150.00"], [10_000, 5000]],
    // 12 and 14 units at 10 each.
    ["within one tier: 120, then only the two units more", ["120.00", "140.00"], [12_000, 2000]],
    ["down and up again ends where it began", ["80.00", "0.01", "80.00"], [8000, -7999, 7999]],
    ["below zero and back", ["-5.00", "5.00"], [-500, 1000]],
  ])("%s", (_table, amounts, expected) => {
    const ledger = new Ledger();
    const id = "volume:participant:ann";
    expect(amounts.map((amount) => ledger.post(line(amount))[id] ?? 0)).toEqual(expected);
    expect(ledger.posted).toBe(expected.reduce((a, b) => a + b, 0));
  });

  it("an unchanged run posts nothing at all", () => {
    const ledger = new Ledger();
    const lines = [line("150.00"), line("3.00", { kind: "unit", id: "east" }), line("7.00", ANN, "prize")];
    expect(Object.keys(ledger.post(...lines))).toHaveLength(3);
    expect(ledger.post(...lines)).toEqual({});
    expect(ledger.post(...lines.toReversed())).toEqual({});
  });

  it("a line that disappears is taken back, once, and posted anew when it comes back", () => {
    const ledger = new Ledger();
    ledger.post(line("150.00"), line("3.00", ANN, "prize"));
    expect(ledger.post(line("150.00"))).toEqual({ "prize:participant:ann": -300 });
    expect(ledger.post(line("150.00"))).toEqual({});
    expect(ledger.post(line("150.00"), line("2.00", ANN, "prize"))).toEqual({ "prize:participant:ann": 200 });
    expect(ledger.posted).toBe(15_200);
  });

  it("another payee is another line: the first loses what the second gets", () => {
    const ledger = new Ledger();
    ledger.post(line("100.00", { kind: "unit", id: "east" }, "race"));
    expect(ledger.post(line("100.00", { kind: "participant", id: "east" }, "race"))).toEqual({
      "race:participant:east": 10_000,
      "race:unit:east": -10_000,
    });
    expect(ledger.posted).toBe(10_000);
  });

  it("is in order of the line ids, each with the amount that the line has now", () => {
    const before: Balance = {
      lineId: "a:participant:ann",
      reward: "a",
      payee: ANN,
      currency: "CNY",
      balanceMinor: 500,
    };
    expect(differences([line("1.00", ANN, "c"), line("2.00", ANN, "b")], [before])).toEqual([
      { ...identity("a"), amountMinor: 0, deltaMinor: -500 },
      { ...identity("b"), amountMinor: 200, deltaMinor: 200 },
      { ...identity("c"), amountMinor: 100, deltaMinor: 100 },
    ]);
  });

  function identity(reward: string) {
    return { lineId: `${reward}:participant:ann`, reward, payee: ANN, currency: "CNY" };
  }
});

import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import { parseInstant } from "#domain/instant.ts";
import { hashOf } from "#engine/hash.ts";
import { settle } from "#engine/settle.ts";
import { type PlanDocument, planOf, type RewardDocument, sale, target, world } from "#test/fixtures/plan-builder.ts";
import { Book } from "#verify/book.ts";
import { Reckoner } from "#verify/reckon.ts";
import { byRule } from "#verify/rewards.ts";
import { verify } from "#verify/verify.ts";

/** Rewards that price or pay by steps: the verifier's own figures against those worked out by hand, and forged runs. */

type RewardOf<Kind extends RewardDocument["kind"]> = Extract<RewardDocument, { kind: Kind }>;

const AS_OF = "2018-07-01T00:00:00Z";
const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "units", aggregate: "sum", of: "quantity" },
];
const HEADER = { measure: "units", level: "participant", pay: "self" } as const;

/** A run of ann's sales, each of as many units as yuan, with a target of 30. */
function runOf(reward: RewardDocument, sold: readonly string[]) {
  const of = world({
    plan: planOf({ measures: MEASURES, rewards: [reward] }),
    targets: ["units", "sales"].map((measure) => target("ann", "quota", "30", measure)),
    facts: sold.map((text, index) => sale("ann", text, `05-${10 + index}`, { quantity: text })),
  });
  const settlement = settle({ ...of, asOf: parseInstant(AS_OF) ?? Number.NaN });
  return JSON.parse(JSON.stringify({ ...of, asOf: AS_OF, settlement }));
}

/** What the verifier alone makes of it, once it agrees with the run to the last number of the trace. */
function worked(reward: RewardDocument, sold: readonly string[]): string {
  const bundle = readBundle(runOf(reward, sold));
  const { lines, checks } = verify(bundle);
  expect([...lines, ...checks].filter(({ verdict }) => verdict !== "agrees")).toEqual([]);
  const reckoner = new Reckoner(bundle, new Book(bundle));
  return bundle.rewards
    .flatMap((own) => byRule(reckoner, own))
    .map(({ amount }) => reckoner.moneyText(amount))
    .join();
}

/** Changes every number and name of ann's line in turn, each with a hash made to fit; which ones pass. */
function passingForgeries(reward: RewardDocument, sold: readonly string[]): string[] {
  const clean = runOf(reward, sold);
  return spotsOf(clean.settlement.lines[0], []).flatMap((path) => {
    const document = structuredClone(clean);
    const { lines, notAwarded, totals, warnings } = document.settlement;
    forge(lines[0], path);
    document.settlement.resultHash = hashOf({ lines, notAwarded, totals, warnings });
    return verify(readBundle(document)).agrees ? [path.join("/")] : [];
  });
}

function spotsOf(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    ["message", "payee"].includes(key) ? [] : spotsOf(member, [...path, key]),
  );
}

function forge(holder: object, [key = "", ...rest]: readonly string[]): void {
  const value: unknown = Reflect.get(holder, key);
  if (typeof value === "object" && value !== null) forge(value, rest);
  else
    Reflect.set(holder, key, typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : `${value}0`);
}

describe("an amount for each unit", () => {
  const perUnit = (changes: Partial<RewardOf<"perUnit">>): RewardDocument => ({
    ...HEADER,
    id: "spiff",
    kind: "perUnit",
    amount: "5",
    scope: "cumulative",
    rounding: { scope: "perTotal", mode: "halfUp", unit: "0.01" },
    ...changes,
  });
  const started = { size: "10", partial: "started" } as const;
  const full = { size: "10", partial: "full" } as const;
  const each = { scope: "perFact", rounding: { scope: "perFact", mode: "halfUp", unit: "1" } } as const;

  it.each<[string, readonly string[], Partial<RewardOf<"perUnit">>, string]>([
    ["13 packages are started by 121 units", ["121"], { packages: started }, "65.00"],
    ["12 packages are full", ["121"], { packages: full }, "60.00"],
    ["120 units start no 13th", ["120"], { packages: started }, "60.00"],
    ["two started of 12 units in all", ["6", "6"], { packages: started }, "10.00"],
    ["one of 10 in all", ["6", "4"], { packages: started }, "5.00"],
    ["one each of 6 and 4", ["6", "4"], { packages: started, scope: "perFact" }, "10.00"],
    ["free units before the first package", ["6", "6"], { packages: full, freeUnits: "2" }, "5.00"],
    ["free units of each sale: 4 + 4", ["6", "6"], { scope: "perFact", freeUnits: "2" }, "40.00"],
    ["no more than the free units", ["6"], { freeUnits: "6" }, "0.00"],
    ["a return takes back what it paid: 30 − 15", ["6", "-3"], { scope: "perFact" }, "15.00"],
    ["more returned than sold pays nothing", ["1", "-3"], {}, "0.00"],
    ["2.5 rounded to 3, twice", ["0.5", "0.5"], each, "6.00"],
    ["a price of a part of a fen: 0.001 × 15", ["15"], { amount: "0.001" }, "0.02"],
    ["a price that rounds to nothing", ["1"], { amount: "0.001" }, "0.00"],
  ])("%s", (_, sold, changes, amount) => {
    expect(worked(perUnit(changes), sold)).toBe(amount);
  });

  it("is not accepted with any other number", () => {
    expect(passingForgeries(perUnit({ packages: started, freeUnits: "2" }), ["6", "7"])).toEqual([]);
    expect(passingForgeries(perUnit(each), ["0.5", "2"])).toEqual([]);
  });
});

describe("lump sums for steps", () => {
  const milestone = (changes: Partial<RewardOf<"milestone">>): RewardDocument => ({
    ...HEADER,
    id: "steps",
    kind: "milestone",
    by: "value",
    policy: "every",
    reach: "final",
    steps: [
      { at: "10", amount: "100" },
      { at: "20", amount: "250" },
    ],
    ...changes,
  });
  const thirds = {
    by: { attainment: "quota" },
    steps: [
      { at: "1/3", amount: "100" },
      { at: "100%", amount: "250" },
    ],
  };

  it.each<[string, readonly string[], Partial<RewardOf<"milestone">>, string]>([
    ["every step, at equality", ["20"], {}, "350.00"],
    ["only the highest", ["20"], { policy: "highestOnly" }, "250.00"],
    ["the first", ["19.99"], {}, "100.00"],
    ["none", ["9.99"], {}, "0.00"],
    ["not what was given back", ["12", "-3"], {}, "0.00"],
    ["the highest on the way", ["12", "-3"], { reach: "peak" }, "100.00"],
    ["the highest on the way only", ["12", "9", "-15"], { reach: "peak", policy: "highestOnly" }, "250.00"],
    ["a third of 30", ["10"], thirds, "100.00"],
    ["not quite a third of 30", ["9.99"], thirds, "0.00"],
    ["the whole 30, in two", ["29", "1"], thirds, "350.00"],
    ["a step that is worth nothing", ["5"], { steps: [{ at: "1", amount: "0" }] }, "0.00"],
  ])("%s", (_, sold, changes, amount) => {
    expect(worked(milestone(changes), sold)).toBe(amount);
  });

  it("are not accepted with any other number", () => {
    expect(passingForgeries(milestone({ reach: "peak", policy: "highestOnly" }), ["12", "9", "-15"])).toEqual([]);
    expect(passingForgeries(milestone(thirds), ["11"])).toEqual([]);
  });
});

describe("pay by band", () => {
  const tiers = (changes: Partial<RewardOf<"tiers">>): RewardDocument => ({
    ...HEADER,
    id: "tiers",
    kind: "tiers",
    measure: "sales",
    by: "value",
    mode: "marginal",
    edge: "lower",
    scope: "cumulative",
    rounding: { scope: "perTotal", mode: "halfUp", unit: "0.01" },
    bands: [
      { from: "0", to: "1000", rate: "1%" },
      { from: "1000", to: "5000", rate: "2%" },
    ],
    ...changes,
  });
  const units: Partial<RewardOf<"tiers">> = {
    measure: "units",
    mode: "whole",
    bands: [
      { from: "5", to: "15", perUnit: "10" },
      { from: "15", perUnit: "5", flat: "1.50" },
    ],
  };
  const quota: Partial<RewardOf<"tiers">> = {
    by: { attainment: "quota" },
    bands: [
      { from: "0", to: "50%", rate: "5%" },
      { from: "50%", to: "100%", rate: "10%", mode: "whole" },
      { from: "100%", rate: "20%" },
    ],
  };
  const mixed: Partial<RewardOf<"tiers">> = {
    bands: [
      { from: "0", to: "100", rate: "10%", mode: "interpolated" },
      { from: "100", to: "200", rate: "20%" },
      { from: "200", to: "300", rate: "30%", mode: "interpolated" },
    ],
  };
  const each = { scope: "perFact", rounding: { scope: "perFact", mode: "halfUp", unit: "0.01" } } as const;

  it.each<[string, readonly string[], Partial<RewardOf<"tiers">>, string]>([
    ["marginal: 10 + 60", ["4000"], {}, "70.00"],
    ["whole: 2 % of 4000", ["4000"], { mode: "whole" }, "80.00"],
    ["interpolated: 1 % + ¾ of 2 % of 4000", ["4000"], { mode: "interpolated" }, "100.00"],
    ["an end caps: 10 + 80", ["6000"], {}, "90.00"],
    ["an end caps all: 2 % of 5000", ["6000"], { mode: "whole" }, "100.00"],
    ["an end caps the rates: 3 % of 5000", ["6000"], { mode: "interpolated" }, "150.00"],
    ["the total, 2700: 10 + 34", ["1500", "1200"], {}, "44.00"],
    ["each sale: 20 + 14", ["1500", "1200"], each, "34.00"],
    ["a return takes back 20 of 34", ["1500", "1200", "-1500"], each, "14.00"],
    ["on the edge, lower: 15 × 10", ["15"], units, "150.00"],
    ["on the edge, upper: 15 × 5 + 1.50", ["15"], { ...units, edge: "upper" }, "76.50"],
    ["the first start is in it: 5 × 10", ["5"], units, "50.00"],
    ["below the first", ["4.99"], units, "0.00"],
    ["10 % of 20 of 30", ["20"], quota, "2.00"],
    ["3 + 20 % of 6", ["36"], quota, "4.20"],
    ["half of 10 % of 50", ["50"], mixed, "2.50"],
    ["10 % of 100, 20 % of 50", ["150"], mixed, "20.00"],
    ["10 + 20 + half of 30 % of 250", ["250"], mixed, "67.50"],
    ["1 % of 0.50 to the nearest fen", ["0.50"], {}, "0.01"],
    ["1 % of 0.49", ["0.49"], {}, "0.00"],
  ])("%s", (_, sold, changes, amount) => {
    expect(worked(tiers(changes), sold)).toBe(amount);
  });

  it.each<[string, readonly string[], Partial<RewardOf<"tiers">>]>([
    ["of a total", ["1500", "1200"], {}],
    ["of each sale", ["1500", "1200", "-100"], each],
    ["of a target", ["36"], quota],
    ["of mixed bands", ["250"], mixed],
    ["with more to the next", ["7"], units],
  ])("%s is not accepted with any other number", (_, sold, changes) => {
    expect(passingForgeries(tiers(changes), sold)).toEqual([]);
  });
});

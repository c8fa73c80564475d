import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import type { Line } from "#domain/line.ts";
import { parseMoney } from "#domain/money.ts";
import { decodePartial, EMPTY_PARTIAL, encodePartial, fold, merge } from "#engine/fold.ts";
import { differences } from "#engine/post.ts";
import { compileRules } from "#engine/rules.ts";
import { conclude, settle } from "#engine/settle.ts";
import { readWorld } from "#test/fixtures/campaign.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { settleJiangxi } from "#test/oracle/jiangxi.ts";

/** Worlds a property looks at. Each is some hundred colliding sales; more of them find nothing new within a test's patience. */
const RUNS = 60;

const world = fc.integer({ min: 0, max: 1_000_000 }).map((seed) => {
  const texts = randomWorld(seed);
  return { seed, texts, inputs: readWorld(texts), asOf: parseInstant(texts.asOf) ?? Number.NaN };
});

function shuffle<T>(items: readonly T[], order: readonly number[]): T[] {
  return items
    .map((item, index) => ({ item, key: order[index % order.length] ?? 0, index }))
    .sort((a, b) => a.key - b.key || b.index - a.index)
    .map(({ item }) => item);
}

const order = fc.array(fc.integer(), { minLength: 7, maxLength: 50 });

function brief(lines: readonly Line[]) {
  return lines
    .map(({ reward, payee, amount, rank }) => `${reward} ${payee.kind} ${payee.id} ${amount} ${rank ?? "-"}`)
    .sort();
}

const minor = (lines: readonly { readonly amount: string; readonly currency: string }[]) =>
  lines.reduce((sum, line) => sum + (parseMoney(line.amount, line.currency) ?? Number.NaN), 0);

describe("the engine", () => {
  it("pays what an independent computation of the scheme pays", () => {
    fc.assert(
      fc.property(world, ({ texts, inputs, asOf }) => {
        const ours = settle({ ...inputs, asOf });
        const theirs = settleJiangxi(texts);
        expect(brief(ours.lines)).toEqual(
          theirs.lines
            .map(({ reward, payee, amount, rank }) => `${reward} ${payee.kind} ${payee.id} ${amount} ${rank ?? "-"}`)
            .sort(),
        );
        expect(ours.totals.facts.counted).toBe(theirs.counts.counted);
      }),
      { numRuns: RUNS },
    );
  });

  it("gives the same hashes for any order, any sharding and any repetition of the facts", () => {
    fc.assert(
      fc.property(world, order, fc.integer({ min: 1, max: 9 }), ({ inputs, asOf }, keys, shards) => {
        const rules = compileRules(inputs);
        const whole = settle({ ...inputs, asOf });
        const mixed = shuffle(inputs.facts, keys);
        const parts = Array.from({ length: shards }, (_, shard) =>
          mixed.filter((_fact, index) => index % shards === shard || index % 11 === 0),
        );
        const partials = parts.map((part) => decodePartial(encodePartial(fold(rules, asOf, part))));
        const merged = shuffle(partials, keys).reduce(merge, EMPTY_PARTIAL);
        const sharded = conclude(inputs, rules, merge(merged, merged), { asOf, closedOnly: false });
        expect(sharded.resultHash).toBe(whole.resultHash);
        expect(sharded.inputHash).toBe(whole.inputHash);
        expect(settle({ ...inputs, facts: mixed, asOf })).toEqual(whole);
      }),
      { numRuns: RUNS },
    );
  });

  it("knows at a cut-off only what was recorded until then", () => {
    fc.assert(
      fc.property(world, fc.nat(), ({ inputs, asOf }, pick) => {
        const chosen = inputs.facts[pick % inputs.facts.length];
        const cut = Math.min(asOf, parseInstant(chosen?.recordedAt ?? "") ?? asOf);
        const known = inputs.facts.filter((fact) => (parseInstant(fact.recordedAt) ?? 0) <= cut);
        expect(settle({ ...inputs, asOf: cut })).toEqual(settle({ ...inputs, facts: known, asOf: cut }));
      }),
      { numRuns: RUNS },
    );
  });

  it("conserves: parts sum to wholes, counts to what is known, and the prizes never pass their budget", () => {
    fc.assert(
      fc.property(world, ({ inputs, asOf }) => {
        const { lines, totals } = settle({ ...inputs, asOf });
        for (const [reward, total] of Object.entries(totals.byReward)) {
          expect(minor(lines.filter((line) => line.reward === reward))).toBe(parseMoney(total, "CNY"));
        }
        expect(minor(lines)).toBe(parseMoney(totals.all, "CNY"));
        const { known, counted, cancelled, notCounted, held } = totals.facts;
        const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
        expect(counted + cancelled + sum(notCounted) + sum(held)).toBe(known);
        const prizes = minor(lines.filter(({ reward }) => reward === "speed-award" || reward === "personal-award"));
        expect(prizes).toBeLessThanOrEqual(8_000_000);
        for (const unit of new Set(splitSteps(lines).map((step) => step.unit))) {
          const parts = splitSteps(lines).filter((step) => step.unit === unit);
          expect(minor(parts.map((step) => ({ amount: step.amount, currency: "CNY" })))).toBe(
            parseMoney(parts[0]?.whole ?? "", "CNY"),
          );
        }
        expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(lines.length);
      }),
      { numRuns: RUNS },
    );
  });

  it("says of everyone who sold in the province why or why not", () => {
    fc.assert(
      fc.property(world, ({ inputs, asOf }) => {
        const { lines, notAwarded } = settle({ ...inputs, asOf });
        for (const entry of [...lines, ...notAwarded]) expect(entry.trace.length).toBeGreaterThan(0);
        for (const { reward, trace } of notAwarded.filter((entry) => entry.reward !== "commission")) {
          const last = trace.at(-1);
          expect([reward, last?.step]).toEqual([reward, expect.stringMatching(/^(nothing|excluded)$/)]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

function splitSteps(lines: readonly Line[]) {
  return lines.flatMap(({ trace }) => trace.flatMap((step) => (step.step === "split" ? [step] : [])));
}

describe("differences", () => {
  const balancesAfter = (
    before: ReadonlyMap<string, Balance>,
    found: ReturnType<typeof differences>,
  ): Map<string, Balance> => {
    const after = new Map(before);
    for (const { lineId, reward, payee, currency, amountMinor } of found)
      after.set(lineId, { lineId, reward, payee, currency, balanceMinor: amountMinor });
    return after;
  };
  interface Balance {
    readonly lineId: string;
    readonly reward: string;
    readonly payee: Line["payee"];
    readonly currency: string;
    readonly balanceMinor: number;
  }

  it("post nothing for an unchanged result, and after any corrections what was posted is what is computed anew", () => {
    fc.assert(
      fc.property(world, fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), ({ inputs, asOf }, picks) => {
        let facts: Fact[] = [...inputs.facts];
        let balances = new Map<string, Balance>();
        for (const pick of picks) {
          const { lines } = settle({ ...inputs, facts, asOf });
          const found = differences(lines, [...balances.values()]);
          balances = balancesAfter(balances, found);
          expect(differences(lines, [...balances.values()])).toEqual([]);
          expect([...balances.values()].reduce((sum, { balanceMinor }) => sum + balanceMinor, 0)).toBe(minor(lines));
          facts = [...facts, correction(facts, pick)];
        }
      }),
      { numRuns: 20 },
    );
  });

  /** A higher version of some fact: cancelled, or with another amount. */
  function correction(facts: readonly Fact[], pick: number): Fact {
    const chosen = facts[pick % facts.length];
    if (!chosen) throw new Error("no facts");
    const version =
      Math.max(
        ...facts
          .filter((fact) => fact.externalId === chosen.externalId && fact.source === chosen.source)
          .map((fact) => fact.version),
      ) + 1;
    return {
      ...chosen,
      version,
      status: pick % 3 === 0 ? "active" : "cancelled",
      ...(chosen.kind === "sale" && pick % 2 === 0 ? { amount: "5000.00" } : {}),
    };
  }
});

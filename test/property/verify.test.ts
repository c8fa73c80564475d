import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import type { Fact } from "#domain/fact.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import type { Settlement } from "#domain/line.ts";
import { type SettleInputs, settle } from "#engine/settle.ts";
import { bent } from "#test/fixtures/bent-facts.ts";
import { jiangxi, readWorld } from "#test/fixtures/campaign.ts";
import { forge, isAccepted } from "#test/fixtures/forged-run.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { randomRules, variation, withSlices } from "#test/fixtures/random-plan.ts";
import { verify } from "#verify/verify.ts";

/** Worlds that are looked at; a world settles and verifies in some milliseconds. `VERIFY_RUNS=3000` looks at more. */
const RUNS = Number(process.env.VERIFY_RUNS ?? 40);
/** Time for so many, in milliseconds. */
const TIME = 20_000 + RUNS * 500;

type Inputs = Omit<SettleInputs, "facts"> & { readonly facts: readonly Fact[] };

/** What a run writes, as a reader elsewhere gets it. */
function written(inputs: Inputs, settlement: Settlement) {
  const { plan, units, memberships, targets, facts, asOf, closedOnly } = inputs;
  const slices = closedOnly ? { slices: "closed" } : {};
  const bundle = { plan, units, memberships, targets, facts, asOf: formatInstant(asOf), ...slices, settlement };
  return JSON.parse(JSON.stringify(bundle));
}

/** Everything that the verifier has to say against a run. */
function objections(inputs: Inputs, settlement: Settlement) {
  const { lines, checks } = verify(readBundle(written(inputs, settlement)));
  return [...lines, ...checks].filter(({ verdict }) => verdict !== "agrees");
}

const world = fc.integer({ min: 0, max: 1_000_000 }).map((seed): Inputs => {
  const texts = randomWorld(seed);
  return { ...readWorld(texts), asOf: parseInstant(texts.asOf) ?? Number.NaN };
});

const bends = fc.array(fc.nat({ max: 1000 }), { minLength: 11, maxLength: 40 });

describe("the verifier", () => {
  it("agrees with every line of the gallery", () => {
    const inputs = { ...jiangxi(), asOf: Date.parse("2018-11-16T00:00:00+08:00") };
    expect(objections(inputs, settle(inputs))).toEqual([]);
  });

  it(
    "agrees with every line of any world under the Jiangxi plan",
    () => {
      fc.assert(
        fc.property(world, (inputs) => {
          expect(objections(inputs, settle(inputs))).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    TIME,
  );

  it(
    "agrees with every line of any world under other rules",
    () => {
      fc.assert(
        fc.property(world, randomRules, bends, fc.boolean(), (inputs, other, how, closedOnly) => {
          const plan = variation(inputs.plan, other);
          const facts = bent(inputs, how);
          const varied = { ...inputs, plan, targets: withSlices(plan, inputs.targets), facts, closedOnly };
          expect(objections(varied, settle(varied))).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    TIME,
  );

  it(
    "objects to any number or name that is changed, though its hash is made to fit",
    () => {
      fc.assert(
        fc.property(world, randomRules, fc.nat(), (inputs, other, pick) => {
          const plan = variation(inputs.plan, other);
          const varied = { ...inputs, plan, targets: withSlices(plan, inputs.targets) };
          const document = written(varied, settle(varied));
          forge(document, pick);
          expect(isAccepted(document)).toBe(false);
        }),
        { numRuns: RUNS },
      );
    },
    TIME,
  );
});

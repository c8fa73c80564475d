import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import { formatInstant } from "#domain/instant.ts";
import { type SettleInputs, settle } from "#engine/settle.ts";
import { forge, isAccepted } from "#test/fixtures/forged-run.ts";
import { payWorld } from "#test/fixtures/random-pay-world.ts";
import { verify } from "#verify/verify.ts";

/** Worlds that are looked at; each takes some milliseconds. `VERIFY_RUNS=3000` looks at more. */
const RUNS = Number(process.env.VERIFY_RUNS ?? 25);
/** Time for so many, in milliseconds. */
const TIME = 20_000 + RUNS * 500;

/** What a run writes, as a reader elsewhere gets it. */
function written(inputs: SettleInputs) {
  const { asOf, closedOnly, facts, ...sources } = inputs;
  const slices = closedOnly ? { slices: "closed" } : {};
  const bundle = { ...sources, facts: [...facts], asOf: formatInstant(asOf), ...slices, settlement: settle(inputs) };
  return JSON.parse(JSON.stringify(bundle));
}

/** Everything that the verifier has to say against a run. */
function objections(inputs: SettleInputs) {
  const { lines, checks } = verify(readBundle(written(inputs)));
  return [...lines, ...checks].filter(({ verdict }) => verdict !== "agrees");
}

describe("the verifier", () => {
  it(
    "agrees with every scorecard, coefficient, override, component and pay plan of any world",
    () => {
      fc.assert(
        fc.property(payWorld, (inputs) => {
          expect(objections(inputs)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    TIME,
  );

  it(
    "objects to any number or name of them that is changed, though its hash is made to fit",
    () => {
      fc.assert(
        fc.property(payWorld, fc.nat(), (inputs, pick) => {
          const document = written(inputs);
          forge(document, pick);
          expect(isAccepted(document)).toBe(false);
        }),
        { numRuns: RUNS },
      );
    },
    TIME,
  );
});

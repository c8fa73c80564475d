import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forge, isAccepted } from "#test/fixtures/forged-run.ts";
import { payWorld } from "#test/fixtures/random-pay-world.ts";
import { objections, written } from "#test/fixtures/verified-run.ts";

/** Worlds that are looked at; each takes some milliseconds. `VERIFY_RUNS=3000` looks at more. */
const RUNS = Number(process.env.VERIFY_RUNS ?? 25);
/** Time for so many, in milliseconds. */
const TIME = 20_000 + RUNS * 500;

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

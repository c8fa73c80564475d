import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import { formatInstant } from "#domain/instant.ts";
import { type SettleInputs, settle } from "#engine/settle.ts";
import { payWorld } from "#test/fixtures/random-pay-world.ts";
import { verify } from "#verify/verify.ts";

/** Worlds that are looked at; each takes some milliseconds. `VERIFY_RUNS=3000` looks at more. */
const RUNS = Number(process.env.VERIFY_RUNS ?? 150);
/** Time for so many, in milliseconds. */
const TIME = 20_000 + RUNS * 500;

/** Everything that the verifier has to say against a run. */
function objections(inputs: SettleInputs) {
  const { asOf, closedOnly, facts, ...sources } = inputs;
  const slices = closedOnly ? { slices: "closed" } : {};
  const bundle = { ...sources, facts: [...facts], asOf: formatInstant(asOf), ...slices, settlement: settle(inputs) };
  const { lines, checks } = verify(readBundle(JSON.parse(JSON.stringify(bundle))));
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
});

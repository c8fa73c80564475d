import { expect, it } from "vitest";
import { parseInstant } from "#domain/instant.ts";
import { settle } from "#engine/settle.ts";
import { byLine } from "#test/fixtures/by-line.ts";
import { commission, planOf, sale, world } from "#test/fixtures/plan-builder.ts";

it.each([
  // May closes when its 15 days for late facts are over: on the 16th of June in Shanghai.
  ["2018-06-15T15:59:59.999Z", {}],
  ["2018-06-15T16:00:00.000Z", { "commission ann 2018-05": "10.00" }],
  ["2018-07-15T16:00:00.000Z", { "commission ann 2018-05": "10.00", "commission ann 2018-06": "20.00" }],
])("as of %s only slices that are closed are posted", (asOf, expected) => {
  const plan = planOf({
    period: { start: "2018-05-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" },
    rewards: [commission({ per: "month", accumulate: "slice" })],
  });
  const facts = [sale("ann", 100, "05-02"), sale("ann", 200, "06-02")];
  const inputs = { ...world({ plan, facts }), asOf: parseInstant(asOf) ?? Number.NaN };
  expect(byLine(settle({ ...inputs, closedOnly: true }).lines)).toEqual(expected);
  expect(Object.keys(byLine(settle(inputs).lines))).toHaveLength(2);
});

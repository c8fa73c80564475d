import * as z from "zod";
import { ROUNDING_MODES } from "../../decimal.ts";
import { slugSchema } from "../../ids.ts";
import { membershipInstantSchema, moneySchema, policySchema, rateSchema, subjectHeaderShape } from "../parts.ts";

/** A leader's reward from the team. The level is the team's; who is paid are its leaders. */
export const overrideSchema = z.strictObject({
  kind: z.literal("override"),
  ...subjectHeaderShape,
  pay: z.literal("self", { error: "`self` – the leaders are paid; `leaders` says how several of them share" }),
  leaders: z.strictObject({
    roles: z.array(slugSchema).min(1).describe("Of those on file in the unit itself, not in units below it"),
    membership: membershipInstantSchema,
    several: policySchema(
      "what several leaders of one unit get (here two, and an override of 100)",
      ["each", "shared"],
      {
        each: "each gets all of it: 100 and 100",
        shared: "they share it equally: 50 and 50",
      },
    ),
    nobody: policySchema("what happens with no leader on file", ["unit", "forfeit"], {
      unit: "the unit itself is paid, with a warning",
      forfeit: "nothing is paid, with a warning",
    }),
  }),
  from: z.union([
    z.strictObject(
      {
        lines: z.array(slugSchema).min(1).describe("Earlier rewards of the plan, in money"),
        depth: policySchema(
          "whose awards count (here a province with its own staff and two branches)",
          ["direct", "subtree"],
          {
            direct: "those of the unit's own staff, and of the unit itself",
            subtree: "those of the branches and their people too",
          },
        ),
      },
      { error: "{lines: [commission], depth: subtree} – what the team was awarded" },
    ),
    z.strictObject({ measure: slugSchema }, { error: "{measure: sales} – what the unit sold" }),
  ]),
  own: policySchema(
    "whether the leader's own part counts (here a team of 1,000 of which 200 are the leader's)",
    ["included", "excluded"],
    { included: "the rate is of 1,000", excluded: "the rate is of 800" },
  ),
  rate: rateSchema,
  rounding: z.strictObject({ mode: z.enum(ROUNDING_MODES), unit: moneySchema }),
});
export type OverrideReward = z.infer<typeof overrideSchema>;

import * as z from "zod";
import { slugSchema } from "../../ids.ts";
import { moneySchema, policySchema, rewardHeaderShape, thresholdSchema } from "../parts.ts";

const fineSchema = moneySchema.optional().describe("Taken from the payee, as a line below zero");

/** Cards and fines for who is below a mark or among the last; a second card in time can become another. */
export const penaltySchema = z.strictObject({
  kind: z.literal("penalty"),
  ...rewardHeaderShape,
  when: z
    .union(
      [
        z.strictObject(
          { below: thresholdSchema },
          { error: 'say who is meant: {below: {value: "60"}} – a value below the mark' },
        ),
        z.strictObject(
          {
            last: z.int().min(1),
            ties: policySchema(
              "who is meant where equal values reach above the last places (here last: 1, two at the same lowest value)",
              ["all", "none"],
              { all: "all of that value: both", none: "nobody of that value" },
            ),
          },
          { error: "{last: 3, ties: all} – the lowest values" },
        ),
      ],
      { error: 'say {below: {value: "60"}} or {last: 3, ties: all}' },
    )
    .describe("`below`: a value below the mark · `last`: so many of the lowest values"),
  card: slugSchema,
  fine: fineSchema,
  escalate: z
    .strictObject({
      after: z.int().min(2).describe("With this many cards, this one counted"),
      over: z
        .union([
          z.literal("inARow", { error: "say over what: `inARow` – slices one after another" }),
          z.strictObject({ slices: z.int().min(2) }, { error: "{slices: 6} – the last six slices, this one counted" }),
        ])
        .describe("`inARow`: slices one after another · `slices`: the last so many slices"),
      next: policySchema("what follows it (here red after 2 in a row, bad months 1 to 4)", ["restart", "stays"], {
        restart: "counting starts again: yellow, red, yellow, red",
        stays: "cards before it count on: yellow, red, red, red",
      }),
      card: slugSchema,
      fine: fineSchema.describe("Instead of the other fine; without it there is none"),
    })
    .optional()
    .describe("Another card instead, for who is carded again"),
});
export type PenaltyReward = z.infer<typeof penaltySchema>;

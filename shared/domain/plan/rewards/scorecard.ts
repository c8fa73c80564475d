import * as z from "zod";
import { parseRational, ROUNDING_MODES } from "../../decimal.ts";
import { slugSchema } from "../../ids.ts";
import {
  localizedSchema,
  measuredBySchema,
  moneySchema,
  policySchema,
  positionSchema,
  rateSchema,
  subjectHeaderShape,
} from "../parts.ts";

const SCORE_TEXT = 'use a score in quotes: "80", "12.5" or "-5"';

/** Points of a KPI: a decimal that can be negative, where points are taken off. */
export const scoreSchema = z
  .string({ error: SCORE_TEXT })
  .refine((text) => !text.includes("%") && parseRational(text) !== undefined, SCORE_TEXT)
  .meta({ examples: ["80"] });

const pointSchema = z.strictObject({ at: positionSchema, score: scoreSchema });

const linearSchema = z.strictObject({
  from: pointSchema,
  to: pointSchema.describe("At a higher mark than `from`; the score can rise or fall"),
  clamp: policySchema(
    "what the line does beyond its ends (here 0 at 80 % and 100 at 100 %, and a result of 60 % or 110 %)",
    ["both", "low", "high", "none"],
    {
      both: "it stops at both: 0 and 100",
      low: "it stops below its start: 0 and 150",
      high: "it stops above its end: -100 and 100",
      none: "it goes on: -100 and 150",
    },
  ),
});

/** How a result becomes a score. Exactly one of these. */
export const scoringSchema = z.union([
  z.strictObject({ linear: linearSchema }, { error: "{linear: {from: {at, score}, to: {at, score}, clamp}}" }),
  z.strictObject(
    {
      bands: z
        .array(z.strictObject({ from: positionSchema, score: scoreSchema }))
        .min(1)
        .describe("Rising; each goes on to the start of the next. Below the first the score is 0"),
      edge: policySchema("to which band a result exactly on a boundary belongs", ["lower", "upper"], {
        lower: "the one below; the start of the first band is in the first",
        upper: "the one above: a lookup of the highest mark that was reached",
      }),
    },
    { error: "{bands: [{from, score}], edge}" },
  ),
  z.strictObject({ asIs: z.literal(true) }, { error: "{asIs: true} – the result is the score, as a judge gave it" }),
]);
export type Scoring = z.infer<typeof scoringSchema>;

export const kpiSchema = z.strictObject({
  id: slugSchema,
  name: localizedSchema.optional(),
  weight: rateSchema.describe("The weights of all KPIs sum to exactly 1"),
  measure: slugSchema,
  fallback: slugSchema
    .optional()
    .describe("A measure that is looked at where the first has no facts: a superior's judgement before the manager's"),
  by: measuredBySchema,
  scoring: scoringSchema,
  missing: policySchema(
    "what a KPI without facts scores (here weights of 60 % and 40 %, the first scored 80, the second without facts)",
    ["zero", "excluded", "reweight"],
    {
      zero: "0: the total is 48",
      excluded: "there is no total, and the subject takes no part",
      reweight: "it is left out and the others weigh more: the total is 80",
    },
  ),
  requires: z
    .strictObject({ kpi: slugSchema, atLeast: scoreSchema })
    .optional()
    .describe("An earlier KPI that must score as much; otherwise this one scores 0"),
});
export type Kpi = z.infer<typeof kpiSchema>;

export const gradeSchema = z.strictObject({
  id: slugSchema,
  from: scoreSchema.describe("The lowest total of the grade, which belongs to it; the first grade starts at 0"),
  name: localizedSchema.optional(),
  pays: moneySchema.optional(),
  factor: rateSchema.optional().describe("What the `coefficient` of a later reward multiplies by"),
  result: z.enum(["pass", "fail"]).optional(),
});
export type Grade = z.infer<typeof gradeSchema>;

export const consequenceSchema = z.strictObject({
  id: slugSchema,
  name: localizedSchema.optional(),
  on: z
    .union([
      z.literal("fail", { error: "`fail` – any grade with result: fail" }),
      z.strictObject({ grade: slugSchema }, { error: "{grade: poor} – that grade alone" }),
    ])
    .describe("Which slices count"),
  inARow: z.int().min(1),
  gap: policySchema(
    "what a slice without a grade does between two that count (here fail, absent, fail with two in a row asked for)",
    ["breaks", "ignored"],
    { breaks: "the row starts again: nothing is raised", ignored: "it is passed over: two in a row" },
  ),
  flag: slugSchema.describe("What is raised for a person to decide about: `dismissal`"),
});
export type Consequence = z.infer<typeof consequenceSchema>;

/** Weighted KPIs, a total, and what the grade of the total pays, multiplies or raises. */
export const scorecardSchema = z.strictObject({
  kind: z.literal("scorecard"),
  ...subjectHeaderShape,
  kpis: z.array(kpiSchema).min(1),
  rounding: z
    .strictObject({ mode: z.enum(ROUNDING_MODES), digits: z.int().min(0).max(6) })
    .optional()
    .describe("The total is rounded so before its grade is looked up; without it the exact total counts"),
  grades: z.array(gradeSchema).default([]).describe("Rising from 0; each goes on to the start of the next"),
  perPoint: z
    .strictObject({
      amount: moneySchema,
      rounding: z.strictObject({ mode: z.enum(ROUNDING_MODES), unit: moneySchema }),
    })
    .optional()
    .describe("An amount for each point of the total, instead of flat amounts of grades; nothing for a total below 0"),
  consequences: z.array(consequenceSchema).default([]),
});
export type ScorecardReward = z.infer<typeof scorecardSchema>;

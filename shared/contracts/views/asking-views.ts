import * as z from "zod";
import { attributeValueSchema, saleShape } from "#domain/fact.ts";
import { participantIdSchema } from "#domain/ids.ts";
import { factCountsSchema, payeeSchema, warningSchema } from "#domain/line.ts";
import { periodSchema } from "#domain/plan/plan.ts";
import { keptSimulationSchema } from "#domain/simulation.ts";

/** What is answered to "what would it cost?" and "what if I sold more?". Amounts are decimal texts in major units. */

const changeShape = { before: z.string(), after: z.string(), difference: z.string() };
const changeSchema = z.strictObject(changeShape);

const payeeChangeSchema = z.strictObject({ payee: payeeSchema, ...changeShape });
const unitSchema = z
  .string()
  .exactOptional()
  .describe("Of a benefit in kind, such as `item:rice`; absent where it is money");
const lineChangeSchema = z.strictObject({
  lineId: z.string(),
  reward: z.string(),
  unit: unitSchema,
  ...payeeChangeSchema.shape,
});

function groupSchema<T extends z.ZodType>(change: T) {
  return z.strictObject({
    count: z.int(),
    ...changeShape,
    top: z.array(change).describe("The largest differences, at most ten"),
  });
}

const budgetUseSchema = z.strictObject({
  amount: z.string(),
  used: z.string(),
  left: z.string().describe("Negative when the budget is exceeded"),
  atMost: z.string().optional().describe("The most its rewards can cost; absent when nothing bounds one of them"),
});

const liabilitySchema = z.strictObject({
  bounded: z.string().describe("Sum over the rewards that have a bound"),
  total: z.string().optional().describe("The whole plan; absent when a reward has no bound"),
});

const sideSchema = z.strictObject({
  plan: z.string(),
  planHash: z.string(),
  period: periodSchema,
  asOf: z.string().describe("Facts recorded up to and including this instant were known"),
  inputHash: z.string(),
  resultHash: z.string(),
  facts: factCountsSchema,
  warnings: z.array(warningSchema),
});

export const simulationViewSchema = z
  .strictObject({
    simulationHash: z.string().describe("SHA-256 of all that follows: an approval can be bound to what was shown"),
    inForce: sideSchema,
    draft: sideSchema,
    shift: z
      .strictObject({
        days: z.int().describe("By how many days facts were moved; negative: into the past"),
        facts: z.int().describe("How many were moved"),
        counted: z.int().describe("How many of them count under the draft"),
        told: z.string().describe("The same in one sentence"),
      })
      .optional()
      .describe("Present when facts of another period were used"),
    currency: z.string(),
    cost: z.strictObject({
      all: changeSchema,
      byReward: z.array(
        z.strictObject({
          reward: z.string(),
          unit: unitSchema,
          before: z.string().optional().describe("Absent when the plan in force has no such reward"),
          after: z.string().optional().describe("Absent when the draft has no such reward"),
          difference: z.string(),
        }),
      ),
      budgets: z.array(
        z.strictObject({ id: z.string(), before: budgetUseSchema.optional(), after: budgetUseSchema.optional() }),
      ),
      maximumLiability: z.strictObject({ before: liabilitySchema, after: liabilitySchema }),
    }),
    payees: z.strictObject({
      winners: groupSchema(payeeChangeSchema),
      losers: groupSchema(payeeChangeSchema),
      unchanged: groupSchema(payeeChangeSchema),
    }),
    lines: z.strictObject({
      appear: groupSchema(lineChangeSchema),
      disappear: groupSchema(lineChangeSchema),
      changed: groupSchema(lineChangeSchema),
      unchanged: z.int(),
    }),
    everyone: z
      .strictObject({
        rows: z
          .array(z.strictObject({ payee: payeeSchema, name: z.string(), ...changeShape }))
          .describe("The largest differences first, at most 10,000"),
        more: z.int().describe("How many are not named"),
      })
      .optional()
      .describe("Where it was asked for; no part of the hash"),
  })
  .meta({ id: "Simulation" });

export const keptSimulationViewSchema = z
  .strictObject({
    ...keptSimulationSchema.omit({ requestedBy: true }).shape,
    state: z
      .enum([...keptSimulationSchema.shape.state.options, "lost"])
      .describe(
        "`failed`: it was refused, and `refusal` says why · `lost`: nothing was heard of it for a minute; ask for it again",
      ),
    simulation: simulationViewSchema.optional().describe("What came of it, once it is done"),
  })
  .meta({ id: "KeptSimulation" });

const { quantity, product, channel } = saleShape;

export const whatIfQuestionSchema = z
  .strictObject({
    participantId: participantIdSchema,
    sales: z.int().min(0).max(1_000).describe("How many more"),
    amount: z
      .string()
      .describe("Of each, as decimal text in major units of the plan's currency")
      .meta({ examples: ["500.00"] }),
    at: z
      .string()
      .describe("When they occur: an instant with an offset, or a date and time on the clock of the plan's zone")
      .meta({ examples: ["2026-03-20T12:00"] }),
    quantity: quantity.removeDefault().optional(),
    product: product.optional(),
    channel: channel.optional(),
    attributes: z.record(z.string(), attributeValueSchema).optional(),
  })
  .describe("What is not said of the sales is taken from the person's latest sale that counts")
  .meta({ id: "WhatIfQuestion" });

const outlookSchema = z.strictObject({
  value: z.string().optional().describe("In the unit of the reward's measure; absent where nothing was sold"),
  rank: z.int().optional(),
  of: z.int().optional().describe("How many have a place"),
  obstacles: z.array(z.string()).optional().describe("Why there is no award, where there is none"),
  next: z
    .array(
      z.strictObject({
        toward: z.enum(["gate", "target", "milestone", "place", "prize"]),
        subject: z.string().describe("Whose value is to rise"),
        measure: z.string(),
        missing: z
          .string()
          .describe("By how much: a gate or target is then reached, a place shared or decided by the tie policy"),
        target: z.string().optional(),
        place: z.int().optional(),
      }),
    )
    .describe("What would be needed for the next step"),
});

export const whatIfViewSchema = z
  .strictObject({
    plan: z.string(),
    currency: z.string(),
    asOf: z.string(),
    participantId: z.string(),
    name: z.string(),
    supposed: z.strictObject({
      sales: z.int(),
      amount: z.string(),
      at: z.string(),
      quantity: z.string(),
      product: z.string(),
      channel: z.string(),
      attributes: z.record(z.string(), attributeValueSchema),
      like: z.string().optional().describe("Key of the sale that lent what was not said"),
      counted: z.int().describe("How many of the supposed sales would count"),
      notCounted: z.record(z.string(), z.int()).describe("By the first reason that held"),
    }),
    total: changeSchema.describe("Money that the person gets in all, due or held"),
    rewards: z
      .array(
        z.strictObject({
          reward: z.string(),
          subject: payeeSchema
            .optional()
            .describe("The person, or their unit at the reward's level; absent when it looks at none of theirs"),
          slice: z
            .string()
            .optional()
            .describe("In which of its slices the supposed sales lie: that of `before` and `after`"),
          unit: unitSchema,
          amount: changeSchema.describe("What the person gets of it in all its slices, due or held, in what it pays"),
          before: outlookSchema,
          after: outlookSchema,
        }),
      )
      .describe("Every reward of the plan, in its order"),
  })
  .meta({ id: "WhatIf" });

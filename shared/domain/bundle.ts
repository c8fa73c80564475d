import * as z from "zod";
import { factSchema } from "./fact.ts";
import { parseInstant } from "./instant.ts";
import { payeeSchema } from "./line.ts";
import { directoryProblems, membershipSchema, orgUnitSchema } from "./org.ts";
import { planProblems } from "./plan/check.ts";
import { planSchema, type Reward, rewardSchema } from "./plan/plan.ts";
import { type Problem, problemsOf, Refusal } from "./problem.ts";
import { targetSchema } from "./target.ts";

/**
 * A run bundle: everything that a run was computed from, and what it said. Enough to compute it again elsewhere, by other code.
 * What the run said is read loosely, so that a line with a step nobody here knows can still be looked at.
 */

const statedAwardShape = {
  reward: z.string(),
  slice: z.string().optional(),
  part: z.string().optional(),
  rank: z.int().optional(),
  trace: z.array(z.json()),
};

const statedLineSchema = z.looseObject({
  ...statedAwardShape,
  lineId: z.string(),
  payee: payeeSchema,
  amount: z.string(),
  currency: z.string(),
});
export type StatedLine = z.infer<typeof statedLineSchema>;

const statedNotAwardedSchema = z.looseObject({ ...statedAwardShape, subject: payeeSchema });
export type StatedNotAwarded = z.infer<typeof statedNotAwardedSchema>;

const statedTotalsSchema = z.looseObject({
  byReward: z.record(z.string(), z.string()),
  all: z.string(),
  held: z.string().optional(),
  budgets: z.array(z.looseObject({ id: z.string() })),
  facts: z.json(),
});

const statedSettlementSchema = z.looseObject({
  inputHash: z.string(),
  resultHash: z.string(),
  asOf: z.string(),
  lines: z.array(statedLineSchema),
  components: z.array(statedLineSchema).optional(),
  held: z.array(statedLineSchema).optional(),
  notAwarded: z.array(statedNotAwardedSchema),
  totals: statedTotalsSchema,
  warnings: z.array(
    z.looseObject({
      code: z.string(),
      reward: z.string().optional(),
      subject: z.string().optional(),
      blocks: z.boolean(),
    }),
  ),
});

const namedRewardSchema = z.looseObject({ id: z.string(), kind: z.string() });

export const bundleSchema = z.strictObject({
  plan: planSchema.extend({ rewards: z.array(namedRewardSchema).min(1) }),
  units: z.array(orgUnitSchema),
  memberships: z.array(membershipSchema),
  targets: z.array(targetSchema),
  facts: z.array(factSchema).describe("Every version, whenever it was recorded"),
  asOf: z
    .string()
    .refine((text) => parseInstant(text) !== undefined, "use an ISO 8601 instant with an offset")
    .describe("The run's cut-off"),
  slices: z
    .literal("closed")
    .optional()
    .describe("The run left out slices whose time for late facts was not over: it was made to be posted"),
  settlement: statedSettlementSchema,
});

export interface Bundle extends z.infer<typeof bundleSchema> {
  /** The rewards of a known kind. Of the others only the id is known. */
  readonly rewards: readonly Reward[];
}

/**
 * Reads a run bundle. Rewards of kinds that this version does not know are no problem: they are left out of `rewards`.
 *
 * @throws Refusal("invalid") with every problem, when it cannot be computed from
 */
export function readBundle(document: unknown): Bundle {
  const parsed = bundleSchema.safeParse(document);
  if (!parsed.success) throw refusal(problemsOf(parsed.error, "", document));
  const { plan, units, memberships } = parsed.data;
  const rewards: Reward[] = [];
  const problems: Problem[] = [];
  plan.rewards.forEach((reward, index) => {
    const read = rewardSchema.safeParse(reward);
    if (read.success) rewards.push(read.data);
    else if (isKnownKind(reward.kind)) problems.push(...problemsOf(read.error, `/plan/rewards/${index}`, reward));
  });
  const known = new Set(rewards.map(({ id }) => id));
  const budgets = plan.budgets.filter((budget) => budget.rewards.every((id) => known.has(id)));
  problems.push(
    ...planProblems({ ...plan, rewards, budgets }).map((problem) => ({ ...problem, path: `/plan${problem.path}` })),
    ...directoryProblems(units, memberships, (kind, index, column) => `/${kind}s/${index}/${column}`),
  );
  if (problems.length > 0) throw refusal(problems);
  return { ...parsed.data, rewards };
}

function isKnownKind(kind: string): boolean {
  return rewardSchema.options.some(({ shape }) => shape.kind.value === kind);
}

function refusal(problems: readonly Problem[]): Refusal {
  return new Refusal(
    "invalid",
    `the bundle has ${problems.length} problem${problems.length === 1 ? "" : "s"}`,
    problems,
  );
}

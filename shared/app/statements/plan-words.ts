import type { Measure, Plan } from "#domain/plan/plan.ts";

/** What a plan says that traces do not repeat, and that sentences need. */
export interface PlanWords {
  readonly measureOf: (id: string) => MeasureWords;
  /** Roles that take part in a reward; none where it asks for no role. */
  readonly rolesOf: (reward: string) => readonly string[];
  /** ISO 8601 duration after which a reward's points expire, if they do. */
  readonly pointsLast: (reward: string) => string | undefined;
}

/** What a value is made of: `record` is evidence, or what the plan leaves open. */
export interface MeasureWords {
  readonly aggregate: NonNullable<Measure["aggregate"]>;
  readonly facts: "sale" | "score" | "record";
}

const SUM_OF_SALES: MeasureWords = { aggregate: "sum", facts: "sale" };

/** Without a plan every value is told as the sum of sales. */
export const NO_PLAN: PlanWords = {
  measureOf: () => SUM_OF_SALES,
  rolesOf: () => [],
  pointsLast: () => undefined,
};

export function planWords(plan: Plan): PlanWords {
  const rewardOf = (id: string) => plan.rewards.find((reward) => reward.id === id);
  return {
    measureOf(id) {
      const measure = plan.measures.find((item) => item.id === id);
      return measure === undefined
        ? SUM_OF_SALES
        : { aggregate: measure.aggregate ?? "sum", facts: factsOf(measure, plan.counts) };
    },
    rolesOf: (id) => rewardOf(id)?.roles?.anyOf ?? [],
    pointsLast(id) {
      const reward = rewardOf(id);
      return reward?.kind === "points" ? reward.expiry?.after : undefined;
    },
  };
}

/** Only sales have an amount, only scores a value (shared/domain/fact.ts); of the rest conditions say what is meant. */
function factsOf({ of, when }: Measure, counts: Plan["counts"]): MeasureWords["facts"] {
  if (of === "amount") return "sale";
  if (of === "value") return "score";
  const own = kindsNamed(when);
  const named = own.length > 0 ? own : counts.flatMap((clause) => kindsNamed(clause.when));
  if (named.length === 0) return "sale";
  const [kind, ...others] = new Set(named);
  return kind === undefined || others.length > 0 ? "record" : kind;
}

/** The kinds of fact that a condition speaks of. */
function kindsNamed(when: string | undefined): MeasureWords["facts"][] {
  if (when === undefined) return [];
  const words = new Set(when.replaceAll(/"[^"]*"|'[^']*'/g, "").match(/[A-Za-z]\w*/g));
  const speaksOfSales = ["product", "channel", "amount"].some((word) => words.has(word));
  const kinds = [...when.matchAll(/\bkind\s*==\s*["'](\w+)["']/g)].map(([, kind]) => kind);
  return [
    ...(speaksOfSales || kinds.includes("sale") ? (["sale"] as const) : []),
    ...(kinds.includes("score") ? (["score"] as const) : []),
    ...(kinds.includes("evidence") || (words.has("topic") && !kinds.includes("score")) ? (["record"] as const) : []),
  ];
}

import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import { addDuration, isDuration } from "../../time.ts";
import type { Clawback } from "../parts.ts";
import type { Plan, Reward } from "../plan.ts";

/** What is wrong with pay that follows single sales: multipliers, clawback, and pay of each sale by itself. */
export function factsPaidProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  return [...scopeProblems(plan, reward, path), ...clawbackProblems(plan, reward, path)];
}

function scopeProblems({ measures }: Plan, reward: Reward, path: string): Problem[] {
  if (reward.kind !== "commission" && reward.kind !== "perUnit" && reward.kind !== "tiers") return [];
  const measure = measures.find(({ id }) => id === reward.measure);
  const field = fieldBySale(reward);
  if (!measure || field === undefined) return [];
  if (reward.kind === "perUnit" && reward.scope === "cumulative") {
    return [
      {
        code: "policy-impossible",
        path: `${path}/${field}`,
        message: "scope cumulative prices the total, so there is no pay of a single sale to follow",
        seen: "cumulative",
        mend: "use scope: perFact",
      },
    ];
  }
  if (measure.ratio || measure.aggregate === "sum" || measure.aggregate === "count") return [];
  return [
    {
      code: "policy-impossible",
      path: `${path}/${field}`,
      message: `${reward.measure} is the ${measure.aggregate} of its facts, so it is not what the single sales come to together`,
      seen: measure.aggregate ?? "",
      mend: "use a measure that sums or counts, or pay the total",
    },
  ];
}

/** The field by which single sales are paid; undefined where the total is. */
function fieldBySale(reward: Extract<Reward, { kind: "commission" | "perUnit" | "tiers" }>): string | undefined {
  if (reward.kind !== "tiers" && reward.multipliers) return "multipliers";
  if (reward.kind !== "tiers" && reward.clawback) return "clawback";
  if (reward.kind === "commission") return reward.rounding.scope === "perFact" ? "rounding/scope" : undefined;
  return reward.scope === "perFact" ? "scope" : undefined;
}

function clawbackProblems({ period }: Plan, reward: Reward, path: string): Problem[] {
  const clawback: Clawback | undefined = "clawback" in reward ? reward.clawback : undefined;
  if (!clawback) return [];
  const { within, take } = clawback;
  const problems: Problem[] = [];
  const isLong = isDuration(within) && (addDuration(0, within, "UTC") ?? 0) > 0;
  if (!isLong) {
    problems.push({
      code: "bad-duration",
      path: `${path}/clawback/within`,
      message: isDuration(within)
        ? `${within} is no time, or beyond the calendar of ${period.zone}`
        : `${within} is not an ISO 8601 duration`,
      seen: within,
      allowed: "P30D, P6M, P1Y, …",
    });
  }
  const part = typeof take === "object" && "part" in take ? parseRational(take.part) : undefined;
  if (part && part.num > part.den) {
    problems.push({
      code: "part-above-whole",
      path: `${path}/clawback/take/part`,
      message: "no more can be taken back than was earned",
      seen: typeof take === "object" && "part" in take ? take.part : "",
      allowed: "at most 100%",
    });
  }
  return problems;
}

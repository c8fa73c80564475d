import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";
import type { PoolReward } from "../rewards/pool.ts";
import { notWhole, rateOfMoney, unknownMeasure } from "./sums.ts";
import { tieOfRatioProblems } from "./ties.ts";

export function poolProblems(plan: Plan, { pot, share, level, measure: id }: PoolReward, path: string): Problem[] {
  const problems: Problem[] = [];
  if ("rate" in pot) {
    problems.push(
      ...unknownMeasure(plan, pot.measure, `${path}/pot/measure`),
      ...rateOfMoney(plan, pot.measure, `${path}/pot/measure`, "the pot"),
    );
  }
  if ("byRank" in share) {
    const { shares, belowAverage, contribution, ties } = share.byRank;
    const at = `${path}/share/byRank`;
    problems.push(
      ...notWhole(shares, { code: "shares-not-whole", path: `${at}/shares`, what: "the shares of the places" }),
      ...tieOfRatioProblems(plan, id, ties, `${at}/ties`),
    );
    if (contribution !== undefined) problems.push(...unknownMeasure(plan, contribution, `${at}/contribution`));
    if ((belowAverage === "scaledAndShared") !== (contribution !== undefined)) {
      const isMissing = contribution === undefined;
      problems.push({
        code: isMissing ? "policy-missing" : "policy-unused",
        path: `${at}/contribution`,
        message: isMissing
          ? "scaledAndShared compares contributions with their average, so it must be said what a contribution is"
          : "belowAverage: full compares no contributions",
        ...(isMissing ? {} : { seen: contribution }),
        mend: isMissing ? "add contribution: <measure>" : "remove contribution, or say belowAverage: scaledAndShared",
      });
    }
    if (plan.measures.find((measure) => measure.id === contribution)?.ratio) {
      const message = `${contribution} is a ratio, and ratios do not add up to an average contribution`;
      problems.push({ code: "ratio-impossible", path: `${at}/contribution`, message, seen: contribution ?? "" });
    }
  }
  if ("byWeight" in share) {
    const at = `${path}/share/byWeight`;
    if (level !== "participant") {
      const message = `roles are of people; the level here is ${level}`;
      const mend = "use level: participant, or another way to share";
      problems.push({ code: "roles-need-participant", path: at, message, mend });
    }
    if (share.byWeight.membership === "occurrence") {
      problems.push({
        code: "policy-impossible",
        path: `${at}/membership`,
        message: "a pot is shared once, so one instant must decide who is what; occurrence can name several",
        seen: "occurrence",
        allowed: "periodEnd",
      });
    }
    if (Object.values(share.byWeight.roles).every((weight) => (parseRational(weight)?.num ?? 0n) === 0n)) {
      const message = "no role has a weight above zero";
      problems.push({
        code: "split-of-nothing",
        path: `${at}/roles`,
        message,
        mend: 'give a role a weight such as "1"',
      });
    }
  }
  return problems;
}

import type { Reward } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { type NeededTarget, neededTargets } from "../fit.ts";
import { fitsTarget, type TargetAsked, targetsAsked } from "../rules.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";
import { placeOfTarget } from "./targets.ts";

/** Targets of slices after the first that are not there yet: time enough, but a run refuses once such a slice has begun. */
export function laterTargetFindings(context: LintContext): Finding[] {
  const { knows, plan } = context;
  if (!knows.units || !knows.targets) return [];
  return plan.rewards.flatMap((reward, place) => {
    const later = sliceWindows(plan, reward.per).length - 1;
    if (later === 0) return [];
    return targetsAsked(reward).flatMap((asked, index): Finding[] => {
      const lacked = lackedLater(context, reward, asked);
      const [first] = lacked;
      if (!first) return [];
      const { measure, label } = asked;
      const slices = new Set(lacked.map(({ slice }) => slice.id)).size;
      return [
        {
          code: "targets-of-later-slices",
          severity: "warns",
          path: placeOfTarget(reward, `/rewards/${place}`, measure, label, index),
          message: `${lacked.length} targets ${label} of ${measure} that ${reward.id} asks for are missing, or finer than it is measured, in ${slices} of its ${later} slices after the first: the next is ${first.slice.id}, of ${first.subject}. No run can be made from the instant on at which such a slice begins`,
          mend: `add rows such as ${first.subject},${measure},${label},${first.slice.id},<value> before ${first.slice.id} begins`,
        },
      ];
    });
  });
}

/** In the order of the slices. */
function lackedLater({ knows, rules }: LintContext, reward: Reward, asked: TargetAsked): NeededTarget[] {
  const { measure, label, level } = asked;
  if (level === "participant" && !knows.people) return [];
  const needed = [...neededTargets(rules, [reward], (_, index) => index > 0)];
  return needed.filter(
    (target) =>
      target.measure === measure &&
      target.label === label &&
      !fitsTarget(rules, measure, label, target.subject, target.slice.id),
  );
}

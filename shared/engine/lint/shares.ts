import type { OverrideReward } from "#domain/plan/rewards/override.ts";
import type { PoolReward } from "#domain/plan/rewards/pool.ts";
import { type LintContext, subjectsInScope } from "./context.ts";
import { type Finding, listed } from "./finding.ts";

/** Who would share a pot, and who would lead a team, at the period's end. */
export function shareFindings(context: LintContext): Finding[] {
  return context.plan.rewards.flatMap((reward, index): Finding[] => {
    const path = `/rewards/${index}`;
    if (reward.kind === "pool") return unclaimed(context, reward, path);
    return reward.kind === "override" ? unled(context, reward, path) : [];
  });
}

function unclaimed(context: LintContext, reward: PoolReward, path: string): Finding[] {
  if (!("byRank" in reward.share)) return [];
  const subjects = subjectsInScope(context, reward);
  const { shares, unclaimed: policy } = reward.share.byRank;
  if (!subjects || subjects.length === 0 || shares.length <= subjects.length) return [];
  const effect = policy === "kept" ? "what the others would get is not paid" : "the pot goes to them alone";
  return [
    {
      code: "unclaimed-share",
      severity: "warns",
      path: `${path}/share/byRank/shares`,
      message: `the pot of ${reward.id} has ${shares.length} shares, and ${subjects.length} can take part: ${effect}`,
      seen: String(shares.length),
      allowed: `at most ${subjects.length}`,
      mend: "make fewer shares, or accept it",
    },
  ];
}

function unled(context: LintContext, reward: OverrideReward, path: string): Finding[] {
  if (!context.knows.people) return [];
  const { directory, instants } = context.rules;
  const units = subjectsInScope(context, reward) ?? [];
  const without = units.filter(
    (unit) =>
      !directory
        .membersAt(unit, instants.last)
        .some((membership) => membership.unit === unit && reward.leaders.roles.includes(membership.role)),
  );
  if (without.length === 0) return [];
  const roles = reward.leaders.roles.join(" or ");
  const effect = reward.leaders.nobody === "unit" ? "is paid to the unit itself" : "is forfeited";
  return [
    {
      code: "override-unled",
      severity: "warns",
      path: `${path}/leaders/roles`,
      message: `${without.length} of the ${units.length} units in the scope of ${reward.id} have no ${roles} on file in the unit itself at the period's end: ${listed(without)}; their override ${effect}`,
      mend: "correct the roles, add the people, or accept it",
    },
  ];
}

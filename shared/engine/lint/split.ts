import { parseRational } from "#domain/decimal.ts";
import type { Split } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { type LintContext, subjectsInScope } from "./context.ts";
import { type Finding, listed } from "./finding.ts";

/** Who would share a unit's prize at the period's end. */
export function splitFindings(context: LintContext): Finding[] {
  if (!context.knows.people) return [];
  return context.plan.rewards.flatMap((reward, index) =>
    reward.pay === "self" ? [] : ofSplit(context, reward, reward.pay.split, `/rewards/${index}/pay/split`),
  );
}

function ofSplit(context: LintContext, reward: Reward, split: Split, path: string): Finding[] {
  const units = subjectsInScope(context, reward) ?? [];
  if (units.length === 0) return [];
  const rolesIn = rolesByUnit(context, reward.level);
  const sharing = Object.entries(split.byRole)
    .filter(([, coefficient]) => (parseRational(coefficient)?.num ?? 0n) > 0n)
    .map(([role]) => role);
  const absent = sharing.filter((role) => !units.some((unit) => rolesIn.get(unit)?.has(role)));
  const empty = units.filter((unit) => !sharing.some((role) => rolesIn.get(unit)?.has(role)));
  const outcome = split.nobody === "unit" ? "is paid to the unit itself" : "is forfeited";
  if (empty.length === units.length) {
    return [
      {
        code: "split-nobody",
        severity: "warns",
        path: `${path}/byRole`,
        message: `0 of the ${units.length} units in the scope of ${reward.id} have a ${sharing.join(" or ")} at the period's end: every prize ${outcome}`,
        mend: "correct the roles, or add the people",
      },
    ];
  }
  return [
    ...absent.map(
      (role): Finding => ({
        code: "split-role-absent",
        severity: "warns",
        path: `${path}/byRole/${role}`,
        message: `0 people in the ${units.length} units in the scope of ${reward.id} are ${role} at the period's end`,
        seen: role,
        mend: "correct the role, or remove it from the split",
      }),
    ),
    ...(empty.length === 0
      ? []
      : [
          {
            code: "split-unit-empty",
            severity: "warns",
            path: `${path}/byRole`,
            message: `${empty.length} of ${units.length} units have no ${sharing.join(" or ")} at the period's end: ${listed(empty)}; what they win ${outcome}`,
            mend: "add the people, or accept it",
          } satisfies Finding,
        ]),
  ];
}

/** The roles on file at the period's last instant in each unit of a level. */
function rolesByUnit({ rules: { directory, instants } }: LintContext, level: string): Map<string, Set<string>> {
  const roles = new Map<string, Set<string>>();
  for (const id of directory.participantIds()) {
    const membership = directory.membershipAt(id, instants.last);
    const unit = membership && directory.ancestorAt(membership.unit, level);
    if (!membership || unit === undefined) continue;
    const known = roles.get(unit);
    if (known) known.add(membership.role);
    else roles.set(unit, new Set([membership.role]));
  }
  return roles;
}

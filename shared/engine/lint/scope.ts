import type { Reward } from "#domain/plan/plan.ts";
import { scopeProblems } from "../fit.ts";
import { type LintContext, subjectsInScope } from "./context.ts";
import { type Finding, listed } from "./finding.ts";

/** Who takes part: units and levels that exist, and people who are in them. */
export function scopeFindings(context: LintContext): Finding[] {
  if (!context.knows.units) return [];
  const unknown = unknownPlaces(context);
  // Where a unit or level does not exist, that nobody is in it says nothing new.
  if (unknown.length > 0) return unknown;
  return [
    ...audienceFindings(context),
    ...context.plan.rewards.flatMap((reward, index) => [
      ...emptyScope(context, reward, `/rewards/${index}`),
      ...absentRoles(context, reward, `/rewards/${index}`),
      ...outsideAudience(context, reward, `/rewards/${index}`),
    ]),
  ];
}

function unknownPlaces({ rules }: LintContext): Finding[] {
  const count = rules.directory.units().length;
  return scopeProblems(rules).map((problem) => ({
    ...problem,
    severity: "blocks",
    message: `${problem.message} (it has ${count} units)`,
    mend: "correct the name, or add it to the organisation",
  }));
}

function audienceFindings({ plan, rules, knows, audience }: LintContext): Finding[] {
  const { units, roles } = plan.audience;
  if (!knows.people || !audience || (!units && !roles)) return [];
  const everybody = rules.directory.participantIds();
  if (audience.size > 0) return [];
  const where = [...(units ? [`units ${listed(units)}`] : []), ...(roles ? [`roles ${listed(roles)}`] : [])].join(", ");
  return [
    {
      code: "audience-empty",
      severity: "blocks",
      path: "/audience",
      message: `none of the ${everybody.length} people on file is in the audience (${where}): no sale can count`,
      mend: "widen the audience, or import the people",
    },
  ];
}

function emptyScope(context: LintContext, reward: Reward, path: string): Finding[] {
  // That nobody is in the audience is told once, not by each reward.
  if (reward.level === "participant" && context.audience?.size === 0) return [];
  if (subjectsInScope(context, reward)?.length !== 0) return [];
  const { directory } = context.rules;
  const isOfPeople = reward.level === "participant";
  const all = isOfPeople ? directory.participantIds().length : directory.unitsAt(reward.level).length;
  const what = isOfPeople ? "people on file" : `units of level ${reward.level}`;
  const limits = [
    ...(reward.within ? [`within ${reward.within.unit}`] : []),
    ...(reward.roles ? [`with role ${reward.roles.anyOf.join(" or ")}`] : []),
    ...(isOfPeople ? ["at the period's end"] : []),
  ].join(" ");
  return [
    {
      code: "nobody-in-scope",
      // People can still join; units of another level do not come by themselves.
      severity: isOfPeople ? "warns" : "blocks",
      path: reward.within ? `${path}/within/unit` : reward.roles ? `${path}/roles/anyOf` : `${path}/level`,
      message: `0 of the ${all} ${what} can take part in ${reward.id} (${limits})`,
      mend: "correct within, level or roles, or add who is missing",
    },
  ];
}

function absentRoles(context: LintContext, reward: Reward, path: string): Finding[] {
  const { rules, knows } = context;
  if (!knows.people || !reward.roles) return [];
  const { directory, instants } = rules;
  const within = reward.within?.unit;
  const held = new Map<string, number>();
  for (const id of directory.participantIds()) {
    const membership = directory.membershipAt(id, instants.last);
    if (!membership || (within !== undefined && !directory.isWithin(membership.unit, within))) continue;
    held.set(membership.role, (held.get(membership.role) ?? 0) + 1);
  }
  // Without a single one of them, nobody is in scope: another finding.
  if (!reward.roles.anyOf.some((role) => held.has(role))) return [];
  return reward.roles.anyOf.flatMap((role, index): Finding[] =>
    held.has(role)
      ? []
      : [
          {
            code: "role-absent",
            severity: "warns",
            path: `${path}/roles/anyOf/${index}`,
            message: `0 people in the scope of ${reward.id} are ${role}`,
            seen: role,
            allowed: [...held].map(([name, count]) => `${name} (${count})`).join(", "),
            mend: "correct the role, or remove it",
          },
        ],
  );
}

function outsideAudience({ plan, rules }: LintContext, reward: Reward, path: string): Finding[] {
  const within = reward.within?.unit;
  const { units } = plan.audience;
  if (within === undefined || !units) return [];
  const { directory } = rules;
  if (units.some((unit) => directory.isWithin(unit, within) || directory.isWithin(within, unit))) return [];
  return [
    {
      code: "outside-audience",
      severity: "blocks",
      path: `${path}/within/unit`,
      message: `${reward.id} looks only at ${within}, and the sales of ${listed(units)} alone count: 0 sales are in both`,
      seen: within,
      allowed: `a unit above or below ${listed(units)}`,
      mend: "correct within, or add the unit to the audience",
    },
  ];
}

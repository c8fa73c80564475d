import { allocate } from "#domain/allocate.ts";
import { addExact, type Rational } from "#domain/decimal.ts";
import type { Payee, Step } from "#domain/line.ts";
import type { Membership } from "#domain/org.ts";
import type { OverrideReward } from "#domain/plan/rewards/override.ts";
import { compareText } from "#domain/text.ts";
import { type Award, type Deciding, moneyText, payeeOf } from "../award.ts";
import { everybodyIn } from "../entrants.ts";
import type { Rules } from "../rules.ts";
import { aggregateOf, measureOf } from "../standings.ts";
import { exact, exactText, fromMinor, roundedMinor, times } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { GATE_NOT_PASSED, nothingFor, ROUNDS_TO_ZERO } from "./scale.ts";

/** A rate of what the team was awarded or sold, for those who lead it. */
export const override: RewardKind<OverrideReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = everybodyIn(deciding, reward);
    return [
      ...excluded,
      ...entrants.flatMap((entrant): Award[] => {
        if (!entrant.qualified) return [nothingFor(reward, entrant, GATE_NOT_PASSED)];
        return overrideOf(deciding, reward, entrant.subject, entrant.steps);
      }),
    ];
  },
  liability(_rules, reward) {
    const of = "lines" in reward.from ? reward.from.lines.join(" and ") : reward.from.measure;
    return { unboundedBecause: `${reward.id} grows with ${of}` };
  },
};

/** What one participant, or the unit or one below it, adds to the team: minor units of money. */
interface Part {
  readonly subject: Payee;
  readonly amountMinor: number;
}

function overrideOf(deciding: Deciding, reward: OverrideReward, unit: string, steps: readonly Step[]): Award[] {
  const { rules } = deciding;
  const parts = partsOf(deciding, reward, unit);
  const leaders = leadersOf(rules, reward, unit);
  if (leaders.length === 0) return [nobodyLeads(deciding, reward, unit, steps, parts)];
  const isShared = reward.leaders.several === "shared";
  const ids = leaders.map(({ participantId }) => participantId);
  return ids.map((id): Award => {
    const priced = priceOf(rules, reward, unit, parts, isShared ? ids : [id]);
    const amountMinor = isShared ? shareOf(priced.wholeMinor, ids, id) : priced.wholeMinor;
    return {
      subject: { kind: "participant", id },
      amountMinor,
      steps: [
        ...steps,
        priced.team,
        overrideStep(rules, reward, unit, priced, { leaders: ids.length, isShared, amountMinor }),
        ...nothingStep(priced, amountMinor),
      ],
    };
  });
}

/** Those on file in the unit itself at the slice's last instant, by id. */
function leadersOf({ directory, instants }: Rules, { leaders }: OverrideReward, unit: string): Membership[] {
  return directory
    .membersAt(unit, instants.last)
    .filter((membership) => membership.unit === unit && leaders.roles.includes(membership.role));
}

function partsOf(deciding: Deciding, reward: OverrideReward, unit: string): Part[] {
  const { from } = reward;
  const parts = "lines" in from ? linesOf(deciding, from, unit) : soldIn(deciding, reward.level, from.measure, unit);
  return parts
    .filter(({ amountMinor }) => amountMinor !== 0)
    .sort((a, b) => compareText(a.subject.kind, b.subject.kind) || compareText(a.subject.id, b.subject.id));
}

/** What earlier rewards decided in slices inside this one, by whom: members of the unit at the slice's end, and units. */
function linesOf(
  deciding: Deciding,
  { lines, depth }: Extract<OverrideReward["from"], { lines: unknown }>,
  unit: string,
): Part[] {
  const { directory, instants } = deciding.rules;
  const isOfTeam = ({ kind, id }: Payee) => {
    const own = kind === "unit" ? id : directory.membershipAt(id, instants.last)?.unit;
    return own !== undefined && (depth === "direct" ? own === unit : directory.isWithin(own, unit));
  };
  const sums = new Map<string, Part>();
  for (const { subject, amountMinor, slice, unit: benefit } of lines.flatMap((id) => deciding.earlier(id))) {
    const isInside = slice.start >= instants.start && slice.end <= instants.end;
    if (!isInside || benefit !== undefined || !isOfTeam(subject)) continue;
    const key = `${subject.kind}:${subject.id}`;
    sums.set(key, { subject, amountMinor: addExact(sums.get(key)?.amountMinor ?? 0, amountMinor) });
  }
  return [...sums.values()];
}

/** What the unit sold, by who sold it. */
function soldIn({ rules, standings }: Deciding, level: string, measure: string, unit: string): Part[] {
  const contributions = standings.contributions(measure, level, unit) ?? [];
  const aggregate = aggregateOf(rules, measure);
  return [...Map.groupBy(contributions, ({ participantId }) => participantId)].map(([id, own]) => ({
    subject: { kind: "participant", id },
    amountMinor: measureOf(own, aggregate).value,
  }));
}

interface Priced {
  readonly team: Step;
  readonly base: Rational;
  readonly exact: Rational;
  readonly wholeMinor: number;
}

/** @param leading whose own part is left out, where the plan says so */
function priceOf(
  rules: Rules,
  reward: OverrideReward,
  unit: string,
  parts: readonly Part[],
  leading: readonly string[],
): Priced {
  const sum = sumOf(parts);
  const isOwn = ({ subject }: Part) => subject.kind === "participant" && leading.includes(subject.id);
  const own = reward.own === "excluded" ? sumOf(parts.filter(isOwn)) : 0;
  const base = fromMinor(rules, addExact(sum, -own));
  const amount = times(base, exact(reward.rate));
  const team: Step = {
    step: "team",
    unit,
    ...("lines" in reward.from ? { rewards: reward.from.lines } : { measure: reward.from.measure }),
    sum: moneyText(rules, sum),
    ...(own === 0 ? {} : { own: moneyText(rules, own) }),
    parts: parts.map(({ subject, amountMinor }) => ({ id: subject.id, value: moneyText(rules, amountMinor) })),
  };
  return { team, base, exact: amount, wholeMinor: roundedMinor(rules, amount, reward.rounding) };
}

function overrideStep(
  rules: Rules,
  { rate }: OverrideReward,
  unit: string,
  { base, exact: amount, wholeMinor }: Priced,
  { leaders, isShared, amountMinor }: { leaders: number; isShared: boolean; amountMinor: number },
): Step {
  return {
    step: "override",
    unit,
    base: exactText(base, rules.currencyDigits),
    rate,
    exact: exactText(amount, rules.currencyDigits),
    whole: moneyText(rules, wholeMinor),
    leaders,
    shared: isShared && leaders > 1,
    amount: moneyText(rules, amountMinor),
  };
}

function nothingStep({ base }: Priced, amountMinor: number): Step[] {
  if (amountMinor !== 0) return [];
  return [base.num === 0n ? NO_TEAM_RESULT : ROUNDS_TO_ZERO];
}

const NO_TEAM_RESULT: Step = {
  step: "nothing",
  reason: "no-team-result",
  message: "the team came to nothing that the override is of",
};

function nobodyLeads(
  { rules, warnings }: Deciding,
  reward: OverrideReward,
  unit: string,
  steps: readonly Step[],
  parts: readonly Part[],
): Award {
  const priced = priceOf(rules, reward, unit, parts, []);
  const subject = payeeOf(reward, unit);
  const told = [...steps, priced.team];
  if (priced.wholeMinor === 0) return { subject, amountMinor: 0, steps: [...told, ...nothingStep(priced, 0)] };
  const roles = reward.leaders.roles.join(" or ");
  const paysUnit = reward.leaders.nobody === "unit";
  const whole = moneyText(rules, priced.wholeMinor);
  warnings.push({
    code: "override-nobody",
    reward: reward.id,
    subject: unit,
    message: `${unit} earned an override of ${whole} ${rules.plan.currency}, and no ${roles} is on file in it at the last instant; ${paysUnit ? "the unit itself is paid" : "nothing is paid"}`,
    blocks: false,
  });
  if (!paysUnit) {
    const nobody: Step = { step: "nothing", reason: "nobody-on-file", message: `no ${roles} is on file` };
    return { subject, amountMinor: 0, steps: [...told, nobody] };
  }
  const amountMinor = priced.wholeMinor;
  return {
    subject,
    amountMinor,
    steps: [...told, overrideStep(rules, reward, unit, priced, { leaders: 0, isShared: false, amountMinor })],
  };
}

function shareOf(wholeMinor: number, ids: readonly string[], own: string): number {
  const equal = ids.map((id) => ({ id, weight: 1n }));
  return allocate(wholeMinor, equal).get(own) ?? 0;
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { amountMinor }) => addExact(sum, amountMinor), 0);
}

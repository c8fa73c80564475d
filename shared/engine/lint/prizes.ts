import type { PrizeBand } from "#domain/plan/parts.ts";
import { moneyMinor } from "../award.ts";
import { hasPlaces, type LintContext, subjectsInScope } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Prizes by place: a better place must not win less, and each place should be there to be won. */
export function prizeFindings(context: LintContext): Finding[] {
  return context.plan.rewards.flatMap((reward, index) => {
    if (!hasPlaces(reward)) return [];
    const path = `/rewards/${index}/prizes`;
    const subjects = subjectsInScope(context, reward)?.length;
    return [
      ...reward.prizes.flatMap((band, place) => [
        ...rising(context, reward.prizes[place - 1], band, `${path}/${place}/amount`),
        ...zero(context, reward.id, band, `${path}/${place}/amount`),
      ]),
      ...unreachable(reward.id, reward.level, reward.prizes, subjects, path),
    ];
  });
}

function rising(context: LintContext, better: PrizeBand | undefined, worse: PrizeBand, path: string): Finding[] {
  if (!better || moneyMinor(context, worse.amount) <= moneyMinor(context, better.amount)) return [];
  return [
    {
      code: "rising-prize",
      severity: "blocks",
      path,
      message: `place ${worse.from} wins ${worse.amount}, more than the ${better.amount} of place ${better.to}: who sells more can win less`,
      seen: worse.amount,
      allowed: `at most ${better.amount}`,
      mend: "order the prizes so that none is above the one before",
    },
  ];
}

function zero(context: LintContext, reward: string, { from, to, amount }: PrizeBand, path: string): Finding[] {
  if (moneyMinor(context, amount) !== 0) return [];
  const places = from === to ? `place ${from}` : `places ${from} to ${to}`;
  return [
    {
      code: "zero-prize",
      severity: "warns",
      path,
      message: `${places} of ${reward} win ${amount}`,
      seen: amount,
      mend: "give the band an amount, or remove it",
    },
  ];
}

function unreachable(
  reward: string,
  level: string,
  prizes: readonly PrizeBand[],
  subjects: number | undefined,
  path: string,
): Finding[] {
  const places = Math.max(...prizes.map(({ to }) => to));
  // Nobody at all is another finding.
  if (subjects === undefined || subjects === 0 || places <= subjects) return [];
  const band = prizes.findIndex(({ to }) => to > subjects);
  return [
    {
      code: "unreachable-places",
      severity: "warns",
      path: `${path}/${band}/to`,
      message: `${reward} has ${places} places for ${subjects} of level ${level} in scope: the last ${places - subjects} can never be won`,
      seen: String(places),
      allowed: `at most ${subjects}`,
      mend: `end the bands at place ${subjects}, or widen who takes part`,
    },
  ];
}

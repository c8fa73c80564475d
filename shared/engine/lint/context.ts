import type { Fact } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import { formatMoney } from "#domain/money.ts";
import type { Membership, OrgUnit } from "#domain/org.ts";
import type { Plan, Reward } from "#domain/plan/plan.ts";
import type { RaceReward } from "#domain/plan/rewards/race.ts";
import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import type { Target } from "#domain/target.ts";
import { startOfDay } from "#domain/time.ts";
import { compileRules, needsMembership, type Rules } from "../rules.ts";
import type { Finding } from "./finding.ts";

/** A valid plan and what is known beside it. What is not given is not looked at. */
export interface LintInput {
  readonly plan: Plan;
  readonly units?: readonly OrgUnit[];
  readonly memberships?: readonly Membership[];
  readonly targets?: readonly Target[];
  /** Sample facts, such as last year's. */
  readonly facts?: readonly Fact[];
}

export interface LintContext {
  readonly plan: Plan;
  /** Compiled with what is known: ask `knows` before believing an absence. */
  readonly rules: Rules;
  readonly knows: { readonly units: boolean; readonly people: boolean; readonly targets: boolean };
  /** Who can be in the audience during the period; undefined while people are unknown. */
  readonly audience: ReadonlySet<string> | undefined;
  /** Of the sample, the sales in their last known version that are not cancelled and occurred in the period. */
  readonly facts: readonly Fact[] | undefined;
  /** How many facts the sample has, whenever they occurred. */
  readonly sampleSize: number;
}

/** One file a rule, or a small group of rules about one thing. */
export type LintRule = (context: LintContext) => readonly Finding[];

export function lintContext({ plan, units, memberships, targets, facts }: LintInput): LintContext {
  const rules = compileRules({
    plan,
    units: units ?? [],
    memberships: memberships ?? [],
    targets: targets ?? [],
  });
  const people = units !== undefined && memberships !== undefined;
  return {
    plan,
    rules,
    knows: { units: units !== undefined, people, targets: targets !== undefined },
    audience: people ? audienceOf(rules, memberships) : undefined,
    facts: facts && sampleOf(rules, facts),
    sampleSize: facts?.length ?? 0,
  };
}

function audienceOf(rules: Rules, memberships: readonly Membership[]): ReadonlySet<string> {
  return new Set(
    memberships
      .filter((membership) => isAtWork(rules, membership) && isInAudience(rules, membership))
      .map(({ participantId }) => participantId),
  );
}

/** In force at the instant that decides about the audience, or at any instant of the period. */
function isAtWork({ plan, instants }: Rules, { from, to }: Membership): boolean {
  const zone = plan.period.zone;
  const start = (from === null ? undefined : startOfDay(from, zone)) ?? Number.NEGATIVE_INFINITY;
  const end = (to === null ? undefined : startOfDay(to, zone)) ?? Number.POSITIVE_INFINITY;
  const first = plan.audience.membership === "periodEnd" ? instants.last : instants.start;
  return start <= instants.last && end > first;
}

function isInAudience({ plan: { audience }, directory }: Rules, { unit, role }: Membership): boolean {
  const inUnits = audience.units?.some((root) => directory.isWithin(unit, root)) ?? true;
  return inUnits && (audience.roles?.includes(role) ?? true);
}

function sampleOf({ instants }: Rules, facts: readonly Fact[]): readonly Fact[] {
  const latest = new Map<string, Fact>();
  for (const fact of facts) {
    const known = latest.get(factKey(fact));
    if (!known || known.version < fact.version) latest.set(factKey(fact), fact);
  }
  return [...latest.values()].filter(({ status, occurredAt }) => {
    const instant = instantOf(occurredAt);
    return status === "active" && instants.start <= instant && instant < instants.end;
  });
}

/** The subjects that a reward can judge; undefined while the organisation or the people are unknown. */
export function subjectsInScope({ rules, knows, audience }: LintContext, reward: Reward): string[] | undefined {
  const { directory, instants } = rules;
  const within = reward.within?.unit;
  if (reward.level !== "participant") {
    return knows.units ? directory.unitsAt(reward.level, within).map(({ unit }) => unit) : undefined;
  }
  if (!knows.people) return undefined;
  return directory.participantIds().filter((id) => {
    if (!audience?.has(id)) return false;
    if (!needsMembership(reward)) return true;
    const membership = directory.membershipAt(id, instants.last);
    return (
      membership !== undefined &&
      (within === undefined || directory.isWithin(membership.unit, within)) &&
      (reward.roles?.anyOf.includes(membership.role) ?? true)
    );
  });
}

/** The subjects of a level that a reward or its gates can look at; a gate can look at a unit above those that take part. */
export function subjectsAsked(context: LintContext, reward: Reward, level: string): string[] {
  const { directory } = context.rules;
  const within = reward.within?.unit;
  if (level === "participant") {
    // Who has left by the period's end needs no target.
    return (subjectsInScope(context, reward) ?? []).filter((id) => {
      const unit = directory.membershipAt(id, context.rules.instants.last)?.unit;
      return unit !== undefined && (within === undefined || directory.isWithin(unit, within));
    });
  }
  return directory
    .unitsAt(level)
    .map(({ unit }) => unit)
    .filter((unit) => within === undefined || directory.isWithin(unit, within) || directory.isWithin(within, unit));
}

export function moneyIn({ plan }: Pick<LintContext, "plan">, amountMinor: number): string {
  return formatMoney(amountMinor, plan.currency);
}

/** Rewards with prizes by place. */
export function hasPlaces(reward: Reward): reward is RaceReward | RankingReward {
  return reward.kind === "race" || reward.kind === "ranking";
}

import type { Credit, Reached } from "#domain/progress.ts";
import { fitsTarget, type Rules, thresholdValue } from "#engine/rules.ts";
import { aggregateOf, firstReach } from "#engine/standings.ts";
import { contributionsOf } from "./contributions.ts";

export interface RaceThreshold {
  readonly measure: string;
  readonly threshold: number;
}

export function reachKey(measure: string, threshold: number): string {
  return `${measure}@${threshold}`;
}

/** Thresholds of every race in which a unit runs; a target that is missing or unreadable is no threshold yet. */
export function unitThresholds(rules: Rules, unit: string): RaceThreshold[] {
  const level = rules.directory.unit(unit)?.level;
  return level === undefined ? [] : thresholdsOf(rules, level, unit, unit);
}

/** The same of a participant, who is in scope by where they belong at the period's last instant. */
export function personThresholds(rules: Rules, participantId: string): RaceThreshold[] {
  const unit = rules.directory.membershipAt(participantId, rules.instants.last)?.unit;
  return thresholdsOf(rules, "participant", participantId, unit);
}

/** When a participant reached them, from all of their credits in force; undefined where no race asks. */
export function reachesOf(
  rules: Rules,
  participantId: string,
  credits: readonly Credit[],
): Record<string, Reached> | undefined {
  const thresholds = personThresholds(rules, participantId);
  if (thresholds.length === 0) return undefined;
  const reaches: Record<string, Reached> = {};
  for (const { measure, threshold } of thresholds) {
    const reached = firstReach(contributionsOf(credits, measure), threshold, aggregateOf(rules, measure));
    if (reached) reaches[reachKey(measure, threshold)] = reached;
  }
  return reaches;
}

function thresholdsOf(rules: Rules, level: string, subject: string, unit: string | undefined): RaceThreshold[] {
  return rules.plan.rewards.flatMap((reward) => {
    if (reward.kind !== "race" || reward.level !== level) return [];
    if (reward.within && unit !== undefined && !rules.directory.isWithin(unit, reward.within.unit)) return [];
    return reward.targets
      .filter((label) => fitsTarget(rules, reward.measure, label, subject))
      .map((label) => ({
        measure: reward.measure,
        threshold: thresholdValue(rules, reward.measure, { target: label }, subject),
      }));
  });
}

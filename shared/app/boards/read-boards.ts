import type { Board, BoardRow, Boards, ProgressRow } from "#domain/board.ts";
import { formatDecimal } from "#domain/decimal.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Step } from "#domain/line.ts";
import type { MeasuredReward, Reward } from "#domain/plan/plan.ts";
import type { Measured, ParticipantProgress, PlaceTotal, UnitReach } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import { type Award, decidingOn } from "#engine/award.ts";
import { NO_LEAF } from "#engine/credit.ts";
import { fitProblems } from "#engine/fit.ts";
import { awardReward } from "#engine/kinds/index.ts";
import { compiledMeasure, type Rules } from "#engine/rules.ts";
import { addMeasured, NOTHING_MEASURED, type Standings } from "#engine/standings.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import { reachKey } from "../crediting/roll-up.ts";
import type { Deps } from "../deps.ts";

/** Rows of one board; the places that pay are far fewer. */
const MAX_ROWS = 100;

/**
 * How a campaign stands now: progress of units against their targets, race places so far, rankings. Decided by the
 * engine that settles, from derived progress instead of facts; marked provisional because facts can still come and go.
 */
export async function readBoards(
  deps: Pick<Deps, "derived" | "plans" | "clock">,
  campaignId: string,
  liveRules = new LiveRules(),
): Promise<Boards> {
  const { campaign, rules } = await liveRules.one(deps, campaignId);
  const totals = await deps.derived.totals(campaignId);
  const [progress, reaches] = await Promise.all([
    Promise.all(totals.map(({ place }) => deps.derived.placeProgress(campaignId, place))),
    deps.derived.reaches(campaignId),
  ]);
  const standings = standingsOfProgress(rules, totals, progress.flat(), reaches);
  return {
    campaign: campaignId,
    provisional: true,
    at: formatInstant(deps.clock.now()),
    rebuilding: campaign.rebuiltEpoch < campaign.epoch,
    progress: progressRows(rules, standings),
    boards:
      fitProblems(rules).length > 0 ? [] : rules.plan.rewards.flatMap((reward) => boardOf(rules, standings, reward)),
  };
}

/** Standings from derived progress: values are sums, instants the latest of the parts (exact while no sale is negative). */
function standingsOfProgress(
  rules: Rules,
  totals: readonly PlaceTotal[],
  progress: readonly ParticipantProgress[],
  reaches: readonly UnitReach[],
): Standings {
  const byParticipant = new Map<string, Map<string, Measured>>();
  for (const { participantId, measures } of progress) {
    // What a unit scored counts for no participant.
    if (!rules.directory.isKnown(participantId)) continue;
    const sums = byParticipant.get(participantId) ?? new Map<string, Measured>();
    for (const [measure, measured] of Object.entries(measures))
      sums.set(measure, addMeasured(sums.get(measure) ?? NOTHING_MEASURED, measured));
    byParticipant.set(participantId, sums);
  }
  const byUnit = new Map<string, Map<string, Measured>>();
  for (const { place, measures } of totals) {
    if (place.leaf === NO_LEAF) continue;
    for (const { unit } of rules.directory.lineage(place.leaf)) {
      const sums = byUnit.get(unit) ?? new Map<string, Measured>();
      for (const [measure, measured] of Object.entries(measures))
        sums.set(measure, addMeasured(sums.get(measure) ?? NOTHING_MEASURED, measured));
      byUnit.set(unit, sums);
    }
  }
  const reachOf = new Map(reaches.map(({ unit, reaches: reached }) => [unit, reached]));
  return {
    subjects: (level) =>
      level === "participant"
        ? [...byParticipant]
            .filter(([, sums]) => [...sums.values()].some(({ facts }) => facts > 0))
            .map(([id]) => id)
            .sort(compareText)
        : [...byUnit.keys()].filter((unit) => rules.directory.unit(unit)?.level === level).sort(compareText),
    measured: (measure, level, subject) =>
      (level === "participant" ? byParticipant : byUnit).get(subject)?.get(measure) ?? NOTHING_MEASURED,
    reach: (measure, _level, subject, threshold) => reachOf.get(subject)?.[reachKey(measure, threshold)],
    contributions: () => undefined,
  };
}

function boardOf(rules: Rules, standings: Standings, reward: Reward): Board[] {
  // Reach instants are kept for units only, so a race of people has no board; its settlement is computed from the facts.
  // What is paid by amount alone has no places.
  if (reward.kind !== "race" && reward.kind !== "ranking") return [];
  if (reward.kind === "race" && reward.level === "participant") return [];
  // Progress is kept for the campaign as a whole: neither a slice nor a ratio can be told from it.
  if (reward.per !== undefined && reward.per !== "campaign") return [];
  if (compiledMeasure(rules, reward.measure).measure.ratio) return [];
  const awards = awardReward(decidingOn(rules, standings), reward);
  const placed = awards
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || compareText(a.subject.id, b.subject.id));
  const others = awards
    .filter(({ rank }) => rank === undefined)
    .sort(
      (a, b) =>
        boardValue(standings, reward, b) - boardValue(standings, reward, a) || compareText(a.subject.id, b.subject.id),
    );
  const rows = [...placed, ...others].slice(0, MAX_ROWS).map((award) => rowOf(rules, standings, reward, award));
  return [
    {
      reward: reward.id,
      kind: reward.kind,
      level: reward.level,
      measure: reward.measure,
      rows,
      subjects: awards.length,
    },
  ];
}

function boardValue(standings: Standings, reward: MeasuredReward, award: Award): number {
  return standings.measured(reward.measure, reward.level, award.subject.id).value;
}

function rowOf(rules: Rules, standings: Standings, reward: MeasuredReward, award: Award): BoardRow {
  const { subject, rank, steps, amountMinor } = award;
  const prize = steps.find((step) => step.step === "prize");
  const [reach] = steps.flatMap((step) =>
    step.step === "reach" && step.reached ? [{ target: step.target, reachedAt: step.reached.at }] : [],
  );
  const { reason, missing } = obstacleOf(steps);
  return {
    subject: subject.id,
    name:
      subject.kind === "unit"
        ? (rules.directory.unit(subject.id)?.name ?? subject.id)
        : rules.directory.participantName(subject.id),
    value: formatDecimal(boardValue(standings, reward, award), compiledMeasure(rules, reward.measure).digits),
    ...(rank === undefined ? {} : { rank }),
    ...(prize ? { prize: prize.amount } : {}),
    ...reach,
    state: amountMinor > 0 ? "winning" : rank === undefined ? "notYet" : "placed",
    ...(reason === undefined ? {} : { reason }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** The first thing that keeps a subject from the award. */
function obstacleOf(steps: readonly Step[]): { reason?: string; missing?: string } {
  for (const step of steps) {
    if (step.step === "gate" && !step.passed) {
      return {
        reason: `${step.on === "self" ? "own" : step.subject} ${step.measure} below ${step.threshold}`,
        ...(step.missing === undefined ? {} : { missing: step.missing }),
      };
    }
    if (step.step === "excluded") return { reason: step.message };
    if (step.step === "nothing")
      return { reason: step.message, ...(step.missing === undefined ? {} : { missing: step.missing }) };
  }
  return {};
}

/** Every unit that has targets, against all of them. */
function progressRows(rules: Rules, standings: Standings): ProgressRow[] {
  return rules.directory.units().flatMap((unit) =>
    [...rules.measures.values()].flatMap(({ measure, digits }): ProgressRow[] => {
      const targets = [...rules.targets.values()].filter(
        (target) => target.subject === unit.unit && target.measure === measure.id && target.slice === "",
      );
      if (targets.length === 0) return [];
      const { value, facts } = standings.measured(measure.id, unit.level, unit.unit);
      const text = formatDecimal(value, digits);
      return [
        {
          unit: unit.unit,
          name: unit.name,
          level: unit.level,
          measure: measure.id,
          value: text,
          facts,
          targets: targets
            .sort((a, b) => Number(a.value) - Number(b.value) || compareText(a.label, b.label))
            .map((target) => ({
              label: target.label,
              value: target.value,
              attainment: `${text}/${target.value}`,
              percent: Number(target.value) === 0 ? 100 : Math.floor((Number(text) / Number(target.value)) * 1000) / 10,
              reached: Number(text) >= Number(target.value),
            })),
        },
      ];
    }),
  );
}

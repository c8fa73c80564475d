import type { Board, BoardRow, Boards, NotShown } from "#domain/board.ts";
import { formatDecimal } from "#domain/decimal.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Step } from "#domain/line.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { rankedScorecard } from "#domain/plan/rewards/ranking.ts";
import { compareText } from "#domain/text.ts";
import { type Award, decidingOn } from "#engine/award.ts";
import { fitProblems } from "#engine/fit.ts";
import { compare, exactText, ZERO } from "#engine/kinds/exact.ts";
import { awardReward } from "#engine/kinds/index.ts";
import { readingOf } from "#engine/kinds/reading.ts";
import { compiledMeasure, type Rules } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { progressRows } from "./progress-rows.ts";
import { progressStandings } from "./progress-standings.ts";

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
  const standings = progressStandings(rules, { totals, participants: progress.flat(), reaches });
  const { rows, notShown } = progressRows(rules, standings);
  const fits = fitProblems(rules, deps.clock.now()).length === 0;
  const decided = rules.plan.rewards.filter(isPlacing).map((reward) => boardOf(rules, standings, reward, fits));
  return {
    campaign: campaignId,
    provisional: true,
    at: formatInstant(deps.clock.now()),
    rebuilding: campaign.rebuiltEpoch < campaign.epoch,
    progress: [...rows],
    boards: decided.flatMap((answer) => ("why" in answer ? [] : [answer])),
    notShown: [...decided.flatMap((answer) => ("why" in answer ? [answer] : [])), ...notShown],
  };
}

type PlacingReward = Extract<Reward, { kind: "race" | "ranking" }>;

/** What is paid by amount alone has no places. */
function isPlacing(reward: Reward): reward is PlacingReward {
  return reward.kind === "race" || reward.kind === "ranking";
}

function notShownOf({ id }: PlacingReward, why: NotShown["why"]): NotShown {
  return { reward: id, why };
}

function boardOf(rules: Rules, standings: Standings, reward: PlacingReward, fits: boolean): Board | NotShown {
  // Progress is kept for the campaign as a whole: neither a slice nor what was before it can be told from it.
  if (reward.per !== undefined && reward.per !== "campaign") return notShownOf(reward, "slices");
  if (compiledMeasure(rules, reward.measure).measure.ratio?.of === "previous") return notShownOf(reward, "slices");
  // A total is put together from KPIs, which progress does not tell.
  if (reward.kind === "ranking" && rankedScorecard(reward.by) !== undefined) return notShownOf(reward, "parts");
  // Reach instants are kept for units only.
  if (reward.kind === "race" && reward.level === "participant") return notShownOf(reward, "peopleRace");
  if (!fits) return notShownOf(reward, "targets");
  const asking = new Asking(standings);
  const awards = awardReward(decidingOn(rules, asking.standings), reward);
  if (asking.metUnknown || !isOrderKnown(standings, reward, awards)) return notShownOf(reward, "parts");
  const placed = awards
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || compareText(a.subject.id, b.subject.id));
  const others = awards
    .filter(({ rank }) => rank === undefined)
    .sort(
      (a, b) =>
        compare(exactValue(rules, standings, reward, b) ?? ZERO, exactValue(rules, standings, reward, a) ?? ZERO) ||
        compareText(a.subject.id, b.subject.id),
    );
  const rows = [...placed, ...others].slice(0, MAX_ROWS).map((award) => rowOf(rules, standings, reward, award));
  const { id, kind, level, measure } = reward;
  return { reward: id, kind, level, measure, rows, subjects: awards.length };
}

/** Standings that notice when a value is asked for which progress does not tell: in the measure itself, a side of a ratio, a gate. */
class Asking {
  metUnknown = false;
  readonly standings: Standings;

  constructor(standings: Standings) {
    this.standings = {
      ...standings,
      measured: (measure, level, subject) => {
        const measured = standings.measured(measure, level, subject);
        if (measured.unknown) this.metUnknown = true;
        return measured;
      },
    };
  }
}

/** Where the earlier reach decides among equals, it must be known of all who take a place. */
function isOrderKnown(standings: Standings, reward: PlacingReward, awards: readonly Award[]): boolean {
  if (reward.kind !== "ranking" || reward.ties !== "earliestReach") return true;
  return awards.every(({ rank, subject }) => {
    const { facts, finalReach } = standings.measured(reward.measure, reward.level, subject.id);
    return rank === undefined || facts === 0 || finalReach !== undefined;
  });
}

/** Undefined of a ratio over nothing. */
function exactValue(rules: Rules, standings: Standings, { measure, level }: PlacingReward, award: Award) {
  return readingOf(decidingOn(rules, standings), measure, level, award.subject.id).value;
}

function valueText(rules: Rules, standings: Standings, reward: PlacingReward, award: Award): string {
  const { measure, digits } = compiledMeasure(rules, reward.measure);
  if (measure.ratio) return exactText(exactValue(rules, standings, reward, award) ?? ZERO);
  return formatDecimal(standings.measured(reward.measure, reward.level, award.subject.id).value, digits);
}

function rowOf(rules: Rules, standings: Standings, reward: PlacingReward, award: Award): BoardRow {
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
    value: valueText(rules, standings, reward, award),
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

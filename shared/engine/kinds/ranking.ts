import { allocate } from "#domain/allocate.ts";
import type { Step } from "#domain/line.ts";
import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import type { Measured } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import {
  type Award,
  type Deciding,
  type Entrant,
  measureText,
  moneyText,
  type PrizeTable,
  payeeOf,
  prizeTable,
  timeText,
} from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import type { RewardKind } from "./kind.ts";

/** Prizes by rank of the measure; what a failed gate and a tie mean is the plan's policy. */
export const ranking: RewardKind<RankingReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    const competing = reward.gateEffect === "rerank" ? entrants.filter(({ qualified }) => qualified) : entrants;
    const removed = entrants.filter((entrant) => !competing.includes(entrant));
    const prizes = prizeTable(deciding.rules, reward.prizes);
    const ranked = rank(deciding, reward, competing);
    flagUnresolvedTies(deciding, reward, ranked, prizes);
    return [
      ...excluded,
      ...removed.map(({ subject, steps }) => ({
        subject: payeeOf(reward, subject),
        amountMinor: 0,
        steps: [
          ...steps,
          { step: "nothing", reason: "gate", message: "a gate was not passed; those below moved up" } satisfies Step,
        ],
      })),
      ...ranked.map((_, index) => awardAt(deciding, reward, ranked, index, prizes)),
    ];
  },
  liability(rules, reward) {
    if (reward.ties === "samePrize") {
      return { unboundedBecause: `${reward.id} gives all tied the same prize, and any number can tie` };
    }
    return { amountMinor: prizeTable(rules, reward.prizes).sumOf(1, Number.MAX_SAFE_INTEGER) };
  },
};

interface Ranked {
  readonly entrant: Entrant;
  readonly rank: number;
  /** Places that the tie group occupies, first and number; a group of one without a tie. */
  readonly group: { readonly first: number; readonly members: readonly Entrant[] };
  readonly by: Extract<Step, { step: "place" }>["by"];
  readonly undecidedWith: readonly string[];
}

const BY_VALUE = { rule: "value" } as const;

function tieBrokenBy(rules: Deciding["rules"], reward: RankingReward, instant: number, thenId: boolean): Ranked["by"] {
  return { rule: "tie", policy: reward.ties, at: timeText(rules, instant), thenId };
}

/** What a tie-breaking policy compares: an instant, the smaller the better. */
const TIE_BREAK: Record<RankingReward["ties"], ((measured: Measured) => number) | undefined> = {
  earliestReach: (measured) => measured.finalReach?.at ?? Number.POSITIVE_INFINITY,
  earlierLastFact: (measured) => measured.lastFactAt ?? Number.POSITIVE_INFINITY,
  poolPrizes: undefined,
  samePrize: undefined,
};

function rank({ rules, standings }: Deciding, reward: RankingReward, entrants: readonly Entrant[]): Ranked[] {
  const tieBreak = TIE_BREAK[reward.ties];
  const instantOf = (entrant: Entrant) =>
    tieBreak?.(standings.measured(reward.measure, reward.level, entrant.subject)) ?? 0;
  const rows = entrants
    .map((entrant) => ({ entrant, instant: instantOf(entrant) }))
    .sort(
      (a, b) =>
        b.entrant.value - a.entrant.value || a.instant - b.instant || compareText(a.entrant.subject, b.entrant.subject),
    );
  const groups = new Map<number, { first: number; rows: typeof rows }>();
  rows.forEach((row, index) => {
    const group = groups.get(row.entrant.value);
    if (group) group.rows.push(row);
    else groups.set(row.entrant.value, { first: index + 1, rows: [row] });
  });
  return rows.map(({ entrant, instant }, index) => {
    const { first, rows: tied } = groups.get(entrant.value) ?? { first: index + 1, rows: [] };
    const group = { first, members: tied.map((row) => row.entrant) };
    if (!tieBreak) {
      const by = tied.length > 1 ? ({ rule: "tie", policy: reward.ties, thenId: false } as const) : BY_VALUE;
      return { entrant, rank: first, group, by, undecidedWith: [] };
    }
    const undecidedWith = tied
      .filter((row) => row.instant === instant && row.entrant !== entrant)
      .map((row) => row.entrant.subject);
    const by = tied.length === 1 ? BY_VALUE : tieBrokenBy(rules, reward, instant, undecidedWith.length > 0);
    return { entrant, rank: index + 1, group, by, undecidedWith };
  });
}

function awardAt(
  { rules }: Deciding,
  reward: RankingReward,
  ranked: readonly Ranked[],
  index: number,
  prizes: PrizeTable,
): Award {
  const row = ranked[index];
  if (!row) throw new RangeError(`no rank ${index}`);
  const { entrant, rank: place, group, by } = row;
  const won = prizeOf(reward, row, prizes);
  const amountMinor = entrant.qualified ? won : 0;
  const neighbour = (other: Ranked | undefined) =>
    other
      ? { subject: other.entrant.subject, value: measureText(rules, reward.measure, other.entrant.value) }
      : undefined;
  const ahead = neighbour(ranked[index - 1]);
  const behind = neighbour(ranked[index + 1]);
  const tiedWith = group.members.filter((member) => member !== entrant).map((member) => member.subject);
  const placeStep: Step = {
    step: "place",
    rank: place,
    of: ranked.length,
    by,
    ...(ahead ? { ahead } : {}),
    ...(behind ? { behind } : {}),
    ...(tiedWith.length > 0 ? { tiedWith } : {}),
  };
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor,
    rank: place,
    steps: [...entrant.steps, placeStep, outcomeStep({ rules }, reward, ranked, row, won, prizes)],
  };
}

function outcomeStep(
  { rules }: Pick<Deciding, "rules">,
  reward: RankingReward,
  ranked: readonly Ranked[],
  row: Ranked,
  won: number,
  prizes: PrizeTable,
): Step {
  if (!row.entrant.qualified)
    return { step: "nothing", reason: "gate", message: "a gate was not passed; the place is kept, the prize is lost" };
  if (won > 0) {
    const pooled = reward.ties === "poolPrizes" && row.group.members.length > 1;
    const band = pooled
      ? { from: row.group.first, to: row.group.first + row.group.members.length - 1 }
      : (prizes.bandAt(row.rank) ?? { from: row.rank, to: row.rank });
    return { step: "prize", from: band.from, to: band.to, pooled, amount: moneyText(rules, won) };
  }
  const lastPaid = ranked[prizes.places - 1];
  const behind = lastPaid ? lastPaid.entrant.value - row.entrant.value : 0;
  return {
    step: "nothing",
    reason: "below-prizes",
    message: `rank ${row.rank} is below the last prize, for place ${prizes.places}`,
    ...(behind > 0 ? { missing: measureText(rules, reward.measure, behind) } : {}),
  };
}

function prizeOf(reward: RankingReward, { entrant, rank: place, group }: Ranked, prizes: PrizeTable): number {
  if (reward.ties !== "poolPrizes" || group.members.length === 1) return prizes.amountAt(place);
  const pot = prizes.sumOf(group.first, group.first + group.members.length - 1);
  const shares = allocate(
    pot,
    group.members.map(({ subject }) => ({ id: subject, weight: 1n })),
  );
  return shares.get(entrant.subject) ?? 0;
}

/** A tie that the policy cannot decide is ordered by id; where that moves money, finance is told. */
function flagUnresolvedTies(
  { warnings }: Deciding,
  reward: RankingReward,
  ranked: readonly Ranked[],
  prizes: PrizeTable,
): void {
  const told = new Set<string>();
  for (const { entrant, undecidedWith } of ranked) {
    if (undecidedWith.length === 0 || told.has(entrant.subject)) continue;
    const tied = [entrant.subject, ...undecidedWith].sort(compareText);
    for (const subject of tied) told.add(subject);
    const among = new Set(tied);
    const rows = ranked.filter((row) => among.has(row.entrant.subject));
    const amounts = new Set(rows.map((row) => prizes.amountAt(row.rank)));
    if (amounts.size === 1 || !rows.some((row) => row.entrant.qualified)) continue;
    warnings.push({
      code: "tie-unresolved",
      reward: reward.id,
      subject: tied.join(", "),
      message: `${tied.join(" and ")} are still tied after ${reward.ties}; they were ordered by id, and their places pay differently`,
      blocks: false,
    });
  }
}

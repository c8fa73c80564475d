import { allocate } from "#domain/allocate.ts";
import type { Step } from "#domain/line.ts";
import { type RankingReward, rankedScorecard } from "#domain/plan/rewards/ranking.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { type Award, type Deciding, moneyText, type PrizeTable, payeeOf, prizeTable } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import { minus } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { claimWon } from "./paid-facts.ts";
import { flagUnresolvedTies, type PlaceRule, placeStep, type Ranked, rank } from "./places.ts";
import { positionText } from "./reading.ts";
import { nothingFor } from "./scale.ts";
import { standingIn } from "./standing.ts";

const REMOVED: Step = { step: "nothing", reason: "gate", message: "a gate was not passed; those below moved up" };

/** Prizes by rank of the measure, its attainment or the total of a scorecard; what a failed gate and a tie mean is the plan's policy. */
export const ranking: RewardKind<RankingReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    const rule = ruleOf(reward);
    const { standing, without } = standingIn(deciding, reward, rule, entrants);
    const competing = reward.gateEffect === "rerank" ? standing.filter(({ entrant }) => entrant.qualified) : standing;
    const removed = reward.gateEffect === "rerank" ? standing.filter(({ entrant }) => !entrant.qualified) : [];
    const prizes = prizeTable(deciding.rules, reward.prizes);
    const ranked = rank(deciding, rule, competing);
    flagUnresolvedTies(deciding, reward, ranked, prizes.amountAt);
    return [
      ...excluded,
      ...without,
      ...removed.map(({ entrant }) => nothingFor(reward, entrant, REMOVED)),
      ...ranked.map((_, index) => awardAt(deciding, reward, ranked, index, prizes)),
    ];
  },
  liability(rules, reward) {
    if (reward.ties === "samePrize") {
      return { unboundedBecause: `${reward.id} gives all tied the same prize, and any number can tie` };
    }
    const slices = sliceWindows(rules.plan, reward.per).length;
    return { amountMinor: prizeTable(rules, reward.prizes).sumOf(1, Number.MAX_SAFE_INTEGER) * slices };
  },
};

function ruleOf({ measure, level, by = "value", ties }: RankingReward): PlaceRule {
  return { measure, level, by, ties };
}

function awardAt(
  deciding: Deciding,
  reward: RankingReward,
  ranked: readonly Ranked[],
  index: number,
  prizes: PrizeTable,
): Award {
  const { rules } = deciding;
  const row = ranked[index];
  if (!row) throw new RangeError(`no rank ${index}`);
  const { entrant, rank: place } = row;
  const won = prizeOf(reward, row, prizes);
  const amountMinor = entrant.qualified ? won : 0;
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor,
    rank: place,
    steps: [
      ...entrant.steps,
      placeStep(rules, ruleOf(reward), ranked, index),
      outcomeStep({ rules }, reward, ranked, row, won, prizes),
    ],
    // A total is known at the slice's end; a measure at its final value is claimed when that was reached.
    ...(rankedScorecard(reward.by) === undefined ? claimWon(deciding, reward, entrant.subject, amountMinor) : {}),
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
  const behind = lastPaid ? minus(lastPaid.at, row.at) : undefined;
  return {
    step: "nothing",
    reason: "below-prizes",
    message: `rank ${row.rank} is below the last prize, for place ${prizes.places}`,
    ...(behind && behind.num > 0n
      ? { missing: positionText(rules, reward.measure, reward.by ?? "value", behind) }
      : {}),
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

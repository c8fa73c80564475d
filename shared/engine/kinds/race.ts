import { compareFactKeys } from "#domain/ids.ts";
import type { Step } from "#domain/line.ts";
import type { RaceReward } from "#domain/plan/rewards/race.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import type { Reached } from "#domain/progress.ts";
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
import { thresholdValue } from "../rules.ts";
import type { RewardKind } from "./kind.ts";

/** The first subjects to reach a target, then those who reached its fallbacks, win the places in order. */
export const race: RewardKind<RaceReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    const runners = entrants.filter(({ qualified }) => qualified).map((entrant) => runnerOf(deciding, reward, entrant));
    const order = finishOrder(reward, runners);
    const finishers = new Set(order.map(({ runner }) => runner));
    const prizes = prizeTable(deciding.rules, reward.prizes);
    return [
      ...excluded,
      ...entrants
        .filter(({ qualified }) => !qualified)
        .map(({ subject, steps }) => disqualified(reward, subject, steps)),
      ...order.map((finish, index) => placed(deciding, reward, finish, index + 1, order, prizes)),
      ...runners.filter((runner) => !finishers.has(runner)).map((runner) => unplaced(reward, runner)),
    ];
  },
  liability: (rules, reward) => ({
    amountMinor:
      prizeTable(rules, reward.prizes).sumOf(1, Number.MAX_SAFE_INTEGER) * sliceWindows(rules.plan, reward.per).length,
  }),
};

interface Runner {
  readonly entrant: Entrant;
  readonly reaches: readonly { readonly label: string; readonly step: Step; readonly reached: Reached | undefined }[];
}

interface Finish {
  readonly runner: Runner;
  readonly label: string;
  readonly reached: Reached;
}

function runnerOf({ rules, standings }: Deciding, reward: RaceReward, entrant: Entrant): Runner {
  const reaches = reward.targets.map((label) => {
    const threshold = thresholdValue(rules, reward.measure, { target: label }, entrant.subject);
    const reached = standings.reach(reward.measure, reward.level, entrant.subject, threshold);
    const text = (value: number) => measureText(rules, reward.measure, value);
    const step: Step = {
      step: "reach",
      target: label,
      threshold: text(threshold),
      ...(reached
        ? { reached: { at: timeText(rules, reached.at), fact: reached.fact, value: text(reached.value) } }
        : { missing: text(threshold - entrant.value) }),
    };
    return { label, step, reached };
  });
  return { entrant, reaches };
}

/** Everyone who reached a target, in the order of the places: the first target's finishers, then each fallback's. */
function finishOrder(reward: RaceReward, runners: readonly Runner[]): Finish[] {
  const order: Finish[] = [];
  const placedRunners = new Set<Runner>();
  for (const label of reward.targets) {
    const finishers = runners.flatMap((runner): Finish[] => {
      const reached = runner.reaches.find((reach) => reach.label === label)?.reached;
      return reached && !placedRunners.has(runner) ? [{ runner, label, reached }] : [];
    });
    for (const { runner } of finishers) placedRunners.add(runner);
    order.push(...finishers.sort(byReach));
  }
  return order;
}

function byReach(a: Finish, b: Finish): number {
  return (
    a.reached.at - b.reached.at ||
    compareFactKeys(a.reached.fact, b.reached.fact) ||
    compareText(a.runner.entrant.subject, b.runner.entrant.subject)
  );
}

function placed(
  { rules }: Deciding,
  reward: RaceReward,
  finish: Finish,
  rank: number,
  order: readonly Finish[],
  prizes: PrizeTable,
): Award {
  const { runner, label } = finish;
  const { subject, steps } = runner.entrant;
  const amountMinor = prizes.amountAt(rank);
  const neighbour = (other: Finish | undefined) =>
    other
      ? {
          subject: other.runner.entrant.subject,
          value: measureText(rules, reward.measure, other.runner.entrant.value),
          target: other.label,
          at: timeText(rules, other.reached.at),
        }
      : undefined;
  const ahead = neighbour(order[rank - 2]);
  const behind = neighbour(order[rank]);
  const place: Step = {
    step: "place",
    rank,
    of: order.length,
    by: { rule: "target", target: label },
    ...(ahead ? { ahead } : {}),
    ...(behind ? { behind } : {}),
  };
  const band = prizes.bandAt(rank);
  const outcome: Step = band
    ? { step: "prize", from: band.from, to: band.to, pooled: false, amount: moneyText(rules, amountMinor) }
    : { step: "nothing", reason: "places-taken", message: `the ${prizes.places} places were taken by others` };
  return {
    subject: payeeOf(reward, subject),
    amountMinor,
    rank,
    steps: [...steps, ...runner.reaches.map(({ step }) => step), place, outcome],
    claims: [{ at: finish.reached.at, fact: finish.reached.fact, amountMinor }],
  };
}

function unplaced(reward: RaceReward, { entrant, reaches }: Runner): Award {
  const missing = reaches
    .map(({ step }) => (step.step === "reach" ? step.missing : undefined))
    .findLast((text) => text !== undefined);
  const nothing: Step = {
    step: "nothing",
    reason: "target-not-reached",
    message: "no target was reached",
    ...(missing === undefined ? {} : { missing }),
  };
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor: 0,
    steps: [...entrant.steps, ...reaches.map(({ step }) => step), nothing],
  };
}

function disqualified(reward: RaceReward, subject: string, steps: readonly Step[]): Award {
  return {
    subject: payeeOf(reward, subject),
    amountMinor: 0,
    steps: [...steps, { step: "nothing", reason: "gate", message: "a gate was not passed" }],
  };
}

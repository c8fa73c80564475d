import { addExact } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import { planInstants } from "#domain/plan/check.ts";
import { type AdvanceReward, valueMeasure } from "#domain/plan/rewards/advance.ts";
import { type Award, type Deciding, measureText, moneyText, payeeOf, timeText } from "../award.ts";
import {
  contractEvents,
  contractFacts,
  contractHolders,
  type Movement,
  movementsOf,
  withoutContract,
} from "./contracts.ts";
import type { CarryingKind } from "./kind.ts";

/** Commission advanced when a contract is issued, earned month by month, charged back when it lapses. */
export const advance: CarryingKind<AdvanceReward> = {
  awardSlices(decidings, reward) {
    const last = decidings.at(-1);
    if (!last) return [];
    const history = last.history ?? last.standings;
    const facts = contractFacts(history, reward);
    const movements = new Map(
      contractHolders(history, reward)
        .map((id) => [id, movementsOf(reward, contractEvents(last, reward, facts, id))] as const)
        .filter(([, own]) => own.length > 0),
    );
    warnOfNameless(last, reward);
    return decidings.map((deciding) => awardsOf(deciding, reward, movements));
  },
  liability(_rules, reward) {
    return {
      unboundedBecause: `${reward.id} pays ${reward.rate} of what contracts are worth, and nothing limits how many are issued`,
    };
  },
};

/** A value that names no contract pays nothing, and finance should know. */
function warnOfNameless(deciding: Deciding, reward: AdvanceReward): void {
  const history = deciding.history ?? deciding.standings;
  for (const subject of history.subjects("participant")) {
    const facts = withoutContract(history, reward, subject);
    if (facts === 0) continue;
    deciding.warnings.push({
      code: "no-contract",
      reward: reward.id,
      subject,
      message: `${facts} of ${subject}'s facts have no ${reward.contract}, so ${reward.id} pays nothing for them`,
      blocks: false,
    });
  }
}

function awardsOf(
  deciding: Deciding,
  reward: AdvanceReward,
  movements: ReadonlyMap<string, readonly Movement[]>,
): Award[] {
  const window = windowOf(deciding);
  return [...movements].flatMap(([participantId, all]) => {
    const now = all.filter(({ event: { at } }) => window.start <= at && at < window.end);
    return now.length === 0 ? [] : [awardTo(deciding, reward, participantId, now, all)];
  });
}

/** What happens while the plan is followed up belongs to the slice with which its period ends. */
function windowOf({ rules, slice }: Deciding): Pick<Deciding["slice"], "start" | "end"> {
  const { end, followUpEnd } = planInstants(rules.plan);
  return { start: slice.start, end: slice.end === end ? followUpEnd : slice.end };
}

function awardTo(
  deciding: Deciding,
  reward: AdvanceReward,
  participantId: string,
  now: readonly Movement[],
  all: readonly Movement[],
): Award {
  const steps = [...Map.groupBy(now, ({ event }) => event.contract.id)].map(([, own]) =>
    contractStep(deciding, reward, own, all),
  );
  const amountMinor = now.reduce((sum, { paid }) => addExact(sum, paid), 0);
  const nothing: Step[] = amountMinor === 0 ? [REPAYS_ADVANCE] : [];
  return { subject: payeeOf(reward, participantId), amountMinor, steps: [...steps, ...nothing] };
}

const REPAYS_ADVANCE: Step = {
  step: "nothing",
  reason: "repays-advance",
  message: "all that was earned repays advances",
};

/** What is open on a contract before an instant, in minor units; the earnings of another can have repaid it last. */
function openAfter(all: readonly Movement[], contract: string, end: number): number {
  const last = all.findLast(({ event, open }) => event.at < end && open.has(contract));
  return last?.open.get(contract) ?? 0;
}

/** What one contract did in the slice; `own` is not empty. */
function contractStep(
  deciding: Deciding,
  reward: AdvanceReward,
  own: readonly Movement[],
  all: readonly Movement[],
): Step {
  const [first] = own;
  if (!first) throw new RangeError("a contract without movements");
  const { contract } = first.event;
  const { rules } = deciding;
  const window = windowOf(deciding);
  const ofContract = all.filter(({ event }) => event.contract.id === contract.id);
  const months = (end: number) => ofContract.filter(({ event }) => event.type === "earn" && event.at < end).length;
  const sum = (what: (movement: Movement) => number) =>
    moneyText(
      rules,
      own.reduce((total, movement) => addExact(total, what(movement)), 0),
    );
  const lapse = own.find(({ event }) => event.type === "lapse");
  return {
    step: "contract",
    contract: contract.id,
    issued: timeText(rules, contract.issue.occurredAt),
    fact: contract.issue.fact,
    value: measureText(rules, valueMeasure(reward), contract.issue.value),
    rate: reward.rate,
    commission: moneyText(rules, contract.earnedBy(reward.months)),
    months: { before: months(window.start), now: months(window.end), of: reward.months },
    earned: sum(({ earned }) => earned),
    advanced: sum(({ advanced }) => advanced),
    repaid: sum(({ repaid }) => repaid),
    ...(lapse ? { lapsed: timeText(rules, lapse.event.at) } : {}),
    chargedBack: sum(({ chargedBack }) => chargedBack),
    balance: moneyText(rules, openAfter(all, contract.id, window.end)),
    paid: sum(({ paid }) => paid),
  };
}

import { type AdvanceReward, valueMeasure } from "#domain/plan/rewards/advance.ts";
import { order } from "../exact.ts";
import type { Numbers, Reckoned, Reckoner } from "../reckon.ts";
import { type Contract, contractsOf, nameless } from "./contracts.ts";
import { addedUp } from "./pieces.ts";

/** An issue pays the advance; a month earned repays advances before it pays; a lapse charges back what is open. */
export function advance(reckoners: readonly Reckoner[], reward: AdvanceReward): Reckoned[][] {
  const [any] = reckoners;
  if (!any) return [];
  const moved = any.book.where.people.map((id) => {
    if (nameless(any, reward, id).length > 0)
      any.warnings.push({ code: "no-contract", reward: reward.id, subject: id, blocks: false });
    return { id, moves: movesOf(reward, contractsOf(any, reward, id)) };
  });
  return reckoners.map((reckoner) => moved.flatMap(({ id, moves }) => awardOf(reckoner, reward, id, moves)));
}

/** What one event on a contract did. */
interface Move {
  readonly at: number;
  readonly what: "issue" | "lapse" | "month";
  readonly contract: Contract;
  readonly advanced: bigint;
  readonly earned: bigint;
  readonly repaid: bigint;
  readonly chargedBack: bigint;
  /** What is open on each contract afterwards. */
  readonly open: ReadonlyMap<string, bigint>;
}

interface Event extends Pick<Move, "at" | "what" | "contract"> {
  readonly month: number;
}

/** By instant; at one instant issues, lapses, earned months; then by contract, then by month. */
function eventsOf(contracts: readonly Contract[]): Event[] {
  const turns = ["issue", "lapse", "month"];
  return contracts
    .flatMap((contract): Event[] => [
      { at: contract.issue.at, what: "issue", contract, month: 0 },
      ...contract.months.map((at, index): Event => ({ at, what: "month", contract, month: index + 1 })),
      ...(contract.lapse === undefined ? [] : [{ at: contract.lapse, what: "lapse", contract, month: 0 } as const]),
    ])
    .sort(
      (a, b) =>
        a.at - b.at ||
        turns.indexOf(a.what) - turns.indexOf(b.what) ||
        order(a.contract.id, b.contract.id) ||
        a.month - b.month,
    );
}

function movesOf(reward: AdvanceReward, contracts: readonly Contract[]): Move[] {
  // In the order of issue: the oldest advance is repaid first.
  let open: ReadonlyMap<string, bigint> = new Map();
  return eventsOf(contracts).map(({ at, what, contract, month }): Move => {
    const { id, earnedBy } = contract;
    const own = open.get(id) ?? 0n;
    const none = { at, what, contract, advanced: 0n, earned: 0n, repaid: 0n, chargedBack: 0n };
    if (what === "issue") {
      open = new Map([...open, [id, contract.advance]]);
      return { ...none, advanced: contract.advance, open };
    }
    if (what === "lapse") {
      open = new Map([...open, [id, 0n]]);
      return { ...none, chargedBack: reward.unearned === "chargeBack" ? own : 0n, open };
    }
    const earned = earnedBy(month) - earnedBy(month - 1);
    let left = earned;
    for (const debt of reward.recovery === "contract" ? [id] : [id, ...open.keys()]) {
      const owed = open.get(debt) ?? 0n;
      const repaid = owed < left ? owed : left;
      left -= repaid;
      open = new Map([...open, [debt, owed - repaid]]);
    }
    return { ...none, earned, repaid: earned - left, open };
  });
}

function paidBy({ advanced, earned, repaid, chargedBack }: Move): bigint {
  return advanced + earned - repaid - chargedBack;
}

/** What moved in a slice; what moves while the plan is followed up belongs to the slice with which its period ends. */
function awardOf(reckoner: Reckoner, reward: AdvanceReward, id: string, moves: readonly Move[]): Reckoned[] {
  const { span, instants } = reckoner;
  const end = span.end === instants.end ? instants.followUpEnd : span.end;
  const now = moves.filter(({ at }) => span.start <= at && at < end);
  if (now.length === 0) return [];
  const contracts = [...new Map(now.map(({ contract }) => [contract.id, contract])).values()];
  const open = now.at(-1)?.open ?? new Map();
  const steps = contracts.map((contract): Numbers => {
    const of = (all: readonly Move[]) => all.filter((move) => move.contract.id === contract.id);
    const own = of(now);
    const months = (until: number) => of(moves).filter(({ at, what }) => what === "month" && at < until).length;
    const text = (what: (move: Move) => bigint) => reckoner.moneyText(addedUp(own, what));
    const lapse = own.find(({ what }) => what === "lapse");
    return {
      step: "contract",
      contract: contract.id,
      issued: reckoner.time(contract.issue.at),
      fact: contract.issue.key,
      value: reckoner.valueText(valueMeasure(reward), contract.issue.value),
      rate: reward.rate,
      commission: reckoner.moneyText(contract.earnedBy(reward.months)),
      months: { before: months(span.start), now: months(end), of: reward.months },
      earned: text(({ earned }) => earned),
      advanced: text(({ advanced }) => advanced),
      repaid: text(({ repaid }) => repaid),
      lapsed: lapse && reckoner.time(lapse.at),
      chargedBack: text(({ chargedBack }) => chargedBack),
      balance: reckoner.moneyText(open.get(contract.id) ?? 0n),
      paid: text(paidBy),
    };
  });
  const amount = addedUp(now, paidBy);
  const none = amount === 0n ? [{ step: "nothing", reason: "repays-advance" }] : [];
  return [{ payee: { kind: "participant", id }, amount, trace: [...steps, ...none] }];
}

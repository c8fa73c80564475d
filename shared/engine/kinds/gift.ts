import { addExact, toSafeInteger } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { GiftReward } from "#domain/plan/rewards/gift.ts";
import { running } from "../aggregate.ts";
import { type Award, type Claim, type Deciding, type Entrant, moneyMinor, payeeOf, timeText } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import { aggregateOf, type Contribution } from "../standings.ts";
import { exact, measured, over, whole } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { GATE_NOT_PASSED, nothingFor } from "./scale.ts";

/** Pieces that one fact earns, and for whom. */
interface Handing extends Claim {
  readonly recipient?: string;
}

/** Pieces of an item for facts or subjects that qualify, in time order while the stock lasts. */
export const gift: RewardKind<GiftReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    return [
      ...excluded,
      ...entrants.map((entrant) =>
        entrant.qualified ? giftTo(deciding, reward, entrant) : nothingFor(reward, entrant, GATE_NOT_PASSED),
      ),
    ];
  },
  liability({ plan }, reward) {
    const stock = plan.stocks.find(({ id }) => id === reward.stock);
    if (!stock) return { unboundedBecause: `${reward.id} gives ${reward.item}, and no stock limits how many` };
    const price = reward.value === undefined ? 0 : moneyMinor({ plan }, reward.value);
    return { amountMinor: toSafeInteger(BigInt(price) * BigInt(stock.quantity)) };
  },
};

function giftTo(deciding: Deciding, reward: GiftReward, { subject, steps }: Entrant): Award {
  const facts = deciding.standings.contributions(reward.measure, reward.level, subject) ?? [];
  const earned = handingsOf(deciding, reward, subject, facts);
  const given = withinLimit(reward, earned);
  const amountMinor = sumOf(given);
  warnOfUnnamed(deciding, reward, subject, facts);
  const step: Step = {
    step: "gifts",
    item: reward.item,
    pieces: String(reward.pieces),
    for: typeof reward.for === "string" ? reward.for : "every",
    ...(typeof reward.for === "string" ? {} : { every: reward.for.every }),
    earned: String(sumOf(earned)),
    ...(reward.atMost ? { limit: String(reward.atMost.pieces) } : {}),
    amount: String(amountMinor),
    given: given.map(({ at, fact, recipient, amountMinor: pieces }) => ({
      fact,
      occurredAt: timeText(deciding.rules, at),
      ...(recipient === undefined ? {} : { recipient }),
      pieces: String(pieces),
    })),
  };
  const nothing: Step[] =
    amountMinor === 0 ? [{ step: "nothing", reason: "no-gift", message: "nothing was sold that earns a gift" }] : [];
  return {
    subject: payeeOf(reward, subject),
    amountMinor,
    steps: [...steps, step, ...nothing],
    claims: given.map(({ at, fact, amountMinor: pieces }) => ({ at, fact, amountMinor: pieces })),
  };
}

function handingsOf(
  deciding: Deciding,
  reward: GiftReward,
  subject: string,
  facts: readonly Contribution[],
): Handing[] {
  if (typeof reward.for === "object") return everyOf(deciding, reward, subject, reward.for.every);
  const seen = new Set<string>();
  return facts.flatMap((fact): Handing[] => {
    if (fact.value <= 0) return [];
    const recipient = recipientOf(reward, fact);
    if (recipient === undefined) return [];
    if (reward.for === "eachRecipient" && seen.has(recipient)) return [];
    seen.add(recipient);
    const handing = { at: fact.occurredAt, fact: fact.fact, amountMinor: reward.pieces };
    return [reward.to === "payee" ? handing : { ...handing, recipient }];
  });
}

/** As many as the value holds at the end; each is earned by the fact with which the running value first held it. */
function everyOf(
  { rules, standings }: Deciding,
  { measure, level, pieces }: GiftReward,
  subject: string,
  every: string,
): Handing[] {
  const timesIn = (value: number) => {
    const held = over(measured(rules, measure, value), exact(every));
    return held.num <= 0n ? 0n : whole(held);
  };
  const atTheEnd = timesIn(standings.measured(measure, level, subject).value);
  const after = running(aggregateOf(rules, measure));
  let reached = 0n;
  return (standings.contributions(measure, level, subject) ?? []).flatMap((fact): Handing[] => {
    const held = timesIn(after(fact));
    const now = held < atTheEnd ? held : atTheEnd;
    if (now <= reached) return [];
    const amountMinor = toSafeInteger((now - reached) * BigInt(pieces));
    reached = now;
    return [{ at: fact.occurredAt, fact: fact.fact, amountMinor }];
  });
}

/** Empty for the payee; undefined where the fact names nobody. */
function recipientOf({ to }: GiftReward, { labels }: Contribution): string | undefined {
  return to === "payee" ? "" : labels?.[to.attribute];
}

function withinLimit({ atMost }: GiftReward, handings: readonly Handing[]): Handing[] {
  if (!atMost) return [...handings];
  const had = new Map<string, number>();
  return handings.flatMap((handing): Handing[] => {
    const key = atMost.each === "recipient" ? (handing.recipient ?? "") : "";
    const before = had.get(key) ?? 0;
    const amountMinor = Math.min(handing.amountMinor, atMost.pieces - before);
    had.set(key, before + amountMinor);
    return amountMinor === 0 ? [] : [{ ...handing, amountMinor }];
  });
}

function warnOfUnnamed(
  { warnings }: Deciding,
  reward: GiftReward,
  subject: string,
  facts: readonly Contribution[],
): void {
  if (reward.to === "payee") return;
  const unnamed = facts.filter((fact) => fact.value > 0 && recipientOf(reward, fact) === undefined);
  if (unnamed.length === 0) return;
  const keys = unnamed.map(({ fact }) => fact).join(", ");
  warnings.push({
    code: "recipient-unnamed",
    reward: reward.id,
    subject,
    message: `${keys} of ${subject} name nobody under ${reward.to.attribute}, so nobody receives ${reward.item} for them`,
    blocks: false,
  });
}

function sumOf(handings: readonly Handing[]): number {
  return handings.reduce((sum, { amountMinor }) => addExact(sum, amountMinor), 0);
}

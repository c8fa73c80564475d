import type { PenaltyReward } from "#domain/plan/rewards/penalty.ts";
import type { Fraction } from "../exact.ts";
import { isBelow, less } from "../fractions.ts";
import { positionText } from "../positions.ts";
import { type Candidate, GATE, type Numbers, type Reckoned, type Reckoner } from "../reckon.ts";

interface Judged extends Pick<Candidate, "id" | "payee" | "trace"> {
  readonly at: Fraction;
}

/** Cards and fines for those below a mark or among the last; in which slices somebody was carded decides what the next one is. */
export function penalty(reckoners: readonly Reckoner[], reward: PenaltyReward): Reckoned[][] {
  /** By subject the slices whose cards count. */
  const carded = new Map<string, readonly number[]>();
  return reckoners.map((reckoner, slice) => {
    const { judged, spared } = judgedIn(reckoner, reward);
    const awards = judged.map((own) => {
      const why = becauseOf(reckoner, reward, judged, own);
      if (!why)
        return [{ payee: own.payee, amount: 0n, trace: [...own.trace, { step: "nothing", reason: "no-penalty" }] }];
      const cards = [...stillCounting(reward, slice, carded.get(own.id) ?? []), slice];
      const { escalate } = reward;
      const next = escalate && cards.length >= escalate.after ? escalate : undefined;
      carded.set(own.id, next?.next === "restart" ? [] : cards);
      const { card, fine } = next ?? reward;
      const insteadOf = next && reward.card;
      return linesOf(reckoner, own, { step: "penalty", card, ...why, cards: cards.length, insteadOf, fine });
    });
    if (awards.some(([line]) => line?.part !== undefined))
      reckoner.warnings.push({ code: "penalty", reward: reward.id, blocks: false });
    return [...spared, ...awards.flat()];
  });
}

/** Everybody on file in the audience, with what they have, which may be nothing; a gate that is not passed spares. */
function judgedIn(reckoner: Reckoner, reward: PenaltyReward): { judged: Judged[]; spared: Reckoned[] } {
  const { judged: everybody, barred } = reckoner.everybody(reward);
  const isAddressed = ({ payee: { kind, id } }: Pick<Reckoned, "payee">) =>
    reckoner.book.isAddressed(kind, id, reckoner.last);
  const judged: Judged[] = [];
  const spared = barred.filter(isAddressed);
  for (const { id, payee, passes, trace: gates } of everybody.filter(isAddressed)) {
    const { step, at } = reckoner.looked(reward.measure, reward.level, id);
    const trace = [step, ...gates];
    if (!passes) spared.push({ payee, amount: 0n, trace: [...gates, GATE] });
    else if (!at) spared.push({ payee, amount: 0n, trace: [...trace, { step: "excluded", reason: "empty-ratio" }] });
    else judged.push({ id, payee, trace, at });
  }
  return { judged, spared };
}

function becauseOf(
  reckoner: Reckoner,
  { when, measure }: PenaltyReward,
  all: readonly Judged[],
  { id, at }: Judged,
): Numbers | undefined {
  const value = positionText(reckoner, { measure }, at);
  if ("below" in when) {
    const mark = reckoner.threshold(measure, when.below, id);
    const missing = less(reckoner.measured(measure, mark), at);
    if (missing.over <= 0n) return undefined;
    const threshold = reckoner.valueText(measure, mark);
    return { because: "below", value, threshold, missing: positionText(reckoner, { measure }, missing) };
  }
  const lower = all.filter((other) => isBelow(other.at, at)).length;
  const higher = all.filter((other) => isBelow(at, other.at)).length;
  const among = when.ties === "all" ? lower + 1 : all.length - higher;
  return among > when.last ? undefined : { because: "last", value, rank: higher + 1, of: all.length };
}

/** Of the slices with a card before, those whose card counts with one now. */
function stillCounting({ escalate }: PenaltyReward, now: number, cards: readonly number[]): readonly number[] {
  if (!escalate) return [];
  const { over } = escalate;
  if (over === "inARow") return cards.includes(now - 1) ? cards : [];
  return cards.filter((slice) => slice > now - over.slices);
}

/** The card is an honour of its own unit, the fine money below zero. */
function linesOf(
  reckoner: Reckoner,
  { payee, trace: before }: Judged,
  step: Numbers & { card: string; fine: string | undefined },
): Reckoned[] {
  const { card, fine } = step;
  const trace = [...before, step];
  const amount = fine === undefined ? 0n : -reckoner.money(fine);
  return [
    { payee, amount: 1n, part: card, unit: `honour:${card}`, trace },
    ...(amount === 0n ? [] : [{ payee, amount, trace }]),
  ];
}

import type { GiftReward } from "#domain/plan/rewards/gift.ts";
import type { Sale } from "../book.ts";
import { fraction } from "../exact.ts";
import { quotient } from "../fractions.ts";
import { type Candidate, failing, type Reckoned, type Reckoner, totals } from "../reckon.ts";
import { addedUp, labelOf } from "./pieces.ts";

/** Pieces that one fact earned, and for whom; the payee has no name here. */
interface Handed {
  readonly sale: Sale;
  readonly recipient: string | undefined;
  readonly pieces: bigint;
}

/** Pieces for each fact, for each recipient, or for each time that the value holds so much. */
export function gift(reckoner: Reckoner, reward: GiftReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const { payee, trace } = candidate;
  const earned =
    typeof reward.for === "string" ? ofFacts(reckoner, reward, candidate) : ofValue(reckoner, reward, candidate);
  const given = limited(reward, earned);
  const [before, amount] = [earned, given].map((all) => addedUp(all, ({ pieces }) => pieces));
  const step = {
    step: "gifts",
    item: reward.item,
    pieces: String(reward.pieces),
    for: typeof reward.for === "string" ? reward.for : "every",
    every: typeof reward.for === "string" ? undefined : reward.for.every,
    earned: String(before),
    limit: reward.atMost && String(reward.atMost.pieces),
    amount: String(amount),
    given: given.map(({ sale, recipient, pieces }) => {
      return { fact: sale.key, occurredAt: reckoner.time(sale.at), recipient, pieces: String(pieces) };
    }),
  };
  const nothing = amount === 0n ? [{ step: "nothing", reason: "no-gift" }] : [];
  const claims = given.map(({ sale: { at, key: fact }, pieces }) => ({ at, fact, amount: pieces }));
  return { payee, amount: amount ?? 0n, trace: [...trace, step, ...nothing], claims };
}

function ofFacts(reckoner: Reckoner, reward: GiftReward, { id, sales }: Candidate): Handed[] {
  const { to } = reward;
  const pieces = BigInt(reward.pieces);
  const above = sales.filter(({ value }) => value > 0n);
  const named = above.flatMap((sale): Handed[] => {
    if (to === "payee") return [{ sale, recipient: undefined, pieces }];
    const recipient = labelOf(sale, to.attribute);
    return recipient === undefined ? [] : [{ sale, recipient, pieces }];
  });
  if (named.length < above.length)
    reckoner.warnings.push({ code: "recipient-unnamed", reward: reward.id, subject: id, blocks: false });
  if (reward.for === "eachFact") return named;
  return named.filter((own, index) => named.findIndex(({ recipient }) => recipient === own.recipient) === index);
}

/** What the value holds in the end, each earned when the running value first held it. */
function ofValue(reckoner: Reckoner, reward: GiftReward, { sales, value }: Candidate): Handed[] {
  if (typeof reward.for === "string") return [];
  const step = fraction(reward.for.every);
  const held = (own: bigint) => {
    const { over, under } = quotient(reckoner.measured(reward.measure, own), step);
    return over > 0n ? over / under : 0n;
  };
  const atTheEnd = held(value);
  const after = totals(sales).map(held);
  let had = 0n;
  return sales.flatMap((sale, index): Handed[] => {
    const now = after[index] ?? 0n;
    const counted = now < atTheEnd ? now : atTheEnd;
    if (counted <= had) return [];
    const pieces = (counted - had) * BigInt(reward.pieces);
    had = counted;
    return [{ sale, recipient: undefined, pieces }];
  });
}

/** The first pieces in time; the last gift may be given in part. */
function limited({ atMost }: GiftReward, earned: readonly Handed[]): Handed[] {
  if (!atMost) return [...earned];
  const left = new Map<string | undefined, bigint>();
  return earned.flatMap((handed): Handed[] => {
    const whose = atMost.each === "recipient" ? handed.recipient : undefined;
    const room = left.get(whose) ?? BigInt(atMost.pieces);
    const pieces = handed.pieces < room ? handed.pieces : room;
    left.set(whose, room - pieces);
    return pieces === 0n ? [] : [{ ...handed, pieces }];
  });
}

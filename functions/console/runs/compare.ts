import type { Answer } from "../api/client.ts";
import { sum } from "../format/exact.ts";
import { difference } from "../format/numbers.ts";
import { type Cause, causesOf } from "./causes.ts";
import type { Line } from "./types.ts";

/** What the API tells of two runs: one answer is about some of the payees, each payee in one answer. */
export type RunComparison = Answer<"compareRuns">;
export type PayeeChange = RunComparison["items"][number];
export type CurrencyChange = RunComparison["totals"][number];
type Compared = Answer<"comparePayee">["lines"][number];

/** A line that one of two runs has with another amount, or has alone. */
export interface LineChange {
  readonly lineId: string;
  readonly reward: string;
  readonly slice?: string | undefined;
  readonly part?: string | undefined;
  readonly currency: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly difference: string;
  readonly causes: readonly Cause[];
}

export interface AddedUp {
  readonly totals: readonly CurrencyChange[];
  /** Of each currency the largest differences first. */
  readonly payees: readonly PayeeChange[];
}

/** @param limit how many payees of each currency every answer names; as many are the largest of all */
export function addedUp(answers: readonly RunComparison[], limit: number): AddedUp {
  const totals = new Map<string, CurrencyChange>();
  for (const total of answers.flatMap((answer) => answer.totals)) {
    const known = totals.get(total.currency);
    totals.set(total.currency, known ? both(known, total) : total);
  }
  const named = Map.groupBy(
    answers.flatMap(({ items }) => items),
    ({ currency }) => currency,
  );
  const ordered = [...totals.values()].sort(
    (a, b) => inKind(a.currency) - inKind(b.currency) || compareText(a.currency, b.currency),
  );
  return { totals: ordered, payees: ordered.flatMap(({ currency }) => largest(named.get(currency) ?? [], limit)) };
}

function both(a: CurrencyChange, b: CurrencyChange): CurrencyChange {
  return {
    currency: a.currency,
    before: sum(a.before, b.before),
    after: sum(a.after, b.after),
    difference: sum(a.difference, b.difference),
    payees: {
      more: a.payees.more + b.payees.more,
      less: a.payees.less + b.payees.less,
      same: a.payees.same + b.payees.same,
      new: a.payees.new + b.payees.new,
      gone: a.payees.gone + b.payees.gone,
    },
    changed: a.changed + b.changed,
    matching: a.matching + b.matching,
  };
}

/** In the order in which each answer has them. Amounts of one currency have as many decimals, so that their digits can be compared. */
function largest(payees: readonly PayeeChange[], limit: number): PayeeChange[] {
  return payees
    .map((payee) => ({ payee, size: BigInt(payee.difference.replaceAll(/[-.]/g, "")), key: payeeKey(payee) }))
    .sort((a, b) => (a.size === b.size ? compareText(a.key, b.key) : a.size > b.size ? -1 : 1))
    .slice(0, limit)
    .map(({ payee }) => payee);
}

export function payeeKey({ payee: { kind, id } }: Pick<PayeeChange, "payee">): string {
  return `${kind}:${id}`;
}

function inKind(currency: string): number {
  return currency.includes(":") ? 1 : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What differs of a payee's lines, and why. */
export function lineChanges(compared: readonly Compared[]): LineChange[] {
  return compared.flatMap(({ lineId, currency, before, after }) => {
    const line = after ?? before;
    return line === undefined ? [] : [changeOf({ lineId, currency, before, after }, line)];
  });
}

function changeOf({ lineId, currency, before, after }: Compared, { reward, slice, part }: Line): LineChange {
  return {
    lineId,
    reward,
    slice,
    part,
    currency,
    before: before?.amount,
    after: after?.amount,
    difference: difference(after?.amount ?? "0", before?.amount ?? "0"),
    causes: before && after ? causesOf(before.trace, after.trace) : [],
  };
}

import { compareDecimals, isZero, sum } from "../format/exact.ts";
import { difference } from "../format/numbers.ts";
import { type Cause, causesOf } from "./causes.ts";
import type { Line, Payee } from "./types.ts";

export type Side = "before" | "after";

/** A line that one of two runs has with another amount, or has alone. */
export interface LineChange {
  readonly lineId: string;
  readonly reward: string;
  readonly slice?: string;
  readonly part?: string;
  readonly currency: string;
  readonly before?: string;
  readonly after?: string;
  readonly difference: string;
  readonly causes: readonly Cause[];
}

/** A payee's whole amount in both runs, and the lines that make the difference. Benefits in kind have a row of their own. */
export interface PayeeChange {
  readonly key: string;
  readonly payee: Payee;
  readonly currency: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly lines: readonly LineChange[];
}

interface Sums {
  readonly payee: Payee;
  readonly currency: string;
  before: string;
  after: string;
  readonly lines: LineChange[];
}

/**
 * The lines of two runs side by side, as they are read. A line is kept until its counterpart comes; both listings are in the same
 * order, so few wait at a time, and what had no difference is not kept.
 */
export class Comparison {
  readonly #waiting: Readonly<Record<Side, Map<string, Line>>> = { before: new Map(), after: new Map() };
  readonly #payees = new Map<string, Sums>();

  add(side: Side, lines: readonly Line[]): void {
    const other = this.#waiting[side === "before" ? "after" : "before"];
    for (const line of lines) {
      const counterpart = other.get(line.lineId);
      if (counterpart === undefined) {
        this.#waiting[side].set(line.lineId, line);
        continue;
      }
      other.delete(line.lineId);
      if (side === "before") this.#pair(line, counterpart);
      else this.#pair(counterpart, line);
    }
  }

  /** Nothing more comes: what still waits has no counterpart. */
  finish(): void {
    for (const line of this.#waiting.before.values()) this.#pair(line, undefined);
    for (const line of this.#waiting.after.values()) this.#pair(undefined, line);
    this.#waiting.before.clear();
    this.#waiting.after.clear();
  }

  /** The largest differences first, whichever way they go. */
  changes(): PayeeChange[] {
    return [...this.#payees]
      .filter(([, { lines }]) => lines.length > 0)
      .map(([key, sums]) => ({ key, ...sums, difference: difference(sums.after, sums.before) }))
      .sort((a, b) => compareDecimals(size(b.difference), size(a.difference)) || (a.key < b.key ? -1 : 1));
  }

  #pair(before: Line | undefined, after: Line | undefined): void {
    const line = after ?? before;
    if (line === undefined) return;
    const sums = this.#sumsOf(line);
    sums.before = sum(sums.before, before?.amount ?? "0");
    sums.after = sum(sums.after, after?.amount ?? "0");
    const gap = difference(after?.amount ?? "0", before?.amount ?? "0");
    if (!isZero(gap)) sums.lines.push(changeOf(line, before, after, gap));
  }

  #sumsOf({ payee, currency }: Line): Sums {
    const key = `${payee.kind} ${payee.id} ${currency}`;
    const known = this.#payees.get(key);
    if (known) return known;
    const sums: Sums = { payee, currency, before: "0", after: "0", lines: [] };
    this.#payees.set(key, sums);
    return sums;
  }
}

function changeOf(line: Line, before: Line | undefined, after: Line | undefined, gap: string): LineChange {
  const { lineId, reward, slice, part, currency } = line;
  return {
    lineId,
    reward,
    currency,
    ...(slice === undefined ? {} : { slice }),
    ...(part === undefined ? {} : { part }),
    ...(before ? { before: before.amount } : {}),
    ...(after ? { after: after.amount } : {}),
    difference: gap,
    causes: before && after ? causesOf(before.trace, after.trace) : [],
  };
}

function size(amount: string): string {
  return amount.replace(/^-/, "");
}

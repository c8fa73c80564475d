import type { Answer } from "../api/client.ts";
import { compareDecimals, sum } from "../format/exact.ts";
import { difference } from "../format/numbers.ts";

export type Summary = Answer<"listCampaigns">["items"][number];
type Budget = NonNullable<Summary["newestRun"]>["budgets"][number];

/** All budgets of a campaign as one, in decimal texts. */
export interface Used {
  readonly amount: string;
  readonly used: string;
  /** By how much budgets are exceeded, each by itself: what another has left does not help. */
  readonly over: string | undefined;
}

/** What is used of all budgets together; undefined where there is none. */
export function usedOf(budgets: readonly Budget[]): Used | undefined {
  if (budgets.length === 0) return undefined;
  const total = (values: readonly string[]) => values.reduce(sum, "0");
  const over = budgets.filter(isOver).map(({ left }) => difference("0", left));
  return {
    amount: total(budgets.map(({ amount }) => amount)),
    used: total(budgets.map(({ used }) => used)),
    over: over.length === 0 ? undefined : total(over),
  };
}

export function isOver({ left }: Pick<Budget, "left">): boolean {
  return compareDecimals(left, "0") < 0;
}

/** Where things stand on a bar, from 0 to 100. */
export interface Places {
  readonly used: number;
  readonly end: number;
  /** Where the most that can be paid lies; at the bar's end where it lies beyond. */
  readonly most: number | undefined;
}

/** The bar ends at the largest of budget, what is used, and, up to twice the budget, the most that can be paid. Floats serve for drawing only. */
export function placesOf({ amount, used }: Used, most: string | undefined): Places {
  const bound = most === undefined ? 0 : Math.min(Number(most), 2 * Number(amount));
  const whole = Math.max(Number(amount), Number(used), bound) || 1;
  const place = (text: string) => Math.max(0, Math.min(100, (Number(text) / whole) * 100));
  return { used: place(used), end: place(amount), most: most === undefined ? undefined : place(most) };
}

import type { Line, Payee } from "#domain/line.ts";
import { parseMoney } from "#domain/money.ts";
import type { Posting } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";

/** What a line is now against what was posted for it before. */
export interface Difference {
  readonly lineId: string;
  readonly reward: string;
  readonly payee: Payee;
  readonly currency: string;
  /** The line's amount now; 0 for one that is no longer due. */
  readonly amountMinor: number;
  readonly deltaMinor: number;
}

/**
 * Only differences are posted: an unchanged line gives none, and nothing is reversed and booked again.
 *
 * @param balances the newest posting of each line that was ever posted
 */
export function differences(
  lines: readonly Line[],
  balances: readonly Pick<Posting, "lineId" | "reward" | "payee" | "currency" | "balanceMinor">[],
): Difference[] {
  const posted = new Map(balances.map((posting) => [posting.lineId, posting]));
  const found: Difference[] = lines.map((line) => {
    const amountMinor = parseMoney(line.amount, line.currency) ?? Number.NaN;
    return {
      lineId: line.lineId,
      reward: line.reward,
      payee: line.payee,
      currency: line.currency,
      amountMinor,
      deltaMinor: amountMinor - (posted.get(line.lineId)?.balanceMinor ?? 0),
    };
  });
  const present = new Set(lines.map((line) => line.lineId));
  for (const { lineId: id, reward, payee, currency, balanceMinor } of balances) {
    if (!present.has(id))
      found.push({ lineId: id, reward, payee, currency, amountMinor: 0, deltaMinor: -balanceMinor });
  }
  return found.filter(({ deltaMinor }) => deltaMinor !== 0).sort((a, b) => compareText(a.lineId, b.lineId));
}

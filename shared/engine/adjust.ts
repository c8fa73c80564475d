import type { Adjustment } from "#domain/adjustment.ts";
import { addExact } from "#domain/decimal.ts";
import { type Line, lineId, type Settlement } from "#domain/line.ts";
import { formatMoney, parseMoney } from "#domain/money.ts";
import { compareText } from "#domain/text.ts";
import { hashOf } from "./hash.ts";

/**
 * What the rules give, and beside it what people added to it or took from it: one line an adjustment, whose part is its number. A run
 * is this as a whole, so what is posted is still what is computed from scratch, and no later run undoes an adjustment. Without any it
 * is the settlement itself, with its hashes.
 */
export function withAdjustments(settlement: Settlement, adjustments: readonly Adjustment[]): Settlement {
  if (adjustments.length === 0) return settlement;
  const { inputHash, resultHash: _, asOf, ...computed } = settlement;
  const ordered = [...adjustments].sort((a, b) => compareText(a.id, b.id));
  const byReward = { ...computed.totals.byReward };
  let { all } = computed.totals;
  for (const { reward, amount, currency } of ordered) {
    byReward[reward] = sum(byReward[reward] ?? formatMoney(0, currency), amount, currency);
    all = sum(all, amount, currency);
  }
  const result = {
    ...computed,
    lines: [...computed.lines, ...ordered.map(lineOf)].sort((a, b) => compareText(a.lineId, b.lineId)),
    totals: { ...computed.totals, byReward, all },
  };
  return {
    inputHash: hashOf({ computed: inputHash, adjustments: ordered }),
    resultHash: hashOf(result),
    asOf,
    ...result,
  };
}

function lineOf({ id: _, payee, reward, amount, currency, ...told }: Adjustment): Line {
  const part = `manual-${told.number}`;
  const paid = formatMoney(minor(amount, currency), currency);
  return {
    lineId: lineId(reward, payee, undefined, part),
    reward,
    payee,
    part,
    amount: paid,
    currency,
    trace: [{ step: "manual", ...told, amount: paid }],
  };
}

function sum(a: string, b: string, currency: string): string {
  return formatMoney(addExact(minor(a, currency), minor(b, currency)), currency);
}

function minor(amount: string, currency: string): number {
  return parseMoney(amount, currency) ?? Number.NaN;
}

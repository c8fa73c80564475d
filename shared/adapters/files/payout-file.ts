import { addExact } from "#domain/decimal.ts";
import { currencyDigits, formatMoney } from "#domain/money.ts";
import type { Payout } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import type { PayoutFileMeta } from "#ports/system.ts";
import { writeCsv } from "./csv-writer.ts";
import { writeXlsx } from "./xlsx-writer.ts";

const HEADER = [
  "payee_kind",
  "payee_id",
  "name",
  "unit",
  "currency",
  "posted",
  "brought_forward",
  "paid",
  "carried_forward",
  "benefits",
  "run_id",
  "result_hash",
] as const;

const WIDTHS = [12, 20, 20, 16, 9, 14, 16, 14, 16, 28, 28, 66];

/** The sums of money in a payout, in the order of the file's columns. */
const SUMS = ["postedMinor", "broughtForwardMinor", "paidMinor", "carriedForwardMinor"] as const;

interface PayoutRow {
  readonly before: readonly string[];
  readonly currency: string;
  readonly sumsMinor: readonly number[];
  /** `item:rice 2; points:stars 300`: what is handed out beside the money. */
  readonly benefits: string;
}

/** One row a payee in order of kind and id, then a total for each currency. The same payouts give the same bytes. */
export async function payoutCsv(payouts: readonly Payout[], meta: PayoutFileMeta): Promise<Uint8Array> {
  const { rows, totals } = tableOf(payouts);
  return writeCsv([
    HEADER,
    ...[...rows, ...totals].map(({ before, currency, sumsMinor, benefits }) => [
      ...before,
      currency,
      ...sumsMinor.map((minor) => ({ decimal: formatMoney(minor, currency) })),
      benefits,
      meta.runId,
      meta.resultHash,
    ]),
  ]);
}

/** The same table as a workbook, with money as numbers. */
export function payoutXlsx(payouts: readonly Payout[], meta: PayoutFileMeta): Promise<Uint8Array> {
  const { rows, totals } = tableOf(payouts);
  return writeXlsx({
    name: "Payout",
    widths: WIDTHS,
    totalRows: totals.length,
    rows: [
      HEADER,
      ...[...rows, ...totals].map(({ before, currency, sumsMinor, benefits }) => [
        ...before,
        currency,
        ...sumsMinor.map((minor) => ({ decimal: formatMoney(minor, currency), digits: currencyDigits(currency) ?? 2 })),
        benefits,
        meta.runId,
        meta.resultHash,
      ]),
    ],
  });
}

function tableOf(payouts: readonly Payout[]): { rows: PayoutRow[]; totals: PayoutRow[] } {
  const rows = payouts
    .map(
      (payout): PayoutRow => ({
        before: [payout.payee.kind, payout.payee.id, payout.name, payout.unit],
        currency: payout.currency,
        sumsMinor: SUMS.map((sum) => payout[sum]),
        benefits: (payout.benefits ?? []).map(({ unit, quantity }) => `${unit} ${quantity}`).join("; "),
      }),
    )
    .sort((a, b) => compareText(sortKey(a), sortKey(b)));
  const sumsByCurrency = new Map<string, readonly number[]>();
  for (const { currency, sumsMinor } of rows) {
    const sums = sumsByCurrency.get(currency);
    sumsByCurrency.set(currency, sums ? sums.map((sum, index) => addExact(sum, sumsMinor[index] ?? 0)) : sumsMinor);
  }
  const totals = [...sumsByCurrency]
    .sort(([a], [b]) => compareText(a, b))
    .map(([currency, sumsMinor]): PayoutRow => ({ before: ["total", "", "", ""], currency, sumsMinor, benefits: "" }));
  return { rows, totals };
}

function sortKey({ before, currency }: PayoutRow): string {
  const [kind = "", id = ""] = before;
  return [kind, id, currency].join("\u0000");
}

import type { Boards } from "#domain/board.ts";
import type { HeldLine, Line } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import type { Payout, Posting, Statement } from "#domain/run.ts";
import { type ExportColumn, type ExportOptions, exportFile, number } from "./export-file.ts";

/** The tables that people fetch. Ids and days are texts, amounts are numbers; what a trace says is in the JSON answer. */

const money = (minor: number, currency: string) => number(formatMoney(minor, currency));

type AnyLine = Line & Pick<HeldLine, "due">;

const LINE: readonly ExportColumn<AnyLine>[] = [
  { en: "line_id", zh: "明细编号", width: 36, cell: ({ lineId }) => lineId },
  { en: "reward", zh: "奖励", width: 18, cell: ({ reward }) => reward },
  { en: "slice", zh: "周期", width: 10, cell: ({ slice }) => slice },
  { en: "part", zh: "分期", width: 10, cell: ({ part }) => part },
  { en: "payee_kind", zh: "对象类型", width: 12, cell: ({ payee }) => payee.kind },
  { en: "payee_id", zh: "对象编号", width: 20, cell: ({ payee }) => payee.id },
  { en: "amount", zh: "金额", width: 14, cell: ({ amount }) => number(amount) },
  { en: "currency", zh: "币种", width: 12, cell: ({ currency }) => currency },
  { en: "rank", zh: "名次", width: 8, cell: ({ rank }) => (rank === undefined ? undefined : number(String(rank))) },
];

const POSTING: readonly ExportColumn<Posting>[] = [
  { en: "line_id", zh: "明细编号", width: 36, cell: ({ lineId }) => lineId },
  { en: "seq", zh: "序号", width: 6, cell: ({ seq }) => number(String(seq)) },
  { en: "run_id", zh: "批次", width: 28, cell: ({ runId }) => runId },
  { en: "reward", zh: "奖励", width: 18, cell: ({ reward }) => reward },
  { en: "payee_kind", zh: "对象类型", width: 12, cell: ({ payee }) => payee.kind },
  { en: "payee_id", zh: "对象编号", width: 20, cell: ({ payee }) => payee.id },
  { en: "amount", zh: "差额", width: 14, cell: ({ amountMinor, currency }) => money(amountMinor, currency) },
  { en: "balance", zh: "余额", width: 14, cell: ({ balanceMinor, currency }) => money(balanceMinor, currency) },
  { en: "currency", zh: "币种", width: 12, cell: ({ currency }) => currency },
  { en: "posted_at", zh: "记账时间", width: 26, cell: ({ postedAt }) => postedAt },
];

const PAYOUT: readonly ExportColumn<Payout>[] = [
  { en: "run_id", zh: "批次", width: 28, cell: ({ runId }) => runId },
  { en: "payee_kind", zh: "对象类型", width: 12, cell: ({ payee }) => payee.kind },
  { en: "payee_id", zh: "对象编号", width: 20, cell: ({ payee }) => payee.id },
  { en: "name", zh: "姓名", width: 20, cell: ({ name }) => name },
  { en: "unit", zh: "机构", width: 16, cell: ({ unit }) => unit },
  { en: "posted", zh: "本次应付", width: 14, cell: ({ postedMinor, currency }) => money(postedMinor, currency) },
  {
    en: "brought_forward",
    zh: "上期结转",
    width: 14,
    cell: ({ broughtForwardMinor, currency }) => money(broughtForwardMinor, currency),
  },
  { en: "paid", zh: "实付", width: 14, cell: ({ paidMinor, currency }) => money(paidMinor, currency) },
  {
    en: "carried_forward",
    zh: "结转下期",
    width: 14,
    cell: ({ carriedForwardMinor, currency }) => money(carriedForwardMinor, currency),
  },
  { en: "currency", zh: "币种", width: 12, cell: ({ currency }) => currency },
  {
    en: "benefits",
    zh: "实物权益",
    width: 28,
    cell: ({ benefits = [] }) => benefits.map(({ unit, quantity }) => `${unit} ${quantity}`).join("; "),
  },
];

type BoardLine = Boards["boards"][number] & { readonly row: Boards["boards"][number]["rows"][number] };

const BOARD: readonly ExportColumn<BoardLine>[] = [
  { en: "reward", zh: "奖励", width: 18, cell: ({ reward }) => reward },
  { en: "level", zh: "层级", width: 12, cell: ({ level }) => level },
  { en: "measure", zh: "指标", width: 14, cell: ({ measure }) => measure },
  {
    en: "rank",
    zh: "名次",
    width: 8,
    cell: ({ row: { rank } }) => (rank === undefined ? undefined : number(String(rank))),
  },
  { en: "subject", zh: "对象编号", width: 20, cell: ({ row }) => row.subject },
  { en: "name", zh: "名称", width: 20, cell: ({ row }) => row.name },
  { en: "value", zh: "数值", width: 14, cell: ({ row }) => number(row.value) },
  {
    en: "prize",
    zh: "奖金",
    width: 14,
    cell: ({ row: { prize } }) => (prize === undefined ? undefined : number(prize)),
  },
  { en: "target", zh: "目标", width: 12, cell: ({ row }) => row.target },
  { en: "reached_at", zh: "达成时间", width: 26, cell: ({ row }) => row.reachedAt },
  { en: "state", zh: "状态", width: 10, cell: ({ row }) => row.state },
  {
    en: "missing",
    zh: "差距",
    width: 14,
    cell: ({ row: { missing } }) => (missing === undefined ? undefined : number(missing)),
  },
];

type StatementLine = AnyLine & { readonly section: "due" | "held" | "component" };

const STATEMENT: readonly ExportColumn<StatementLine>[] = [
  { en: "section", zh: "部分", width: 12, cell: ({ section }) => section },
  ...LINE,
  { en: "due", zh: "到期时间", width: 26, cell: ({ due }) => due },
];

export function linesFile(lines: readonly Line[], options: ExportOptions): Promise<Uint8Array> {
  return exportFile("Lines", LINE, lines, options);
}

export function postingsFile(postings: readonly Posting[], options: ExportOptions): Promise<Uint8Array> {
  return exportFile("Postings", POSTING, postings, options);
}

export function payoutsFile(payouts: readonly Payout[], options: ExportOptions): Promise<Uint8Array> {
  return exportFile("Payouts", PAYOUT, payouts, options);
}

/** Every row of every board, in their order. */
export function boardsFile({ boards }: Boards, options: ExportOptions): Promise<Uint8Array> {
  const lines = boards.flatMap((board) => board.rows.map((row) => ({ ...board, row })));
  return exportFile("Boards", BOARD, lines, options);
}

/** What is due, then what is held, then what other lines count. */
export function statementFile(statement: Statement, options: ExportOptions): Promise<Uint8Array> {
  const { lines, held = [], components = [] } = statement;
  const rows = [
    ...lines.map((line) => ({ ...line, section: "due" as const })),
    ...held.map((line) => ({ ...line, section: "held" as const })),
    ...components.map((line) => ({ ...line, section: "component" as const })),
  ];
  return exportFile("Statement", STATEMENT, rows, options);
}

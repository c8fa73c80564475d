import type { RawTable, TextRecord } from "./raw-table.ts";

/** Names that people write over columns, in English and Chinese, and the column that they mean. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  participant_id: [
    "employee id",
    "employee no",
    "employee number",
    "staff id",
    "员工编号",
    "员工号",
    "工号",
    "人员编号",
  ],
  name: ["full name", "employee name", "姓名", "员工姓名", "名称", "机构名称", "网点名称"],
  unit: [
    "unit id",
    "branch",
    "branch id",
    "outlet",
    "store",
    "机构",
    "机构编号",
    "网点",
    "网点编号",
    "门店",
    "门店编号",
  ],
  parent: ["parent unit", "parent id", "belongs to", "上级机构", "上级", "上级机构编号"],
  level: ["tier", "层级", "机构层级", "级别"],
  role: ["position", "job", "角色", "岗位", "职务"],
  from: ["from date", "start date", "valid from", "开始日期", "入职日期", "生效日期"],
  to: ["to date", "end date", "valid to", "结束日期", "离职日期", "失效日期"],
  subject: ["target of", "考核对象", "对象"],
  measure: ["metric", "指标"],
  label: ["target name", "档位", "目标名称"],
  slice: ["period", "周期", "期间"],
  value: ["target", "target value", "score", "目标", "目标值", "分值", "得分"],
  kind: ["type", "类型"],
  source: ["system", "来源", "来源系统"],
  external_id: ["order id", "order no", "policy no", "policy number", "transaction id", "单号", "订单号", "保单号"],
  version: ["版本"],
  status: ["状态"],
  occurred_at: [
    "date",
    "sale date",
    "occurred at",
    "date and time",
    "日期",
    "时间",
    "发生时间",
    "出单时间",
    "销售日期",
  ],
  recorded_at: ["recorded at", "记录时间"],
  cancelled_at: ["cancelled at", "退保时间", "取消时间"],
  amount: ["premium", "sales amount", "金额", "保费", "销售额"],
  currency: ["币种", "货币"],
  quantity: ["qty", "count", "数量", "件数"],
  product: ["product code", "sku", "产品", "产品代码", "商品", "险种"],
  channel: ["渠道"],
  topic: ["kpi", "主题", "考核项"],
  splits: ["分成"],
  overlays: ["协同"],
};

const DAYS: ReadonlySet<string> = new Set(["from", "to"]);
const INSTANTS: ReadonlySet<string> = new Set(["occurred_at", "cancelled_at", "recorded_at"]);

/**
 * A table with the columns' own names over it, and days as `2018-05-01`. A name is changed only where it can mean nothing else: its
 * column is one that is asked for and has no other. Columns without a name and without a value are left out.
 *
 * @param columns that are asked for
 * @param constants cells that the import says for every row, where the file has no such column
 */
export function named(
  raw: RawTable,
  columns: readonly string[],
  constants: Readonly<Record<string, string>> = {},
): RawTable {
  const [header, ...body] = raw.records;
  if (header === undefined) return raw;
  const width = usedWidth(raw.records);
  const names = renamed(header.cells.slice(0, width), columns);
  const added = Object.entries(constants).filter(([column]) => !names.includes(column));
  // A spreadsheet saves rows that were emptied as commas.
  const filled = body.filter(({ line, cells }) => lastFilled(cells) > 0 || isTold(raw, line));
  const records = filled.map(({ line, cells }): TextRecord => {
    const own = cells.slice(0, Math.max(width, lastFilled(cells))).map((cell, at) => yearFirst(cell, names[at] ?? ""));
    return { line, cells: [...own, ...added.map(([, value]) => value)] };
  });
  return {
    ...raw,
    records: [{ line: header.line, cells: [...names, ...added.map(([column]) => column)] }, ...records],
  };
}

function isTold({ name, cellProblems }: RawTable, line: number): boolean {
  return cellProblems.some(({ path }) => path.startsWith(`${name}:${line}:`));
}

function renamed(header: readonly string[], columns: readonly string[]): string[] {
  const plain = header.map((name) => (columns.includes(name) ? name : (meant(name, columns) ?? name)));
  // Two names for one column: neither is taken, and the problem shows what the file has.
  return plain.map((name, at) => (plain.indexOf(name) === plain.lastIndexOf(name) ? name : (header[at] ?? name)));
}

function meant(name: string, columns: readonly string[]): string | undefined {
  const key = simple(name);
  return columns.find((column) => simple(column) === key || NAMES[column]?.some((other) => simple(other) === key));
}

/** Without case, spaces and what people put into brackets: `Amount (CNY)`. */
function simple(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\([^()]*\)|[\s_\-*:]/g, "");
}

/** Columns up to the last that has a name; a value beyond it is a cell too many. */
function usedWidth(records: readonly TextRecord[]): number {
  return Math.max(0, ...records.slice(0, 1).map(({ cells }) => lastFilled(cells)));
}

function lastFilled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell !== "") + 1;
}

/** `2018/5/1`, `2018年5月1日 8:05` → `2018-05-01`, `2018-05-01T08:05`; what has no year in front may mean two days and stays. */
function yearFirst(cell: string, column: string): string {
  if (!DAYS.has(column) && !INSTANTS.has(column)) return cell;
  const found = /^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d\d)(:\d\d(?:\.\d+)?)?)?$/.exec(cell);
  if (!found) return cell;
  const [, year = "", month = "", day = "", hour, minute = "", seconds = ""] = found;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return hour === undefined ? date : `${date}T${hour.padStart(2, "0")}:${minute}${seconds}`;
}

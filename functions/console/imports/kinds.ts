import type { ApiOperationId } from "#contracts/routes.ts";
import type { Answer } from "../api/client.ts";
import { csvFile } from "../format/csv.ts";

export type Import = Answer<"getImport">;
export type ImportKind = Import["kind"];

/** Kinds of files in the order of setting up a company, each with the operation that says who may import it. */
export const IMPORT_KINDS: readonly (readonly [kind: ImportKind, needs: ApiOperationId])[] = [
  ["people", "importPeople"],
  ["units", "importOrgUnits"],
  ["targets", "importTargets"],
  ["sales", "reportFacts"],
  ["scores", "reportFacts"],
  ["evidence", "reportFacts"],
  ["facts", "reportFacts"],
];

export function isOfSource(kind: ImportKind): boolean {
  return kind === "sales" || kind === "scores" || kind === "evidence" || kind === "facts";
}

/** A column by its own name and by the heading that people in China write; the reader takes both. */
type Column = readonly [name: string, chinese: string, example: string];

const SOLD: readonly Column[] = [
  ["external_id", "单号", "JX2026-000001"],
  ["version", "版本", "1"],
  ["status", "状态", "active"],
  ["participant_id", "员工编号", "a-nanchang-001"],
  ["occurred_at", "发生时间", "2026-05-01T10:00"],
];

/** Columns of each kind of file, with a row as an example. */
export const COLUMNS: Readonly<Record<ImportKind, readonly Column[]>> = {
  people: [
    ["participant_id", "员工编号", "a-nanchang-001"],
    ["name", "姓名", "杜思远"],
    ["unit", "机构编号", "nanchang"],
    ["role", "岗位", "agent"],
    ["from", "开始日期", "2026-01-01"],
    ["to", "结束日期", ""],
  ],
  units: [
    ["unit", "机构编号", "nanchang"],
    ["parent", "上级机构编号", "jiangxi"],
    ["level", "层级", "branch"],
    ["name", "机构名称", "南昌"],
  ],
  targets: [
    ["subject", "考核对象", "nanchang"],
    ["measure", "指标", "premium"],
    ["label", "目标名称", "start"],
    ["slice", "周期", ""],
    ["value", "目标值", "180000.00"],
  ],
  sales: [
    ...SOLD,
    ["amount", "金额", "260.00"],
    ["currency", "币种", "CNY"],
    ["quantity", "数量", "1"],
    ["product", "产品代码", "LAY"],
    ["channel", "渠道", "individual"],
  ],
  scores: [...SOLD, ["topic", "考核项", "customer-satisfaction"], ["value", "得分", "87.5"]],
  evidence: [...SOLD, ["topic", "考核项", "signed-receipt"], ["quantity", "数量", "1"]],
  facts: [
    ["kind", "类型", "sale"],
    ...SOLD,
    ["amount", "金额", "260.00"],
    ["currency", "币种", "CNY"],
    ["quantity", "数量", "1"],
    ["product", "产品代码", "LAY"],
    ["channel", "渠道", "individual"],
    ["topic", "考核项", ""],
    ["value", "得分", ""],
  ],
};

/** A file to begin with: headings in one language, and a row that shows what goes where. The mark is for Excel. */
export function templateOf(kind: ImportKind, headings: "en" | "zh"): Blob {
  const columns = COLUMNS[kind];
  const header = columns.map(([name, chinese]) => (headings === "zh" ? chinese : name));
  const rows = [header, columns.map(([, , example]) => example)];
  return csvFile(rows);
}

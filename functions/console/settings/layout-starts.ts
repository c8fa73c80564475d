/** Two layouts to begin with: a payroll that reads CSV, and a bank's batch of columns of fixed width. */
export const STARTS = {
  payroll: {
    name: "Payroll",
    format: { kind: "delimited", delimiter: ",", quotes: "needed", formulas: "prefixed" },
    encoding: "utf-8-bom",
    lineEnd: "crlf",
    header: true,
    payees: "paid",
    kinds: ["participant"],
    columns: [
      { header: "工号", value: { field: "payeeId" } },
      { header: "姓名", value: { field: "name" } },
      { header: "单位", value: { field: "unit" } },
      { header: "金额", value: { field: "paid", amount: "decimal" } },
      { header: "日期", value: { field: "asOf", day: "yyyy-mm-dd" } },
    ],
  },
  bank: {
    name: "银行批量代发",
    format: { kind: "fixed", widthIn: "bytes" },
    encoding: "gbk",
    lineEnd: "crlf",
    header: false,
    payees: "paid",
    kinds: ["participant"],
    before: [
      { value: { literal: "H" }, width: 1, fill: "right", with: " " },
      { value: { field: "count" }, width: 6, fill: "left", with: "0" },
      { value: { field: "total", amount: "minor" }, width: 15, fill: "left", with: "0" },
    ],
    columns: [
      { header: "type", value: { literal: "D" }, width: 1, fill: "right", with: " " },
      { header: "employee", value: { field: "payeeId" }, width: 20, fill: "right", with: " " },
      { header: "name", value: { field: "name" }, width: 20, fill: "right", with: " " },
      { header: "amount", value: { field: "paid", amount: "minor" }, width: 15, fill: "left", with: "0" },
    ],
  },
} as const;

import type { PayoutLayoutBody } from "#domain/payout-layout.ts";

/** A payroll that reads CSV: one row a person, opened in a spreadsheet by whoever checks it. */
export const payrollLayout: PayoutLayoutBody = {
  name: "Payroll, one-off payments",
  format: { kind: "delimited", delimiter: ";", quotes: "needed", formulas: "prefixed" },
  encoding: "utf-8-bom",
  lineEnd: "crlf",
  header: true,
  payees: "paid",
  kinds: ["participant"],
  columns: [
    { header: "Personnel number", value: { field: "payeeId" } },
    { header: "Name", value: { field: "name" } },
    { header: "Cost centre", value: { field: "unit" } },
    { header: "Wage type", value: { literal: "4711" } },
    { header: "Amount", value: { field: "paid", amount: "decimalComma" } },
    { header: "Currency", value: { field: "currency" } },
    { header: "Due", value: { field: "asOf", day: "yyyy-mm-dd" } },
    { header: "Reference", value: { field: "runId" } },
  ],
};

/** A bank's batch: GBK, columns of fixed width in bytes, amounts in fen, count and sum in front. */
export const bankLayout: PayoutLayoutBody = {
  name: "银行批量代发",
  format: { kind: "fixed", widthIn: "bytes" },
  encoding: "gbk",
  lineEnd: "crlf",
  header: false,
  payees: "paid",
  kinds: ["participant"],
  before: [
    { value: { literal: "H" }, width: 1, fill: "right", with: " " },
    { value: { field: "asOf", day: "yyyymmdd" }, width: 8, fill: "right", with: " " },
    { value: { field: "count" }, width: 6, fill: "left", with: "0" },
    { value: { field: "total", amount: "minor" }, width: 15, fill: "left", with: "0" },
    { value: { field: "currency" }, width: 3, fill: "right", with: " " },
  ],
  columns: [
    { header: "type", value: { literal: "D" }, width: 1, fill: "right", with: " " },
    { header: "sequence", value: { field: "sequence" }, width: 6, fill: "left", with: "0" },
    { header: "employee", value: { field: "payeeId" }, width: 20, fill: "right", with: " " },
    { header: "name", value: { field: "name" }, width: 20, fill: "right", with: " " },
    { header: "amount", value: { field: "paid", amount: "minor" }, width: 15, fill: "left", with: "0" },
    { header: "purpose", value: { literal: "奖金" }, width: 10, fill: "right", with: " " },
  ],
};

import writeWorkbook from "write-excel-file/node";

/** Money as a real number, so that a reader can add it up: at most 15 digits, which a spreadsheet keeps exactly. */
export interface MoneyCell {
  readonly decimal: string;
  /** Digits after the point that are shown. */
  readonly digits: number;
}

export type XlsxCell = string | MoneyCell;

export interface Sheet {
  readonly name: string;
  /** The first row is the header: bold, and it stays in view. */
  readonly rows: readonly (readonly XlsxCell[])[];
  /** Rows at the end that are printed bold. */
  readonly totalRows: number;
  /** Column widths in characters. */
  readonly widths: readonly number[];
}

/** Writes one sheet as an Excel workbook. Texts are typed as texts, so none of them can be a formula. */
export async function writeXlsx(sheet: Sheet): Promise<Uint8Array> {
  const firstTotal = sheet.rows.length - sheet.totalRows;
  const data = sheet.rows.map((row, index) => {
    const emphasis = index === 0 || index >= firstTotal ? ({ fontWeight: "bold" } as const) : {};
    return row.map((cell) => ({ ...cellOf(cell), ...emphasis }));
  });
  return writeWorkbook(data, {
    sheet: sheet.name,
    columns: sheet.widths.map((width) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function cellOf(cell: XlsxCell) {
  if (typeof cell === "string") return { type: String, value: printable(cell) };
  const format = cell.digits === 0 ? "#,##0" : `#,##0.${"0".repeat(cell.digits)}`;
  return { type: Number, value: Number(cell.decimal), format };
}

/** XML cannot hold control characters or halves of surrogate pairs; a workbook with one does not open. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}

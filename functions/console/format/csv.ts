/**
 * Rows as CSV that a spreadsheet opens. A text that it would take for a formula gets an apostrophe in front; numbers, also below
 * zero, stay numbers.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  // The mark in front tells spreadsheets that it is UTF-8.
  return `\uFEFF${rows.map((row) => row.map(cellText).join(",")).join("\r\n")}\r\n`;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
/** Also in full width, and what would end the cell or be split off. */
const FORMULA = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%\t\r\n]/;

function cellText(text: string): string {
  const safe = !NUMBER.test(text) && FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/.test(safe) || safe.startsWith("'") ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The same as a file. */
export function csvFile(rows: readonly (readonly string[])[]): Blob {
  return new Blob([csvText(rows)], { type: "text/csv;charset=utf-8" });
}

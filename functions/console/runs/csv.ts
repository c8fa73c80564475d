/** Tables as files that spreadsheets open. */

export interface Column<R> {
  readonly title: string;
  readonly value: (row: R) => string;
}

/** UTF-8 with a byte order mark, which Excel wants; no text can run as a formula. */
export function csvText<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  const head = columns.map(({ title }) => cell(title));
  const lines = rows.map((row) => columns.map(({ value }) => cell(value(row))));
  return `\ufeff${[head, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("")}`;
}

/** What begins like a formula gets a `'` in front, unless it is a number. */
function cell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Text tables for terminals, where a Chinese character is as wide as two Latin ones. */

export interface TextColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Aligned columns under a ruled header; one line a row, without trailing blanks. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows].map((row) => row.map(printable));
  const widths = columns.map((_, index) => Math.max(...lines.map((row) => textWidth(row[index] ?? ""))));
  const rule = widths.map((width) => "─".repeat(width));
  const [header = [], ...body] = lines;
  return [header, rule, ...body]
    .map((row) => columns.map(({ align }, index) => padded(row[index] ?? "", widths[index] ?? 0, align)).join("  "))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

function padded(text: string, width: number, align: TextColumn["align"]): string {
  const blanks = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Columns that a text takes on a terminal: East Asian wide characters take two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Unicode's East Asian Width W and F, in the blocks that names and amounts come from, and emoji. */
const WIDE =
  /[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe4f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** A text from a file, unable to move the cursor or to break its line. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "\ufffd");
}

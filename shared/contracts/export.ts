import * as z from "zod";

/** How listings are fetched as files. */

export const SHEET_MEDIA = {
  "text/csv": "With `format=csv`: UTF-8; a text that a spreadsheet would take for a formula begins with `'`",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "With `format=xlsx`",
};

/** Rows of one file. What a function may answer is 6 MB, and a row has some hundred characters. */
export const EXPORT_ROWS_MAX = 10_000;

const formats = ["json", "csv", "xlsx"] as const;

const sheetShape = {
  lang: z.enum(["en", "zh"]).default("en").describe("Language of a file's header"),
  bom: z.stringbool().default(true).describe("Whether a CSV file begins with a byte order mark, which Excel wants"),
};

export const exportQueryShape = {
  format: z
    .enum(formats)
    .default("json")
    .describe(
      `\`csv\`, \`xlsx\`: a file of at most ${EXPORT_ROWS_MAX.toLocaleString("en")} rows, without traces, whatever \`limit\` says; while there is more, the header \`laurel-next-cursor\` is the \`cursor\` of the next file`,
    ),
  ...sheetShape,
};

/** Of answers that are no pages. */
export const sheetQueryShape = {
  format: z.enum(formats).default("json").describe("`csv`, `xlsx`: the same as a table"),
  ...sheetShape,
};

export const statementFormatShape = {
  format: z
    .enum(["json", "text", "csv", "xlsx"])
    .default("json")
    .describe("`text`: as a person would read it aloud; `csv`, `xlsx`: its lines as a table"),
  bom: sheetShape.bom,
};

export type SheetLanguage = z.output<typeof sheetShape.lang>;

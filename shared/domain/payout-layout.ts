import * as z from "zod";
import { slugSchema } from "./ids.ts";

/**
 * How a payout file looks that another system reads: a payroll, a bank's batch. What differs between such systems is said, not guessed;
 * what cannot be written as it says is refused, for a file that is nearly right pays the wrong person.
 */

const TEXT_FIELDS = [
  "payeeKind",
  "payeeId",
  "name",
  "unit",
  "currency",
  "benefits",
  "campaign",
  "runId",
  "resultHash",
] as const;
const MONEY_FIELDS = ["posted", "broughtForward", "paid", "carriedForward"] as const;

const amountStyleSchema = z
  .enum(["decimal", "decimalComma", "minor"])
  .describe(
    "Of 1,234.5 yuan: `decimal` 1234.50 · `decimalComma` 1234,50 · `minor` 123450, in the currency's smallest unit",
  );

const dayStyleSchema = z.enum(["yyyy-mm-dd", "yyyymmdd"]).describe("2026-06-20 or 20260620");

const payoutValueSchema = z.union([
  z.strictObject({ field: z.enum(TEXT_FIELDS) }),
  z.strictObject({ field: z.enum(MONEY_FIELDS), amount: amountStyleSchema }),
  z.strictObject({ field: z.literal("sequence") }).describe("1 for the first row of the file"),
  z
    .strictObject({ field: z.literal("asOf"), day: dayStyleSchema })
    .describe("The day of the run's cut-off, in the plan's zone"),
  z.strictObject({ literal: z.string().max(200) }),
]);

const sumValueSchema = z.union([
  z.strictObject({ field: z.literal("count") }).describe("Rows of the file"),
  z.strictObject({ field: z.literal("total"), amount: amountStyleSchema }).describe("Sum of what is paid"),
  z.strictObject({ field: z.enum(["currency", "campaign", "runId", "resultHash"]) }),
  z.strictObject({ field: z.literal("asOf"), day: dayStyleSchema }),
  z.strictObject({ literal: z.string().max(200) }),
]);

/** Of fixed width: what fills it up, and on which side. Of delimited files both are left out. */
const cellShape = {
  width: z.int().min(1).max(500).optional(),
  fill: z.enum(["left", "right"]).optional().describe("Which side is filled up: `left` for numbers"),
  with: z.enum([" ", "0"]).optional(),
};

export const payoutColumnSchema = z.strictObject({
  header: z.string().max(100).describe("Written where the layout has a header"),
  value: payoutValueSchema,
  ...cellShape,
});

export const sumColumnSchema = z.strictObject({ value: sumValueSchema, ...cellShape });

const delimitedSchema = z.strictObject({
  kind: z.literal("delimited"),
  delimiter: z.enum([",", ";", "\t", "|"]),
  quotes: z
    .enum(["needed", "always", "never"])
    .describe("`never`: a text that has the delimiter in it is refused, as nobody could read the file right"),
  formulas: z
    .enum(["prefixed", "asIs"])
    .describe(
      "Of `=1+1` in a name: `prefixed` writes '=1+1, safe to open in a spreadsheet · `asIs` writes it, for machines",
    ),
});

const fixedSchema = z.strictObject({
  kind: z.literal("fixed"),
  widthIn: z.enum(["bytes", "characters"]).describe("Of 王 in GBK: 2 bytes, or 1 character"),
});

export const PAYOUT_ENCODINGS = ["utf-8", "utf-8-bom", "gbk", "gb18030", "ascii"] as const;

export const payoutLayoutBodySchema = z
  .strictObject({
    name: z.string().min(1).max(128),
    format: z.discriminatedUnion("kind", [delimitedSchema, fixedSchema]),
    encoding: z.enum(PAYOUT_ENCODINGS),
    lineEnd: z.enum(["crlf", "lf"]),
    header: z.boolean(),
    payees: z
      .enum(["paid", "all"])
      .describe(
        "`paid`: who gets more than nothing · `all`: who gets nothing now too, as a recovery is carried forward",
      ),
    kinds: z
      .array(z.enum(["participant", "unit"]))
      .min(1)
      .describe("Units are seldom paid by a bank"),
    columns: z.array(payoutColumnSchema).min(1).max(60),
    before: z
      .array(sumColumnSchema)
      .max(60)
      .optional()
      .describe("A row before all others, as banks want: count and sum"),
    after: z.array(sumColumnSchema).max(60).optional().describe("A row after all others"),
  })
  .superRefine(({ format, columns, before = [], after = [] }, context) => {
    const cells = [
      ...columns.map((cell, index) => ({ cell, path: ["columns", index] })),
      ...before.map((cell, index) => ({ cell, path: ["before", index] })),
      ...after.map((cell, index) => ({ cell, path: ["after", index] })),
    ];
    for (const { cell, path } of cells) {
      const given = [cell.width, cell.fill, cell.with].filter((part) => part !== undefined).length;
      if (format.kind === "fixed" && given < 3) {
        context.addIssue({ code: "custom", path, message: "a column of fixed width needs `width`, `fill` and `with`" });
      }
      if (format.kind === "delimited" && given > 0) {
        context.addIssue({
          code: "custom",
          path,
          message: "only columns of fixed width have `width`, `fill` and `with`",
        });
      }
    }
  });

export const payoutLayoutSchema = z.strictObject({
  id: slugSchema,
  revision: z.int().min(1),
  changedBy: z.string(),
  changedAt: z.string(),
  layout: payoutLayoutBodySchema,
});
export type PayoutLayoutBody = z.infer<typeof payoutLayoutBodySchema>;
export type PayoutLayout = z.infer<typeof payoutLayoutSchema>;
export type PayoutColumn = z.infer<typeof payoutColumnSchema>;
export type SumColumn = z.infer<typeof sumColumnSchema>;

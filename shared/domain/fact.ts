import * as z from "zod";
import { canonicalJson } from "./canonical.ts";
import { canonicalDecimal, formatDecimal, isDecimal, parseDecimal } from "./decimal.ts";
import { externalIdSchema, participantIdSchema, slugSchema } from "./ids.ts";
import { parseInstant } from "./instant.ts";
import { currencyDigits } from "./money.ts";

/** Digits kept of a quantity: 1.5 packages is 1,500,000 at this scale. */
export const QUANTITY_DIGITS = 6;

/** A sale beyond this is a mistake of its source; a few of them would carry a campaign's sums out of exact integers. */
const LARGEST_AMOUNT_MINOR = 1_000_000_000_000;

const instantSchema = z
  .string()
  .refine(
    (text) => parseInstant(text) !== undefined,
    "use an ISO 8601 instant with an offset, such as 2018-05-01T08:00:00+08:00",
  )
  .meta({ examples: ["2018-05-01T08:00:00+08:00"] });

/** Half a character (a lone surrogate) has no canonical form, so nothing could tell a duplicate from a conflict. */
const wholeText = z.string().refine((text) => text.isWellFormed(), "use whole characters: this has half of one");

export const attributeValueSchema = z.union([wholeText.max(256), z.number(), z.boolean()]);
export type AttributeValue = z.infer<typeof attributeValueSchema>;

/**
 * A sale as a source reports it. `version` orders the messages about one sale: a correction or a cancellation is
 * a higher version of the same identity, never a new sale.
 */
export const factMessageSchema = z
  .strictObject({
    kind: z.literal("sale"),
    source: slugSchema.describe("The system that reports, as registered"),
    externalId: externalIdSchema.describe("The sale's id in that system"),
    version: z.int().min(1).describe("Rises with each correction; the highest known is the sale's state"),
    status: z.enum(["active", "cancelled"]),
    participantId: participantIdSchema.describe("Who sold"),
    occurredAt: instantSchema.describe("When it happened, by the source's clock"),
    amount: z
      .string()
      .describe("Decimal text in major units")
      .meta({ examples: ["260.00"] }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "use a three-letter ISO 4217 code")
      .meta({ examples: ["CNY"] }),
    quantity: z
      .string()
      .refine(
        (text) => parseDecimal(text, QUANTITY_DIGITS) !== undefined,
        `use a decimal with at most ${QUANTITY_DIGITS} digits`,
      )
      .default("1"),
    product: wholeText.min(1).max(64),
    channel: wholeText.min(1).max(64),
    attributes: z
      .record(
        z.string().regex(/^[a-z][a-zA-Z0-9_]{0,31}$/, "attribute names are camelCase, at most 32 characters"),
        attributeValueSchema,
      )
      .default({}),
  })
  .superRefine((fact, context) => {
    // A currency we do not know is kept and held (its reason shown); one we know fixes how many digits an amount may have.
    const digits = currencyDigits(fact.currency);
    const minor = digits === undefined ? undefined : parseDecimal(fact.amount, digits);
    if (minor !== undefined && Math.abs(minor) > LARGEST_AMOUNT_MINOR) {
      const message = `a sale is at most ${formatDecimal(LARGEST_AMOUNT_MINOR, digits ?? 0)} ${fact.currency}`;
      context.addIssue({ code: "custom", path: ["amount"], message });
    }
    if (digits === undefined ? isDecimal(fact.amount) : minor !== undefined) return;
    const limits = digits === undefined ? "" : ` with at most ${digits} digits after the point for ${fact.currency}`;
    context.addIssue({ code: "custom", path: ["amount"], message: `use a decimal${limits}, within exact integers` });
  });
export type FactMessage = z.infer<typeof factMessageSchema>;

/** A message as it was recorded: what was said, and when we knew. */
export interface Fact extends FactMessage {
  /** When we knew, by our clock; every result is computed as of such an instant. */
  readonly recordedAt: string;
}

export const factSchema = z.intersection(factMessageSchema, z.object({ recordedAt: instantSchema }));

/**
 * What a version says, as one text: two messages of one identity and version are duplicates when these are equal,
 * and in conflict when they are not. When we heard it is not part of what it says.
 */
export function factContent(fact: FactMessage): string {
  const {
    kind,
    source,
    externalId,
    version,
    status,
    participantId,
    occurredAt,
    amount,
    currency,
    quantity,
    product,
    channel,
    attributes,
  } = fact;
  return canonicalJson({
    kind,
    source,
    externalId,
    version,
    status,
    participantId,
    occurredAt: parseInstant(occurredAt) ?? occurredAt,
    amount: canonicalDecimal(amount),
    currency,
    quantity: canonicalDecimal(quantity),
    product,
    channel,
    attributes,
  });
}

import * as z from "zod";
import { canonicalJson } from "./canonical.ts";
import {
  canonicalDecimal,
  formatDecimal,
  isDecimal,
  parseDecimal,
  parseRational,
  type Rational,
  sumOfRationals,
} from "./decimal.ts";
import { externalIdSchema, participantIdSchema, slugSchema } from "./ids.ts";
import { instantOf, parseInstant } from "./instant.ts";
import { currencyDigits } from "./money.ts";
import { compareText } from "./text.ts";

/** Digits kept of a quantity: 1.5 packages is 1,500,000 at this scale. */
export const QUANTITY_DIGITS = 6;

/** A sale beyond this is a mistake of its source; a few of them would carry a campaign's sums out of exact integers. */
const LARGEST_AMOUNT_MINOR = 1_000_000_000_000;

/** A score or a quantity of evidence beyond this is a mistake of its source; at this size nine of them can be summed exactly. */
const LARGEST_VALUE = 1_000_000_000;

export const FACT_KINDS = ["sale", "score", "evidence"] as const;
export type FactKind = (typeof FACT_KINDS)[number];

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

const decimalSchema = z
  .string()
  .refine(
    (text) => parseDecimal(text, QUANTITY_DIGITS) !== undefined,
    `use a decimal with at most ${QUANTITY_DIGITS} digits`,
  );

const boundedDecimalSchema = decimalSchema.refine(
  (text) => Math.abs(parseDecimal(text, QUANTITY_DIGITS) ?? 0) <= LARGEST_VALUE * 10 ** QUANTITY_DIGITS,
  `use a decimal between -${LARGEST_VALUE} and ${LARGEST_VALUE}`,
);

const PART_TEXT = 'use a part above zero in quotes: "50%", "0.5" or "1/3"';

const partSchema = z
  .string({ error: PART_TEXT })
  .max(64, PART_TEXT)
  .refine((text) => {
    const part = parseRational(text);
    return part !== undefined && part.num > 0n;
  }, PART_TEXT)
  .meta({ examples: ["50%", "1/3"] });

/** Who has which part in a sale. */
export const shareSchema = z.strictObject({ participantId: participantIdSchema, part: partSchema });
export type Share = z.infer<typeof shareSchema>;

/** People of one sale are few; a list without bound would make one message dear to read. */
const MOST_SHARES = 20;

/** What every fact has, whatever its kind. `version` orders the messages about one fact: a correction or a cancellation is a higher version of the same identity, never a new fact. */
const baseShape = {
  source: slugSchema.describe("The system that reports, as registered"),
  externalId: externalIdSchema.describe("The fact's id in that system"),
  version: z.int().min(1).describe("Rises with each correction; the highest known is the fact's state"),
  status: z.enum(["active", "cancelled"]),
  cancelledAt: instantSchema
    .optional()
    .describe(
      "When it was undone, by the source's clock; only with `cancelled`. Without it the instant at which we knew is taken",
    ),
  occurredAt: instantSchema.describe("When it happened, by the source's clock"),
  attributes: z
    .record(
      z.string().regex(/^[a-z][a-zA-Z0-9_]{0,31}$/, "attribute names are camelCase, at most 32 characters"),
      attributeValueSchema,
    )
    .default({}),
};

const subjectIdSchema = participantIdSchema.describe(
  "Whom it is about: a participant, or a unit of the organisation. An id that both have is the participant's",
);

export const saleShape = {
  kind: z.literal("sale"),
  ...baseShape,
  participantId: participantIdSchema.describe("Who sold"),
  amount: z
    .string()
    .describe("Decimal text in major units")
    .meta({ examples: ["260.00"] }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "use a three-letter ISO 4217 code")
    .meta({ examples: ["CNY"] }),
  quantity: decimalSchema.default("1"),
  product: wholeText.min(1).max(64),
  channel: wholeText.min(1).max(64),
  splits: z
    .array(shareSchema)
    .min(1)
    .max(MOST_SHARES)
    .optional()
    .describe("Whose sale it is, by parts that sum to exactly 1; nobody twice. A plan says whether it credits by them"),
  overlays: z
    .array(shareSchema)
    .min(1)
    .max(MOST_SHARES)
    .optional()
    .describe(
      "Who else is credited beyond the sale, such as a specialist; parts may sum to more than 1. Nobody twice, and nobody who sold or has a split",
    ),
};

export const scoreShape = {
  kind: z.literal("score"),
  ...baseShape,
  participantId: subjectIdSchema,
  topic: slugSchema.describe("Which KPI was measured or judged"),
  value: boundedDecimalSchema
    .describe(`Decimal text with at most ${QUANTITY_DIGITS} digits; may be negative`)
    .meta({ examples: ["87.5"] }),
};

export const evidenceShape = {
  kind: z.literal("evidence"),
  ...baseShape,
  participantId: subjectIdSchema,
  topic: slugSchema.describe("Which document or confirmation arrived"),
  quantity: boundedDecimalSchema.default("1"),
};

type Context = z.core.$RefinementCtx;

function checkCancelledAt(
  { status, occurredAt, cancelledAt }: { status: string; occurredAt: string; cancelledAt?: string | undefined },
  context: Context,
): void {
  if (cancelledAt === undefined) return;
  const path = ["cancelledAt"];
  if (status !== "cancelled") {
    context.addIssue({
      code: "custom",
      path,
      message: "use no cancelledAt unless the status is cancelled: nothing was undone",
    });
    return;
  }
  const [occurred, cancelled] = [parseInstant(occurredAt), parseInstant(cancelledAt)];
  if (occurred !== undefined && cancelled !== undefined && cancelled < occurred) {
    const message = `use an instant that is not before occurredAt (${occurredAt}): it cannot be undone before it happened`;
    context.addIssue({ code: "custom", path, message });
  }
}

function checkAmount({ amount, currency }: { amount: string; currency: string }, context: Context): void {
  // A currency we do not know is kept and held (its reason shown); one we know fixes how many digits an amount may have.
  const digits = currencyDigits(currency);
  const minor = digits === undefined ? undefined : parseDecimal(amount, digits);
  if (minor !== undefined && Math.abs(minor) > LARGEST_AMOUNT_MINOR) {
    const message = `a sale is at most ${formatDecimal(LARGEST_AMOUNT_MINOR, digits ?? 0)} ${currency}`;
    context.addIssue({ code: "custom", path: ["amount"], message });
  }
  if (digits === undefined ? isDecimal(amount) : minor !== undefined) return;
  const limits = digits === undefined ? "" : ` with at most ${digits} digits after the point for ${currency}`;
  context.addIssue({ code: "custom", path: ["amount"], message: `use a decimal${limits}, within exact integers` });
}

interface Shared {
  readonly participantId: string;
  readonly splits?: readonly Share[] | undefined;
  readonly overlays?: readonly Share[] | undefined;
}

function checkShares({ participantId, splits, overlays }: Shared, context: Context): void {
  checkDistinct("splits", splits ?? [], new Map(), context);
  const direct = (splits ?? []).map((split): [string, string] => [split.participantId, "has a split of the sale"]);
  checkDistinct("overlays", overlays ?? [], new Map([...direct, [participantId, "sold it"]]), context);
  if (splits === undefined) return;
  const sum = sumOfRationals(splits.map(({ part }) => rationalPart(part)));
  if (sum.num === sum.den) return;
  const message = `use parts that sum to exactly 1: these sum to ${sum.num}/${sum.den}`;
  context.addIssue({ code: "custom", path: ["splits"], message });
}

function checkDistinct(
  field: "splits" | "overlays",
  shares: readonly Share[],
  taken: ReadonlyMap<string, string>,
  context: Context,
): void {
  const seen = new Map(taken);
  shares.forEach(({ participantId }, index) => {
    const why = seen.get(participantId);
    const path = [field, index, "participantId"];
    const message = `use nobody twice: ${participantId} ${why}`;
    if (why !== undefined) context.addIssue({ code: "custom", path, message });
    seen.set(participantId, `stands in ${field} already`);
  });
}

/** A part as an exact fraction; 0 for a text that is none, which the schema refuses. */
export function rationalPart(part: string): Rational {
  return parseRational(part) ?? { num: 0n, den: 1n };
}

export const saleMessageSchema = z.strictObject(saleShape).superRefine((sale, context) => {
  checkCancelledAt(sale, context);
  checkAmount(sale, context);
  checkShares(sale, context);
});
export const scoreMessageSchema = z.strictObject(scoreShape).superRefine(checkCancelledAt);
export const evidenceMessageSchema = z.strictObject(evidenceShape).superRefine(checkCancelledAt);

/**
 * A fact as a source reports it: a `sale`, a `score` (a measured or judged KPI of a participant or a unit), or `evidence`
 * (a document or confirmation of one).
 */
export const factMessageSchema = z.discriminatedUnion(
  "kind",
  [saleMessageSchema, scoreMessageSchema, evidenceMessageSchema],
  {
    error: ({ code }) =>
      code === "invalid_union" ? `use a kind of fact that exists: ${FACT_KINDS.join(", ")}` : undefined,
  },
);
export type FactMessage = z.infer<typeof factMessageSchema>;
export type SaleMessage = z.infer<typeof saleMessageSchema>;

interface Recorded {
  /** When we knew, by our clock; every result is computed as of such an instant. */
  readonly recordedAt: string;
}

/** A message as it was recorded: what was said, and when we knew. */
export type Fact = FactMessage & Recorded;
export type Sale = SaleMessage & Recorded;
export type Score = z.infer<typeof scoreMessageSchema> & Recorded;
export type Evidence = z.infer<typeof evidenceMessageSchema> & Recorded;

export const factSchema = z.intersection(factMessageSchema, z.object({ recordedAt: instantSchema }));

/** Everybody whom a fact names, once each: who sold or whom it is about, then who has a split or an overlay. */
export function peopleNamed(fact: FactMessage): string[] {
  if (fact.kind !== "sale") return [fact.participantId];
  if (!fact.splits && !fact.overlays) return [fact.participantId];
  const shares = [...(fact.splits ?? []), ...(fact.overlays ?? [])];
  return [...new Set([fact.participantId, ...shares.map(({ participantId }) => participantId)])];
}

/** When a cancelled fact was undone, in milliseconds: by the source's clock, or when we knew where the source does not say. */
export function cancelledInstant({ cancelledAt, recordedAt }: Pick<Fact, "cancelledAt" | "recordedAt">): number {
  return instantOf(cancelledAt ?? recordedAt);
}

/**
 * What a version says, as one text: two messages of one identity and version are duplicates when these are equal,
 * and in conflict when they are not. When we heard it is not part of what it says; what it does not say is left out.
 */
export function factContent(fact: FactMessage): string {
  return canonicalJson(contentOf(fact));
}

/** In the order in which canonical JSON has the names: then it need not sort them for each fact. */
function contentOf(fact: FactMessage): Record<string, unknown> {
  const { kind, source, externalId, version, status, participantId, attributes } = fact;
  const occurredAt = parseInstant(fact.occurredAt) ?? fact.occurredAt;
  const cancelledAt = fact.cancelledAt === undefined ? undefined : (parseInstant(fact.cancelledAt) ?? fact.cancelledAt);
  switch (fact.kind) {
    case "sale":
      return {
        amount: canonicalDecimal(fact.amount),
        attributes,
        cancelledAt,
        channel: fact.channel,
        currency: fact.currency,
        externalId,
        kind,
        occurredAt,
        overlays: fact.overlays && sharesContent(fact.overlays),
        participantId,
        product: fact.product,
        quantity: canonicalDecimal(fact.quantity),
        source,
        splits: fact.splits && sharesContent(fact.splits),
        status,
        version,
      };
    case "score": {
      const value = canonicalDecimal(fact.value);
      const { topic } = fact;
      return {
        attributes,
        cancelledAt,
        externalId,
        kind,
        occurredAt,
        participantId,
        source,
        status,
        topic,
        value,
        version,
      };
    }
    case "evidence":
      return {
        attributes,
        cancelledAt,
        externalId,
        kind,
        occurredAt,
        participantId,
        quantity: canonicalDecimal(fact.quantity),
        source,
        status,
        topic: fact.topic,
        version,
      };
  }
}

/** Shares in one spelling and one order: "50%" is "1/2", and who is named first says nothing. */
function sharesContent(shares: readonly Share[]): unknown[] {
  return [...shares]
    .sort((a, b) => compareText(a.participantId, b.participantId))
    .map(({ participantId, part }) => {
      const { num, den } = sumOfRationals([rationalPart(part)]);
      return { participantId, part: `${num}/${den}` };
    });
}

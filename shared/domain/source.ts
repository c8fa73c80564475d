import * as z from "zod";
import { externalIdSchema, participantIdSchema, slugSchema } from "./ids.ts";

/** Who signs a source's deliveries, and in whose words they speak. `standard`: Standard Webhooks with facts as we write them. */
export const VENDORS = ["square", "shopify", "stripe", "woocommerce", "toast", "youzan"] as const;
export type Vendor = (typeof VENDORS)[number];
export const SOURCE_KINDS = ["standard", ...VENDORS] as const;

/** What one fact is, by vendor: a charge, a whole order, or one line of it. */
export const LEVELS = {
  square: ["payment", "order", "line"],
  shopify: ["order", "line"],
  stripe: ["payment"],
  woocommerce: ["order", "line"],
  toast: ["order", "line"],
  youzan: ["order", "line"],
} as const satisfies Record<Vendor, readonly string[]>;

const MOST_PATHS = 8;
const MOST_ENTRIES = 2_000;

/** Steps from the order down, by `/`: a name, a place, `*` for each of a list, `name=value` for those of a list that say so; `line/…` begins at the line. */
const pathSchema = z
  .string()
  .max(256)
  .regex(/^[^/]{1,64}(\/[^/]{1,64}){0,9}$/, "use up to 10 steps with / between, such as metadata/seller")
  .meta({ examples: ["note_attributes/name=seller/value", "line/attributed_staffs/*/id"] });

const pathsSchema = z.array(pathSchema).max(MOST_PATHS);

function table<T extends z.ZodType>(value: T) {
  return z
    .record(z.string().min(1).max(128), value)
    .refine((entries) => Object.keys(entries).length <= MOST_ENTRIES, `use at most ${MOST_ENTRIES} entries`);
}

const wordSchema = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => text.isWellFormed(), "use whole characters");

/** A word of ours from a word of the vendor's: the first path that says something, through the table, or else what is said here. */
const wordMappingSchema = z.strictObject({
  paths: pathsSchema.default([]),
  table: table(wordSchema).default({}).describe("The vendor's word → ours; a word that is not listed stands as it is"),
  otherwise: wordSchema.describe("What is taken where no path says anything that fits"),
});
export type WordMapping = z.infer<typeof wordMappingSchema>;

export const mappingSchema = z
  .strictObject({
    level: z.enum(["payment", "order", "line"]).describe("What one fact is. A line's id is `order:line`"),
    basis: z
      .enum(["paid", "goods"])
      .describe(
        "`paid`: what the customer paid, as the vendor totals it, with tax, shipping and tips · `goods`: goods after discounts, without them. Of an order of 100.00 with 8.00 tax and 5.00 shipping a campaign counts 113.00 or 100.00",
      ),
    seller: z
      .strictObject({
        paths: pathsSchema
          .optional()
          .describe("Where the staff id stands, best first; left out: where the vendor puts it"),
        table: table(participantIdSchema)
          .default({})
          .describe("Staff id → participant id; one that is not listed is taken as the participant's"),
        otherwise: participantIdSchema
          .default("unattributed")
          .describe(
            "Whose sale it is where nobody is named: held until there is such a participant, or a better mapping",
          ),
      })
      .default({ table: {}, otherwise: "unattributed" }),
    product: wordMappingSchema.optional(),
    channel: wordMappingSchema.optional(),
    attributes: z
      .record(
        z.string().regex(/^[a-z][a-zA-Z0-9_]{0,31}$/, "attribute names are camelCase, at most 32 characters"),
        pathSchema,
      )
      .refine((entries) => Object.keys(entries).length <= 32, "use at most 32 attributes")
      .default({}),
    money: z
      .enum(["shop", "presentment"])
      .default("shop")
      .describe("Shopify: in the shop's currency, or in the customer's"),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "use a three-letter ISO 4217 code")
      .optional()
      .describe("Where the vendor's orders name none: Toast (required), Youzan (CNY)"),
    notificationUrl: z
      .url({ protocol: /^https?$/ })
      .max(512)
      .optional()
      .describe("Square signs the address as it stands in its console: exactly that text"),
    clientId: z.string().min(1).max(128).optional().describe("Youzan signs its client_id too"),
    fetch: z
      .strictObject({
        secretName: z.string().min(1).max(256).describe("Of what lets us ask the vendor for an order"),
        sandbox: z.boolean().default(false),
      })
      .optional()
      .describe("For messages that only tell which order changed"),
  })
  .meta({ id: "VendorMapping" });
export type Mapping = z.infer<typeof mappingSchema>;

/** When a source is expected to speak. */
export const expectedSchema = z
  .strictObject({
    everyMinutes: z.int().min(1).max(10_080).describe("Longer silence within the hours raises an alarm"),
    zone: z.string().min(1).max(64).describe("An IANA zone, such as Asia/Shanghai"),
    from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "use HH:MM"),
    to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "use HH:MM, at most 24:00"),
    days: z.array(z.int().min(1).max(7)).min(1).max(7).describe("1 is Monday"),
  })
  .refine(({ from, to }) => from < to, {
    path: ["to"],
    message: "use an hour after `from`: hours do not pass midnight",
  })
  .meta({ id: "ExpectedDeliveries" });
export type Expected = z.infer<typeof expectedSchema>;

/**
 * A registered source of facts. Secrets are named, never held: several are valid at once while one is being rotated.
 */
export const sourceShape = {
  source: slugSchema,
  name: z.string().min(1).max(128),
  secretNames: z.array(z.string().min(1).max(256)).max(4),
  kind: z.enum(SOURCE_KINDS).optional().describe("Left out: standard"),
  mapping: mappingSchema.optional().describe("How a vendor's orders become facts"),
  expected: expectedSchema.optional(),
};

interface Shaped {
  readonly kind?: (typeof SOURCE_KINDS)[number] | undefined;
  readonly mapping?: Mapping | undefined;
}

/** What a kind of source needs, and what it cannot have. */
export function checkSource({ kind = "standard", mapping }: Shaped, context: z.core.$RefinementCtx): void {
  const issue = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  if (kind === "standard") {
    if (mapping) issue(["mapping"], "use no mapping: a standard source speaks in facts");
    return;
  }
  if (!mapping) {
    issue(["mapping"], `use a mapping: ${kind} speaks in orders`);
    return;
  }
  const levels: readonly string[] = LEVELS[kind];
  if (!levels.includes(mapping.level)) issue(["mapping", "level"], `use ${levels.join(" or ")} with ${kind}`);
  if (mapping.level === "payment" && mapping.basis === "goods") {
    issue(["mapping", "basis"], "use paid: a payment does not tell goods from tax");
  }
  if (kind === "square" && !mapping.notificationUrl) {
    issue(["mapping", "notificationUrl"], "use the address as Square's console shows it: Square signs it");
  }
  if (kind === "square" && mapping.level !== "payment" && !mapping.fetch) {
    issue(["mapping", "fetch"], "use a secret for asking: Square's messages do not hold the order");
  }
  if (kind === "toast" && !mapping.currency) issue(["mapping", "currency"], "use a currency: Toast's orders name none");
  if (kind === "youzan" && !mapping.clientId) issue(["mapping", "clientId"], "use the client_id: Youzan signs it");
}

/** A source whose messages are a vendor's. */
export interface VendorSource {
  readonly source: string;
  readonly kind: Vendor;
  readonly secretNames: readonly string[];
  readonly mapping: Mapping;
}

/** The source as one of a vendor; undefined for a standard one. */
export function vendorSource(source: {
  readonly source: string;
  readonly secretNames: readonly string[];
  readonly kind?: (typeof SOURCE_KINDS)[number] | undefined;
  readonly mapping?: Mapping | undefined;
}): VendorSource | undefined {
  const { kind = "standard", mapping } = source;
  if (kind === "standard" || mapping === undefined) return undefined;
  return { source: source.source, kind, secretNames: source.secretNames, mapping };
}

/** Whether a text can be a participant's id; a vendor's may be anything. */
export function isParticipantId(text: string): boolean {
  return externalIdSchema.safeParse(text).success;
}

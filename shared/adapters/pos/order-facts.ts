import { canonicalDecimal, formatDecimal, parseDecimal } from "#domain/decimal.ts";
import { QUANTITY_DIGITS } from "#domain/fact.ts";
import type { Problem } from "#domain/problem.ts";
import { isParticipantId, type Mapping, type VendorSource, type WordMapping } from "#domain/source.ts";
import type { Reading, SaleDraft } from "#ports/vendor.ts";
import { amountText, spread } from "./money.ts";
import { asText, textAt, valuesAt } from "./values.ts";

/** A line of an order, in minor units of the vendor's and by the basis that the mapping asks for. */
export interface VendorLine {
  readonly id: string;
  readonly amount: number;
  /** What of it was given back and is told of this line. */
  readonly refunded: number;
  readonly quantity: string;
  readonly raw: unknown;
}

/** An order as every vendor's adapter hands it on. Times are milliseconds. */
export interface VendorOrder {
  readonly id: string;
  /** Milliseconds by the vendor's clock; or seconds with {@link secondsBase}. */
  readonly base: number;
  readonly occurredAt: number;
  readonly currency: string;
  /** Digits of the vendor's minor unit. */
  readonly digits: number;
  readonly state: "open" | "sold" | "cancelled";
  /** When it was cancelled, or given back in full. */
  readonly undoneAt?: number | undefined;
  readonly amount: number;
  readonly refunded: number;
  readonly lines: readonly VendorLine[];
  readonly raw: unknown;
}

/** Where a vendor puts what the mapping does not say. */
export interface Defaults {
  readonly seller: readonly string[];
  readonly product: readonly string[];
  readonly channel: readonly string[];
}

/**
 * Orders what a vendor says within one second, where its clock has no finer: what gives more back comes later, a
 * cancellation last. Thousandths of the second stand for it.
 */
export function secondsBase(
  time: number,
  { state, amount, refunded }: Pick<VendorOrder, "state" | "amount" | "refunded">,
): number {
  const second = Math.floor(time / 1000) * 1000;
  if (state === "cancelled" || (amount > 0 && refunded >= amount)) return second + 999;
  if (refunded <= 0) return second;
  return second + 1 + Number((BigInt(refunded) * 997n) / BigInt(Math.max(1, amount)));
}

/** The order as facts: one, or one a line. What is not sold yet is nothing to store. */
export function readingOf(order: VendorOrder, source: VendorSource, defaults: Defaults): Reading {
  if (order.state === "open") return { outcome: "ignored", why: `order ${order.id} is not paid` };
  const parts = source.mapping.level === "line" ? linesOf(order) : [wholeOf(order)];
  const sales = parts.map((part) => draftOf(order, part, source, defaults));
  return { outcome: "sales", order: order.id, base: order.base, sales };
}

interface Part {
  readonly externalId: string;
  readonly amount: number;
  readonly refunded: number;
  readonly quantity: string;
  readonly line?: VendorLine;
}

function wholeOf(order: VendorOrder): Part {
  const { id, amount, refunded, lines } = order;
  const quantity = lines.reduce((sum, line) => sum + (parseDecimal(line.quantity, QUANTITY_DIGITS) ?? 0), 0);
  const text = lines.length === 0 ? "1" : canonicalDecimal(formatDecimal(quantity, QUANTITY_DIGITS));
  return { externalId: id, amount, refunded, quantity: text };
}

/** What was given back without saying for which line is shared by what the lines still cost. */
function linesOf({ id, refunded, lines }: VendorOrder): Part[] {
  const told = lines.reduce((sum, line) => sum + line.refunded, 0);
  const left = lines.map((line) => Math.max(0, line.amount - line.refunded));
  const most = left.reduce((sum, amount) => sum + amount, 0);
  const shares = spread(Math.min(Math.max(0, refunded - told), most), left);
  return lines.map((line, index) => ({
    externalId: `${id}:${line.id}`,
    amount: line.amount,
    refunded: line.refunded + (shares[index] ?? 0),
    quantity: line.quantity,
    line,
  }));
}

function draftOf(order: VendorOrder, part: Part, source: VendorSource, defaults: Defaults): SaleDraft {
  const { mapping } = source;
  const isUndone = order.state === "cancelled" || (part.refunded > 0 && part.refunded >= part.amount);
  // What is undone keeps the amount it had; what is given back in part is a sale of less.
  const amount = isUndone ? part.amount : part.amount - part.refunded;
  const undoneAt = order.undoneAt === undefined ? undefined : Math.max(order.undoneAt, order.occurredAt);
  const roots = { order: order.raw, line: part.line?.raw };
  const lines = part.line ? [part.line] : order.lines;
  return {
    externalId: part.externalId,
    message: {
      kind: "sale",
      source: source.source,
      externalId: part.externalId,
      status: isUndone ? "cancelled" : "active",
      ...(isUndone && undoneAt !== undefined ? { cancelledAt: asText(undoneAt) } : {}),
      occurredAt: asText(order.occurredAt),
      participantId: sellerOf(mapping, roots, defaults.seller),
      amount: amountText(amount, order.digits, order.currency),
      currency: order.currency,
      quantity: part.quantity,
      product: productOf(mapping.product, roots, lines, defaults.product),
      channel: wordOf(mapping.channel, roots, defaults.channel) ?? mapping.channel?.otherwise ?? source.kind,
      attributes: attributesOf(mapping, roots),
    },
  };
}

interface Roots {
  readonly order: unknown;
  readonly line: unknown;
}

function looked({ order, line }: Roots, path: string): unknown[] {
  return path.startsWith("line/") ? valuesAt(line, path.slice("line/".length)) : valuesAt(order, path);
}

/** The first path that names somebody; through the table, or as they are called there. */
function sellerOf({ seller }: Mapping, roots: Roots, byDefault: readonly string[]): string {
  for (const path of seller.paths ?? byDefault) {
    for (const value of looked(roots, path)) {
      const staff = textAt(value);
      if (staff === undefined) continue;
      const known = Object.hasOwn(seller.table, staff) ? seller.table[staff] : staff;
      if (known !== undefined && isParticipantId(known)) return known;
    }
  }
  return seller.otherwise;
}

const MOST_WORD = 64;

function wordOf(mapping: WordMapping | undefined, roots: Roots, byDefault: readonly string[]): string | undefined {
  const paths = mapping !== undefined && mapping.paths.length > 0 ? mapping.paths : byDefault;
  for (const path of paths) {
    for (const value of looked(roots, path)) {
      const said = textAt(value);
      if (said === undefined) continue;
      const word = mapping && Object.hasOwn(mapping.table, said) ? mapping.table[said] : said;
      if (word !== undefined && word.length <= MOST_WORD) return word;
    }
  }
  return undefined;
}

/** Of a whole order: the product, if all lines are of one. */
function productOf(
  mapping: WordMapping | undefined,
  roots: Roots,
  lines: readonly VendorLine[],
  byDefault: readonly string[],
): string {
  const otherwise = mapping?.otherwise ?? "order";
  if (lines.length === 0) return wordOf(mapping, roots, byDefault) ?? otherwise;
  const words = new Set(lines.map((line) => wordOf(mapping, { ...roots, line: line.raw }, byDefault) ?? otherwise));
  const [only = otherwise] = words;
  return words.size === 1 ? only : otherwise;
}

function attributesOf({ attributes }: Mapping, roots: Roots): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, path]) => {
      const value = looked(roots, path).find(isAttribute);
      return isAttribute(value) ? [[name, value]] : [];
    }),
  );
}

function isAttribute(value: unknown): value is string | number | boolean {
  if (typeof value === "string") return value !== "" && value.length <= 256 && value.isWellFormed();
  return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

/** What an order would have to say. Named as the vendor names it. */
export function missing(names: readonly string[]): Reading {
  const problems = names.map(
    (name): Problem => ({
      code: "vendor-field",
      path: `/${name.replaceAll(".", "/")}`,
      message: `the order does not say ${name} in a way that can be read`,
    }),
  );
  return { outcome: "unreadable", problems };
}

/** Names of the entries that are undefined. */
export function absent(entries: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [name] : []));
}

import { type Fact, factContent, factMessageSchema } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import type { VendorSource } from "#domain/source.ts";
import type { OrderLines } from "#ports/order-lines.ts";
import type { SaleDraft } from "#ports/vendor.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";

export type SalesDeps = Pick<Deps, "facts" | "plans" | "clock"> & { readonly orderLines: OrderLines };

export interface VendorReceipt {
  readonly receipt: FactReceipt;
  /** All that it says was known. */
  readonly isKnown: boolean;
}

/** Versions that one instant of the vendor's clock has room for. */
const STEPS = 1_000;
const AT_ONCE = 8;
const ATTEMPTS = 5;

/** An order in full: each of its sales, and that what it no longer has is undone. */
export async function storeOrder(
  deps: SalesDeps,
  source: VendorSource,
  { order, base, sales }: { readonly order: string; readonly base: number; readonly sales: readonly SaleDraft[] },
): Promise<VendorReceipt[]> {
  const vanished = await vanishedLines(deps, source, order, sales);
  const told = await inParallel(AT_ONCE, sales, (sale) => storeSale(deps, sale, base));
  const undone = await inParallel(AT_ONCE, vanished, (externalId) => undo(deps, source, externalId, base * STEPS));
  return [...told, ...undone.flat()];
}

/** The vendor no longer has the order, and says no more. */
export async function storeGone(deps: SalesDeps, source: VendorSource, order: string): Promise<VendorReceipt[]> {
  const known = source.mapping.level === "line" ? await deps.orderLines.lines(source.source, order) : [order];
  return (await inParallel(AT_ONCE, known, (externalId) => undo(deps, source, externalId))).flat();
}

/** Lines are remembered before their facts are stored: no fact is ever one that nobody would look for. */
async function vanishedLines(
  { orderLines }: SalesDeps,
  { source, mapping }: VendorSource,
  order: string,
  sales: readonly SaleDraft[],
): Promise<string[]> {
  if (mapping.level !== "line") return [];
  const now = new Set(sales.map(({ externalId }) => externalId));
  const known = await orderLines.lines(source, order);
  const fresh = [...now].filter((id) => !known.includes(id));
  if (fresh.length > 0) await orderLines.addLines(source, order, fresh);
  return known.filter((id) => !now.has(id));
}

/**
 * Versions are a thousand times the vendor's clock. What says something else at the same instant (a finer change, or a better
 * mapping) takes the next; what says the same is the version that said it. So a delivery can come twice, late and in any order.
 */
async function storeSale(deps: SalesDeps, { message, externalId }: SaleDraft, base: number): Promise<VendorReceipt> {
  const first = base * STEPS;
  const parsed = factMessageSchema.safeParse({ ...message, version: first });
  if (!parsed.success) {
    const [receipt] = await recordFacts(deps, [{ ...message, version: first }]);
    return { receipt: receipt ?? { outcome: "rejected" }, isKnown: false };
  }
  const content = factContent(parsed.data);
  const { source } = parsed.data;
  for (let attempt = 1; ; attempt += 1) {
    const versions = await deps.facts.versions({ source, externalId });
    const sameInstant = versions.filter(({ version }) => version >= first && version < first + STEPS);
    const same = sameInstant.find((fact) => factContent({ ...fact, version: first }) === content);
    const version = same?.version ?? Math.max(first - 1, ...sameInstant.map((fact) => fact.version)) + 1;
    const [receipt = { outcome: "rejected" }] = await recordFacts(deps, [{ ...parsed.data, version }]);
    // A rival took the version in between: it stands, and this one follows.
    if (receipt.outcome !== "conflict" || attempt >= ATTEMPTS) return { receipt, isKnown: same !== undefined };
  }
}

/** Undoes what is known, unless something newer than `after` is known of it; without `after` whatever is known. */
async function undo(
  deps: SalesDeps,
  { source }: VendorSource,
  externalId: string,
  after = Number.POSITIVE_INFINITY,
): Promise<VendorReceipt[]> {
  for (let attempt = 1; ; attempt += 1) {
    const newest: Fact | undefined = (await deps.facts.versions({ source, externalId })).at(-1);
    if (newest === undefined || newest.version > after) return [];
    const { recordedAt, ...message } = newest;
    if (newest.status === "cancelled") {
      const receipt = { outcome: "stored", fact: factKey(newest), version: newest.version, recordedAt } as const;
      return [{ receipt, isKnown: true }];
    }
    const version = Number.isFinite(after) ? Math.max(after, newest.version + 1) : newest.version + 1;
    const [receipt = { outcome: "rejected" }] = await recordFacts(deps, [{ ...message, version, status: "cancelled" }]);
    if (receipt.outcome !== "conflict" || attempt >= ATTEMPTS) return [{ receipt, isKnown: false }];
  }
}

import type { Problem } from "#domain/problem.ts";
import type { Vendor, VendorSource } from "#domain/source.ts";

/** Headers (names in lower case) and the body's bytes exactly as they came. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** A delivery whose signature holds. */
export interface VendorDelivery {
  /** As the vendor calls it, the same in every attempt. */
  readonly deliveryId: string;
  /** As the vendor calls the kind of event. May come from a header that nobody signed: it can get a delivery ignored, and changes nothing of what is stored. */
  readonly event: string;
}

/** One sale as a vendor's order tells it: a fact message without its version. */
export interface SaleDraft {
  readonly externalId: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** What must be asked of the vendor, because the message only says that something changed. */
export interface FetchRequest {
  readonly what: "order" | "payment" | "charge";
  readonly id: string;
  /** When the message says it happened, in milliseconds: an answer that is older is not the answer yet. */
  readonly at: number;
  /** Whose order it is, where one secret opens several shops. */
  readonly account?: string | undefined;
}

export type Reading =
  /** An order in full. `base` orders what is known of it by the vendor's clock; every line of it that is a sale is here. */
  | { readonly outcome: "sales"; readonly order: string; readonly base: number; readonly sales: readonly SaleDraft[] }
  /** The order is gone at the vendor's; no more is said. */
  | { readonly outcome: "gone"; readonly order: string }
  | { readonly outcome: "fetch"; readonly request: FetchRequest }
  | { readonly outcome: "ignored"; readonly why: string }
  | { readonly outcome: "unreadable"; readonly problems: readonly Problem[] };

/** One vendor's signature and words. Pure: nothing is stored, nothing is asked. */
export interface VendorAdapter {
  /**
   * Checks the vendor's own signature over the raw bytes, against every secret that is valid now.
   *
   * @param now milliseconds since the epoch
   * @throws Refusal("unauthenticated")
   */
  verify(delivery: RawDelivery, source: VendorSource, secrets: readonly string[], now: number): VendorDelivery;
  /** A first call that the vendor does not sign and wants a 200 for; it says nothing. */
  isGreeting?(delivery: RawDelivery): boolean;
  read(body: Uint8Array, event: string, source: VendorSource): Reading;
  /** Reads what {@link VendorOrders} answered. */
  readFetched(answer: unknown, request: FetchRequest, source: VendorSource): Reading;
  /** The headers that the vendor would send: for tests and for the local cloud. */
  sign(body: Uint8Array, source: VendorSource, secret: string, now: number, event: string): Record<string, string>;
  /** What the vendor wants to hear instead of our receipts. */
  readonly thanks?: unknown;
}

/** The adapter of a vendor; loaded when the first of its deliveries comes. */
export type Vendors = (vendor: Vendor) => Promise<VendorAdapter>;

/** Asks a vendor for an order. Only hosts of the vendor's own are ever called. */
export interface VendorOrders {
  /**
   * The vendor's answer, as JSON; undefined when it is not there (yet), the vendor does not answer in time, or the source
   * names no secret with which to ask.
   */
  fetch(source: VendorSource, request: FetchRequest): Promise<unknown>;
}

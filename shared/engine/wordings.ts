import { hash } from "node:crypto";
import type { AttributeValue, Sale } from "#domain/fact.ts";
import { CONTENT_BYTES } from "./columns/fact-table.ts";
import { ByteWriter, fragment } from "./columns/writer.ts";
import { AMOUNT, plainEnd, writeAfterSeller, writeBeforeExternalId } from "./content.ts";
import type { Shape } from "./shapes.ts";

/** Bound of remembered wordings: beyond it a sale's text is written whole, which costs time and nothing else. */
const MOST_NODES = 20_000;

class Node {
  readonly next = new Map<AttributeValue, Node>();
  wording: Wording | undefined;
}

/**
 * What sales say, but for amount, id, time, seller and version: products, channels and attributes are few, sales are many. What such
 * sales have in common is looked up at one place, and their text is there already when one of them is hashed.
 */
export class Wordings {
  readonly #root = new Node();
  #nodes = 1;

  /** Undefined where there is more to a sale: shares, an instant of cancelling, attributes that are not in order. */
  of(sale: Sale): Wording | undefined {
    if (sale.splits !== undefined || sale.overlays !== undefined || sale.cancelledAt !== undefined) return undefined;
    let node = this.#after(this.#root, sale.status);
    node &&= this.#after(node, sale.product);
    node &&= this.#after(node, sale.channel);
    node &&= this.#after(node, sale.source);
    node &&= this.#after(node, sale.currency);
    node &&= this.#after(node, sale.quantity);
    node &&= this.#afterAttributes(node, sale.attributes);
    if (!node) return undefined;
    node.wording ??= new Wording(sale);
    return node.wording;
  }

  #afterAttributes(first: Node, attributes: Sale["attributes"]): Node | undefined {
    let node: Node | undefined = first;
    for (const name in attributes) {
      const value = attributes[name];
      if (value === undefined) return undefined;
      node = this.#after(node, name);
      node &&= this.#after(node, value);
      if (!node) return undefined;
    }
    return node;
  }

  #after(node: Node, value: AttributeValue): Node | undefined {
    const known = node.next.get(value);
    if (known !== undefined || this.#nodes >= MOST_NODES) return known;
    this.#nodes += 1;
    const next = new Node();
    node.next.set(value, next);
    return next;
  }
}

const BEFORE_TIME = fragment('","kind":"sale","occurredAt":');
const BEFORE_SELLER = fragment(',"participantId":"');
const TIME_DIGITS = 13;
const [FIRST_TIME, AFTER_LAST_TIME] = [1e12, 1e13];
/** The amount ends here, so that it can have any length. */
const AMOUNT_END = 32;
const MOST_AMOUNT = AMOUNT_END - AMOUNT.length;
const TAIL = 2;

const writer = new ByteWriter();

export class Wording {
  /** What the plan makes of such a sale, once it was worked out. */
  shape: Shape | undefined;
  readonly #fixed: readonly [beforeId: Uint8Array, afterSeller: Uint8Array] | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  /** Views of the bytes by the length of the amount. */
  #views: (Buffer | undefined)[] = [];
  #idLength = -1;
  #sellerLength = -1;
  #timeAt = 0;
  #sellerAt = 0;
  #versionAt = 0;

  constructor(sale: Sale) {
    const beforeId = written(() => writeBeforeExternalId(writer, sale));
    const afterSeller = written(() => writeAfterSeller(writer, sale));
    this.#fixed = beforeId && afterSeller && [beforeId, afterSeller];
  }

  /**
   * SHA-256 of what the sale says, into 32 bytes from `place * 32` on. False where there is something unusual about it: nothing
   * is hashed then.
   *
   * @param sale of this wording
   */
  hash(sale: Sale, occurredAt: number, into: Uint8Array, place: number): boolean {
    const { amount, externalId, participantId, version } = sale;
    const length = plainEnd(amount);
    if (this.#fixed === undefined || length < 0 || length > MOST_AMOUNT) return false;
    if (!(occurredAt >= FIRST_TIME && occurredAt < AFTER_LAST_TIME)) return false;
    if (!(version >= 1 && version <= 9) || (version | 0) !== version) return false;
    if (externalId.length !== this.#idLength || participantId.length !== this.#sellerLength)
      this.#layOut(this.#fixed, externalId.length, participantId.length);
    const bytes = this.#bytes;
    if (!writeAscii(bytes, this.#timeAt - BEFORE_TIME.length - externalId.length, externalId)) return false;
    if (!writeAscii(bytes, this.#sellerAt, participantId)) return false;
    writeTimeDigits(bytes, this.#timeAt, occurredAt);
    bytes[this.#versionAt] = 0x30 + version;
    const start = AMOUNT_END - length;
    for (let at = 0; at < length; at += 1) bytes[start + at] = amount.charCodeAt(at);
    for (let at = 0; at < AMOUNT.length; at += 1) bytes[start - AMOUNT.length + at] = AMOUNT[at] ?? 0;
    let view = this.#views[length];
    if (view === undefined) {
      view = bytes.subarray(start - AMOUNT.length, this.#versionAt + TAIL);
      this.#views[length] = view;
    }
    const digest = hash("sha256", view, "binary");
    const first = place * CONTENT_BYTES;
    for (let at = 0; at < CONTENT_BYTES; at += 1) into[first + at] = digest.charCodeAt(at);
    return true;
  }

  /** The text with room for an id and a seller of such lengths. */
  #layOut([beforeId, afterSeller]: readonly [Uint8Array, Uint8Array], idLength: number, sellerLength: number): void {
    this.#timeAt = AMOUNT_END + beforeId.length + idLength + BEFORE_TIME.length;
    this.#sellerAt = this.#timeAt + TIME_DIGITS + BEFORE_SELLER.length;
    this.#versionAt = this.#sellerAt + sellerLength + afterSeller.length;
    const size = this.#versionAt + TAIL;
    if (this.#bytes.length < size) this.#bytes = Buffer.alloc(size + AMOUNT_END);
    this.#bytes.set(beforeId, AMOUNT_END);
    this.#bytes.set(BEFORE_TIME, this.#timeAt - BEFORE_TIME.length);
    this.#bytes.set(BEFORE_SELLER, this.#sellerAt - BEFORE_SELLER.length);
    this.#bytes.set(afterSeller, this.#versionAt - afterSeller.length);
    this.#bytes[this.#versionAt + 1] = 0x7d;
    this.#views = [];
    this.#idLength = idLength;
    this.#sellerLength = sellerLength;
  }
}

function written(write: () => boolean): Uint8Array | undefined {
  writer.reset();
  return write() ? Uint8Array.from(writer.written) : undefined;
}

/** What stands in JSON as it is, a byte for each character. */
function writeAscii(bytes: Uint8Array, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return false;
    bytes[start + index] = unit;
  }
  return true;
}

/** In two parts: integers of 32 bits are divided much faster than larger ones. */
function writeTimeDigits(bytes: Uint8Array, start: number, instant: number): void {
  const high = Math.floor(instant / 1e7);
  writeDigits(bytes, start, start + 6, high);
  writeDigits(bytes, start + 6, start + TIME_DIGITS, instant - high * 1e7);
}

function writeDigits(bytes: Uint8Array, start: number, end: number, value: number): void {
  let rest = value | 0;
  for (let at = end - 1; at >= start; at -= 1) {
    const tens = (rest / 10) | 0;
    bytes[at] = 0x30 + rest - tens * 10;
    rest = tens;
  }
}

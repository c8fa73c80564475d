import { createHash, type Hash } from "node:crypto";
import { compareText } from "#domain/text.ts";
import { ByteWriter } from "./columns/writer.ts";
import { hashOf } from "./hash.ts";
import { salesOfStep } from "./told-sales.ts";

/** Bytes that are hashed together. */
const BYTES_AT_ONCE = 1 << 16;
/** Sets of names whose order is remembered: results have a few dozen. */
const ORDERS_KEPT = 1000;
const [QUOTE, COMMA, LIST, LIST_END, OBJECT, OBJECT_END] = [0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d] as const;

/**
 * The same as `hashOf`, SHA-256 of the canonical JSON, of a result with millions of sales in its traces: it is written as bytes
 * piece by piece, and the sales without an object for each.
 */
export function hashResult(result: object): string {
  const writer = new ResultWriter();
  return writer.write(result) ? writer.digest() : hashOf(result);
}

/** The members of objects that have the same names in the same order. */
interface Order {
  /** As the object has them. */
  readonly names: readonly string[];
  /** By UTF-16 code units, as RFC 8785 asks; with `"name":` as bytes. */
  readonly members: readonly { readonly name: string; readonly head: Uint8Array }[];
  /** Its members say what it is: no method does, and each name is whole characters. */
  readonly isData: boolean;
}

class ResultWriter {
  readonly #sum: Hash = createHash("sha256");
  readonly #writer = new ByteWriter();
  /** By how many names there are. */
  readonly #orders: Order[][] = [];
  #ordersKept = 0;

  digest(): string {
    return this.#sum.update(this.#writer.written).digest("hex");
  }

  /** False: it is more than plain data. */
  write(value: unknown): boolean {
    const writer = this.#writer;
    if (typeof value === "string") return this.#writeText(value);
    if (typeof value === "object" && value !== null)
      return Array.isArray(value) ? this.#writeList(value) : this.#writeObject(value);
    if (typeof value === "number") {
      if (Number.isSafeInteger(value)) writer.integer(value);
      else if (Number.isFinite(value)) writer.ascii(String(value));
      else return false;
    } else if (typeof value === "boolean") writer.ascii(value ? "true" : "false");
    else if (value === null) writer.ascii("null");
    else return false;
    return true;
  }

  #writeText(text: string): boolean {
    const writer = this.#writer;
    writer.byte(QUOTE);
    if (!writer.plain(text)) {
      if (!text.isWellFormed()) return false;
      writer.inJson(text);
    }
    writer.byte(QUOTE);
    return true;
  }

  #writeList(values: readonly unknown[]): boolean {
    const writer = this.#writer;
    writer.byte(LIST);
    for (let index = 0; index < values.length; index += 1) {
      if (!this.#writeMember(values[index], index === 0)) return false;
    }
    writer.byte(LIST_END);
    return true;
  }

  #writeMember(value: unknown, isFirst: boolean): boolean {
    const writer = this.#writer;
    if (!isFirst) writer.byte(COMMA);
    if (!this.write(value)) return false;
    if (writer.length < BYTES_AT_ONCE) return true;
    this.#sum.update(writer.written);
    writer.reset();
    return true;
  }

  #writeObject(value: object): boolean {
    if (!isPlain(value)) return false;
    const writer = this.#writer;
    const { members, isData } = this.#orderOf(value);
    if (!isData) return false;
    writer.byte(OBJECT);
    let isFirst = true;
    for (let index = 0; index < members.length; index += 1) {
      const member = members[index];
      if (member === undefined) continue;
      const { name, head } = member;
      const sales = name === "contributions" ? salesOfStep(value) : undefined;
      const own = sales ?? value[name];
      if (own === undefined) continue;
      if (!isFirst) writer.byte(COMMA);
      isFirst = false;
      writer.fragment(head);
      if (sales) sales.write(writer);
      else if (!this.write(own)) return false;
    }
    writer.byte(OBJECT_END);
    return true;
  }

  /** Names are compared one by one: they are the same texts in memory, and no text is made to look them up. */
  #orderOf(value: object): Order {
    const names = Object.keys(value);
    const likely = this.#orders[names.length] ?? [];
    for (let index = 0; index < likely.length; index += 1) {
      const order = likely[index];
      if (order !== undefined && isSame(order.names, names)) return order;
    }
    const order = orderOf(names);
    if (this.#ordersKept < ORDERS_KEPT) {
      likely.push(order);
      this.#orders[names.length] = likely;
      this.#ordersKept += 1;
    }
    return order;
  }
}

function isSame(names: readonly string[], others: readonly string[]): boolean {
  for (let index = 0; index < names.length; index += 1) if (names[index] !== others[index]) return false;
  return true;
}

function orderOf(names: readonly string[]): Order {
  return {
    names,
    members: names.toSorted(compareText).map((name) => ({ name, head: Buffer.from(`${JSON.stringify(name)}:`) })),
    isData: !names.includes("toJSON") && names.every((name) => name.isWellFormed()),
  };
}

/** Whether it has a method of its own to be written by is asked of its names. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

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

/** How often a member's texts may differ from the one before until it is no longer expected that they are the same. */
const MOST_SURPRISES = 32;

/** A member of objects. Many say the same in a row, such as a currency or the name of a step: their bytes are kept. */
interface Member {
  readonly name: string;
  /** Where it stands in the object. */
  readonly place: number;
  /** `"name":` */
  readonly head: Uint8Array;
  /** The text that it had last, as long as it is worth remembering. */
  text: string | undefined;
  /** Head and text, once the text came twice in a row. */
  whole: Uint8Array | undefined;
  surprises: number;
}

/** The members of objects that have the same names in the same order. */
interface Order {
  /** As the object has them. */
  readonly names: readonly string[];
  /** By UTF-16 code units, as RFC 8785 asks. */
  readonly members: readonly Member[];
  /** Its members say what it is: no method does, and each name is whole characters. */
  readonly isData: boolean;
  /** It has the member that is told when somebody looks. */
  readonly mayTellSales: boolean;
}

const SALES = "contributions";

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
    const { members, isData, mayTellSales } = this.#orderOf(value);
    if (!isData) return false;
    const sales = mayTellSales ? salesOfStep(value) : undefined;
    // All at once is many times faster than one by one; but it would make the sales.
    const values: readonly unknown[] | undefined = sales ? undefined : Object.values(value);
    writer.byte(OBJECT);
    let isFirst = true;
    for (let index = 0; index < members.length; index += 1) {
      const member = members[index];
      if (member === undefined) continue;
      const own = values ? values[member.place] : member.name === SALES ? sales : value[member.name];
      if (own === undefined) continue;
      if (!isFirst) writer.byte(COMMA);
      isFirst = false;
      if (typeof own === "string") {
        if (!this.#writeTextOf(member, own)) return false;
        continue;
      }
      writer.fragment(member.head);
      if (own === sales && sales) sales.write(writer);
      else if (!this.write(own)) return false;
    }
    writer.byte(OBJECT_END);
    return true;
  }

  #writeTextOf(member: Member, text: string): boolean {
    const writer = this.#writer;
    if (member.surprises < MOST_SURPRISES) {
      if (member.text === text) {
        member.whole ??= wholeOf(member.head, text);
        if (member.whole) {
          writer.fragment(member.whole);
          return true;
        }
      } else {
        member.text = text;
        member.whole = undefined;
        member.surprises += 1;
      }
    }
    writer.fragment(member.head);
    return this.#writeText(text);
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
    members: names.toSorted(compareText).map((name) => {
      const head = Buffer.from(`${JSON.stringify(name)}:`);
      return { name, place: names.indexOf(name), head, text: undefined, whole: undefined, surprises: 0 };
    }),
    mayTellSales: names.includes(SALES),
    isData: !names.includes("toJSON") && names.every((name) => name.isWellFormed()),
  };
}

/** Undefined of a text that does not stand in JSON as it is. */
function wholeOf(head: Uint8Array, text: string): Uint8Array | undefined {
  const json = JSON.stringify(text);
  return json.length === text.length + 2 && text.isWellFormed() ? Buffer.concat([head, Buffer.from(json)]) : undefined;
}

/** Whether it has a method of its own to be written by is asked of its names. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

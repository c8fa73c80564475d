import { createHash, type Hash } from "node:crypto";
import { ByteWriter } from "./columns/writer.ts";
import { hashOf } from "./hash.ts";
import { salesOfStep } from "./told-sales.ts";

/** Bytes that are hashed together. */
const BYTES_AT_ONCE = 1 << 16;
/** Sets of names whose order is remembered: results have a few dozen. */
const ORDERS_KEPT = 1000;

/**
 * The same as `hashOf`, SHA-256 of the canonical JSON, of a result with millions of sales in its traces: it is written as bytes
 * piece by piece, and the sales without an object for each.
 */
export function hashResult(result: object): string {
  const writer = new ResultWriter();
  return writer.write(result) ? writer.digest() : hashOf(result);
}

class ResultWriter {
  readonly #sum: Hash = createHash("sha256");
  readonly #writer = new ByteWriter();
  readonly #orders = new Map<string, readonly string[]>();

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
    if (!text.isWellFormed()) return false;
    this.#writer.ascii('"');
    this.#writer.inJson(text);
    this.#writer.ascii('"');
    return true;
  }

  #writeList(values: readonly unknown[]): boolean {
    const writer = this.#writer;
    writer.ascii("[");
    for (let index = 0; index < values.length; index += 1) {
      if (!this.#writeMember(values[index], index === 0)) return false;
    }
    writer.ascii("]");
    return true;
  }

  #writeMember(value: unknown, isFirst: boolean): boolean {
    const writer = this.#writer;
    if (!isFirst) writer.ascii(",");
    if (!this.write(value)) return false;
    if (writer.length < BYTES_AT_ONCE) return true;
    this.#sum.update(writer.written);
    writer.reset();
    return true;
  }

  #writeObject(value: object): boolean {
    if (!isPlain(value)) return false;
    const writer = this.#writer;
    writer.ascii("{");
    let isFirst = true;
    for (const name of this.#orderOf(value)) {
      const sales = name === "contributions" ? salesOfStep(value) : undefined;
      const member = sales ?? value[name];
      if (member === undefined) continue;
      if (!isFirst) writer.ascii(",");
      isFirst = false;
      if (!this.#writeText(name)) return false;
      writer.ascii(":");
      if (sales) sales.write(writer);
      else if (!this.write(member)) return false;
    }
    writer.ascii("}");
    return true;
  }

  /** By UTF-16 code units, as RFC 8785 asks. */
  #orderOf(value: object): readonly string[] {
    const names = Object.keys(value);
    const together = names.join("\n");
    const known = this.#orders.get(together);
    if (known) return known;
    names.sort();
    if (this.#orders.size < ORDERS_KEPT) this.#orders.set(together, names);
    return names;
  }
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("toJSON" in value);
}

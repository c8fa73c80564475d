import { inflateRawSync } from "node:zlib";
import type { Problem } from "#domain/problem.ts";
import { Refusal } from "#domain/problem.ts";

/** What an archive may hold at most. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes of everything, unpacked. */
  readonly unpacked: number;
  /** Unpacked bytes for each packed one, of entries beyond {@link RATIO_FROM}: sheets come to some 10 to 40. */
  readonly ratio: number;
}

export const ZIP_LIMITS: ZipLimits = { entries: 500, unpacked: 128 * 1024 * 1024, ratio: 200 };

/** Small parts may be packed as well as they like. */
const RATIO_FROM = 256 * 1024;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/**
 * Unpacks a zip archive of which nothing is believed. The central directory says what is in it, and is judged before anything is
 * unpacked: how many entries, how large, how well packed. Then each is unpacked into no more than it said. Archives in archives,
 * encrypted ones, and names that lead out of the archive are refused.
 *
 * @throws Refusal("invalid") with one problem
 */
export function unzipGuarded(name: string, bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = entriesOf(name, bytes, view, limits);
    judge(name, entries, limits);
    return new Map(entries.map((entry) => [entry.name, unpack(name, bytes, view, entry)]));
  } catch (error) {
    // An offset beyond the end.
    if (error instanceof RangeError) throw refused(name, "bad-archive", "the archive is damaged or cut off");
    throw error;
  }
}

function entriesOf(file: string, bytes: Uint8Array, view: DataView, limits: ZipLimits): Entry[] {
  const end = endOf(file, view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count > limits.entries) {
    throw refused(file, "archive-too-large", `the archive has ${count} entries`, `at most ${limits.entries}`);
  }
  const entries: Entry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw refused(file, "bad-archive", "the archive's directory is damaged");
    const nameLength = view.getUint16(at + 28, true);
    const entry = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (names.has(entry.name)) throw refused(file, "bad-archive", `the archive has ${shown(entry.name)} twice`);
    names.add(entry.name);
    if (!entry.name.endsWith("/")) entries.push(entry);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The record at the end that says where the directory is; a comment may follow it. */
function endOf(file: string, view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw refused(file, "bad-archive", "the archive has no directory: it is damaged or cut off");
}

function judge(file: string, entries: readonly Entry[], limits: ZipLimits): void {
  let total = 0;
  for (const { name, flags, method, packed, unpacked } of entries) {
    total += unpacked;
    if (/(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:/.test(name)) {
      throw refused(file, "archive-path", `${shown(name)} leads out of the archive`);
    }
    if (/\.(zip|xlsx|xlsm|docx|pptx|jar|7z|rar|gz)$/i.test(name)) {
      throw refused(file, "nested-archive", `${shown(name)} is an archive in the archive`);
    }
    if ((flags & 1) !== 0)
      throw refused(file, "encrypted-archive", "the workbook is encrypted", "one without password");
    if (method !== 0 && method !== 8) throw refused(file, "bad-archive", `${shown(name)} is packed in an unknown way`);
    if (unpacked > RATIO_FROM && unpacked > packed * limits.ratio) {
      const ratio = packed === 0 ? "endlessly many" : String(Math.floor(unpacked / packed));
      const allowed = `at most ${limits.ratio} times its size`;
      throw refused(file, "archive-ratio", `${shown(name)} grows ${ratio} times when it is unpacked`, allowed);
    }
  }
  if (total > limits.unpacked) {
    throw refused(file, "archive-too-large", `unpacked it has ${total} bytes`, `at most ${limits.unpacked} bytes`);
  }
}

function unpack(file: string, bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { offset, packed, unpacked, method, name } = entry;
  if (view.getUint32(offset, true) !== LOCAL) throw refused(file, "bad-archive", "the archive's directory is damaged");
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw new RangeError("cut off");
  const body = bytes.subarray(start, start + packed);
  const lied = () => refused(file, "bad-archive", `${shown(name)} is not as large as the archive says`);
  if (method === 0) {
    if (packed !== unpacked) throw lied();
    return body;
  }
  let out: Uint8Array;
  try {
    // One byte more than it said is enough to know that it lied.
    out = inflateRawSync(body, { maxOutputLength: unpacked + 1 });
  } catch (error) {
    if (error instanceof RangeError) throw lied();
    throw refused(file, "bad-archive", `${shown(name)} cannot be unpacked`);
  }
  if (out.length !== unpacked) throw lied();
  return out;
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}

function refused(path: string, code: string, message: string, allowed?: string): Refusal {
  const problem: Problem = { code, path, message, ...(allowed === undefined ? {} : { allowed }) };
  return new Refusal("invalid", message, [problem]);
}

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import * as z from "zod";
import { type Fields, type ItemTable, parseItem } from "./item-table.ts";
import { blobKeys } from "./keys.ts";

/**
 * Fields that can be large (traces, bodies, statements) are kept compressed: always, so that there is one way to read
 * them. What is still too large for an item lies in parts beside it, under the hash of its bytes: nothing is too large.
 */

/** An item holds 400 kB; this leaves room for the fields beside. */
const INLINE_BYTES = 300_000;
/** Of 0-11: a trace of 30 kB shrinks nearly as much as at 11, in a hundredth of the time. */
const QUALITY = 5;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

const bytesSchema = z.instanceof(Uint8Array);
const packedSchema = z.looseObject({ packed: bytesSchema });
const splitSchema = z.looseObject({ blob: z.string(), parts: z.int().min(1) });
const partSchema = z.object({ bytes: bytesSchema });
const fieldsSchema = z.record(z.string(), z.unknown());

/** Fields → what to store instead of them. Stores the parts already if there are any, so that an item never points at nothing. */
export async function pack(table: ItemTable, fields: Fields): Promise<Fields> {
  const bytes = await compress(JSON.stringify(fields), { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  if (bytes.length <= INLINE_BYTES) return { packed: bytes };
  const blob = createHash("sha256").update(bytes).digest("hex");
  const parts = Array.from({ length: Math.ceil(bytes.length / INLINE_BYTES) }, (_, index) => ({
    ...blobKeys.part(blob, index),
    bytes: bytes.subarray(index * INLINE_BYTES, (index + 1) * INLINE_BYTES),
  }));
  await table.putAll(parts);
  return { blob, parts: parts.length };
}

/** The stored item with the packed fields in their place again. */
export async function unpack(table: ItemTable, item: Fields): Promise<Fields> {
  const inline = packedSchema.safeParse(item);
  if (inline.success) {
    const { packed, ...rest } = inline.data;
    return { ...rest, ...(await fieldsOf(packed)) };
  }
  const { blob, parts, ...rest } = splitSchema.parse(item);
  const stored = await table.all(blobKeys.parts(blob));
  if (stored.length !== parts) throw new Error(`${stored.length} of ${parts} parts are left of the body ${blob}`);
  const bytes = Buffer.concat(stored.map((part) => parseItem(partSchema, part).bytes));
  return { ...rest, ...(await fieldsOf(bytes)) };
}

async function fieldsOf(bytes: Uint8Array): Promise<Fields> {
  return fieldsSchema.parse(JSON.parse((await decompress(bytes)).toString("utf8")));
}

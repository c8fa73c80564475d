import type { Call } from "../api/client.ts";

/** Files for a dispute, as the API takes them. What it takes is told by `shared/domain/dispute.ts`; a test holds the two together. */

export type Attachment = NonNullable<Call<"attachToDispute">["body"]>;
type AttachmentType = Attachment["type"];

export const FILE_BYTES_MAX = 700_000;
export const FILES_MAX = 10;

export const FILE_TYPES: Readonly<Record<string, AttachmentType>> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  txt: "text/plain",
  csv: "text/csv",
};

/** For a file input: on a phone the camera is offered for pictures. */
export const ACCEPTED = Object.keys(FILE_TYPES)
  .map((extension) => `.${extension}`)
  .join(",");

export type FileFault = "type" | "size";

/** Sides and qualities in which a photograph is tried, until it is small enough. */
const TRIES = [
  { side: 2400, quality: 0.85 },
  { side: 1800, quality: 0.75 },
  { side: 1200, quality: 0.65 },
] as const;

/** Reads a file; a picture that is too large, as photographs of phones are, is made smaller. */
export async function prepared(file: File): Promise<Attachment | FileFault> {
  const type = FILE_TYPES[extensionOf(file.name)];
  if (type === undefined) return "type";
  if (file.size <= FILE_BYTES_MAX) return { name: safeName(file.name), type, content: await base64(file) };
  if (!type.startsWith("image/")) return "size";
  const smaller = await shrunk(file);
  if (smaller === undefined) return "size";
  const name = safeName(file.name).replace(/\.[^.]+$/, ".jpg");
  return { name, type: "image/jpeg", content: await base64(smaller) };
}

export function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).toLowerCase();
}

/** Names are shown and never a path: the API takes letters, digits and a few signs. */
export function safeName(name: string): string {
  const at = name.lastIndexOf(".");
  const stem = name
    .slice(0, at)
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{M}\p{N} _()-]/gu, "_")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .replace(/(?<![ _(-])[ _(-]+$/, "");
  const most = 120 - (name.length - at);
  return `${stem === "" ? "file" : [...stem].slice(0, most).join("").trimEnd()}${name.slice(at).toLowerCase()}`;
}

async function shrunk(file: File): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return undefined;
  for (const { side, quality } of TRIES) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob !== null && blob.size <= FILE_BYTES_MAX) return blob;
  }
  return undefined;
}

const CHUNK = 0x8000;

async function base64(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

import type { Problem } from "#domain/problem.ts";
import { decodeUtf8, type SourceFile } from "./source-file.ts";

/** Encodings in which people save tables: GB18030 holds GBK and GB2312, in which Excel saves CSV in China. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "gb18030"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * The text of a file, without its byte order mark. A mark says the encoding, strict UTF-8 is UTF-8, and what is strictly GB18030 with
 * nearly all of its characters among the common Chinese ones is that. Anything else is refused rather than guessed: `García` in
 * Latin-1 is GB18030 too, but says nothing then.
 *
 * @param encoding as somebody named it; then nothing is found out
 */
export function decodeText(file: SourceFile, encoding?: Encoding): DecodedText | Problem {
  const { bytes, name } = file;
  const told = encoding ?? byMark(bytes);
  if (told !== undefined) {
    const text = strictly(bytes, told);
    return text === undefined ? notIn(told, name) : { text, encoding: told };
  }
  const utf8 = decodeUtf8(file);
  if (typeof utf8 === "string") return { text: utf8, encoding: "utf-8" };
  const chinese = strictly(bytes, "gb18030");
  return chinese !== undefined && isCommonChinese(bytes) ? { text: chinese, encoding: "gb18030" } : utf8;
}

function byMark([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8" : undefined;
}

function strictly(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Of ten characters of two bytes nine must be of GB2312, whose both bytes are high; in Latin-1 high bytes seldom meet. */
function isCommonChinese(bytes: Uint8Array): boolean {
  let common = 0;
  let other = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    at += 1;
    if (lead >= 0xa1 && lead <= 0xf7 && (bytes[at] ?? 0) >= 0xa1) common += 1;
    else other += 1;
  }
  return common > 0 && other * 9 <= common;
}

function notIn(encoding: Encoding, name: string): Problem {
  return {
    code: "bad-encoding",
    path: name,
    message: `the file is not ${encoding.toUpperCase()}, which its first bytes or the import say`,
    allowed: ENCODINGS.join(", "),
    mend: "save it again as UTF-8 (in Excel: “CSV UTF-8”)",
  };
}

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Problem } from "#domain/problem.ts";

/** A file as it was given: the name by which problems speak of it, and its bytes. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads a file from the disk; a file that cannot be read is a problem, not an exception. */
export function loadFile(path: string): SourceFile | Problem {
  const name = basename(path);
  try {
    return { name, bytes: readFileSync(path) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    const reasons: Record<string, string> = {
      ENOENT: "there is no such file",
      EISDIR: "this is a folder, not a file",
      EACCES: "the file may not be read",
    };
    return {
      code: "no-file",
      path: name,
      message: reasons[code] ?? `the file cannot be read: ${code}`,
      seen: path,
      mend: "correct the path",
    };
  }
}

/**
 * The file's text, without a byte order mark. Other encodings are refused rather than guessed:
 * a wrong guess gives names that look right to nobody, and ids that match nothing.
 */
export function decodeUtf8(file: SourceFile): string | Problem {
  const { bytes, name } = file;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return {
      code: "not-utf8",
      path: `${name}:${firstUndecodableLine(bytes)}`,
      message: "the file is not UTF-8",
      seen: likelyEncoding(bytes),
      allowed: "UTF-8, with or without byte order mark",
      mend: "save it again as UTF-8 (in Excel: “CSV UTF-8”)",
    };
  }
}

function firstUndecodableLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    // No byte of a longer UTF-8 sequence is a line feed, so lines can be tried one by one.
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}

function likelyEncoding(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return "UTF-16";
  try {
    new TextDecoder("gb18030", { fatal: true }).decode(bytes);
    return "probably GB18030 (GBK)";
  } catch {
    return "another encoding";
  }
}

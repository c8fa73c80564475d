import { readDelimited } from "./delimited.ts";
import { type RawTable, TABLE_LIMITS, type TableOptions, unreadable } from "./raw-table.ts";
import type { SourceFile } from "./source-file.ts";

/** Zip files start so, and every workbook (XLSX) is one. */
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

/** Reads any file that people upload: a workbook (XLSX) by its first bytes, whatever its name says; all else as delimited text. */
export async function readRawTable(file: SourceFile, options: TableOptions = {}): Promise<RawTable> {
  const { limits = TABLE_LIMITS } = options;
  if (file.bytes.length > limits.bytes) {
    return unreadable(file.name, {
      code: "file-too-large",
      path: file.name,
      message: `the file has ${file.bytes.length} bytes`,
      seen: String(file.bytes.length),
      allowed: `at most ${limits.bytes} bytes`,
      mend: "split it into several files",
    });
  }
  if (!ZIP_START.every((byte, index) => file.bytes[index] === byte)) return readDelimited(file, { ...options, limits });
  // Few callers read workbooks, and what reads them is large.
  const { readWorkbook } = await import("./workbook-reader.ts");
  return readWorkbook(file, { ...options, limits });
}

import { zipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import { type Problem, Refusal } from "#domain/problem.ts";
import { longCell } from "./delimited.ts";
import { shownNumber } from "./number-text.ts";
import { type RawTable, type TableLimits, type TableOptions, type TextRecord, unreadable } from "./raw-table.ts";
import { columnLetters, type SheetScan, scanSheet } from "./sheet-scan.ts";
import type { SourceFile } from "./source-file.ts";
import { xmlTags } from "./xml-tags.ts";
import { unzipGuarded } from "./zip-guard.ts";

/** A number as its XML has it. */
class StoredNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Reads one sheet of a workbook (XLSX) as texts. The archive is judged before it is unpacked, the sheet before it is read; the reader
 * is given what was found good, packed anew. Numbers are the decimals that a spreadsheet shows, days are `2018-05-01`, results of
 * formulas are told and refused: what they were computed from is not in the file's hands.
 */
export async function readWorkbook(
  file: SourceFile,
  options: TableOptions & { readonly limits: TableLimits },
): Promise<RawTable> {
  try {
    return await readChecked(file, options);
  } catch (error) {
    if (error instanceof Refusal) return unreadable(file.name, error.problems[0] ?? notAWorkbook(file.name));
    // Whatever the reader stumbles over, the file is the cause: nothing else was given to it.
    return unreadable(file.name, notAWorkbook(file.name));
  }
}

async function readChecked(
  file: SourceFile,
  { sheet, limits }: TableOptions & { readonly limits: TableLimits },
): Promise<RawTable> {
  const parts = unzipGuarded(file.name, file.bytes);
  const dtd = [...parts].find(([name, bytes]) => /\.(xml|rels)$/.test(name) && /<!(DOCTYPE|ENTITY)/i.test(text(bytes)));
  if (dtd) return unreadable(file.name, { ...notAWorkbook(file.name), message: `${dtd[0]} declares entities` });
  const sheets = sheetsOf(parts);
  const chosen = sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === sheet);
  if (!chosen)
    return unreadable(file.name, sheet === undefined ? notAWorkbook(file.name) : noSheet(file, sheet, sheets));
  const scan = scanSheet(file.name, text(chosen.bytes), limits);
  if (scan.problem) return unreadable(file.name, scan.problem);
  const repacked = zipSync(Object.fromEntries(parts), { level: 0 });
  const position = sheets.indexOf(chosen) + 1;
  const rows = await readSheet(new Uint8Array(repacked).buffer, position, {
    parseNumber: (stored) => new StoredNumber(stored),
    trim: false,
  });
  return tableOf(file.name, rows, scan, limits, chosen.name);
}

function tableOf(
  name: string,
  rows: readonly (readonly unknown[])[],
  scan: SheetScan,
  limits: TableLimits,
  sheet: string,
): RawTable {
  const cellProblems: Problem[] = [];
  const records: TextRecord[] = [];
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const cells = row.map((value, column) => {
      const place = `${name}:${line}:${columnLetters(column + 1)}`;
      const cell = cellText(value, scan.formulas.has(`${columnLetters(column + 1)}${line}`), place);
      if (typeof cell !== "string") {
        cellProblems.push(cell);
        return "";
      }
      if (cell.length > limits.cell) cellProblems.push(longCell(place, cell.length, limits.cell));
      return cell;
    });
    if (cells.some((cell) => cell !== "") || cellProblems.some(({ path }) => path.startsWith(`${name}:${line}:`))) {
      records.push({ line, cells });
    }
  }
  const hidden = scan.hiddenRows === 0 ? [] : [`${scan.hiddenRows} hidden rows were read like the others`];
  return { name, records, cellProblems, notes: [`read sheet ${JSON.stringify(sheet)}`, ...hidden] };
}

function cellText(value: unknown, isFormula: boolean, path: string): string | Problem {
  if (isFormula) {
    return {
      code: "formula",
      path,
      message: "the cell's value is the result of a formula",
      allowed: "values",
      mend: "copy the column and paste it as values",
    };
  }
  if (value === null || value === undefined) return "";
  if (value instanceof StoredNumber) return shownNumber(value.text) ?? lostDigits(path, value.text);
  if (value instanceof Date) return dateText(value) ?? lostDigits(path, "a date outside of the calendar");
  return String(value);
}

/** The day, and the time where there is one: a spreadsheet's dates have no zone. */
function dateText(date: Date): string | undefined {
  const seconds = Math.round(date.getTime() / 1000) * 1000;
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8.64e15) return undefined;
  const iso = new Date(seconds).toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 19);
}

function lostDigits(path: string, seen: string): Problem {
  return {
    code: "number-not-kept",
    path,
    message: "the cell is a number that a spreadsheet cannot keep",
    seen,
    allowed: "numbers of at most 15 digits; ids that are longer as text",
    mend: "format the column as text and enter the value again",
  };
}

interface SheetPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The sheets in the order of their tabs, each with its part of the archive. */
function sheetsOf(parts: ReadonlyMap<string, Uint8Array>): SheetPart[] {
  const book = parts.get("xl/workbook.xml");
  const relations = parts.get("xl/_rels/workbook.xml.rels");
  if (!book || !relations) return [];
  const targets = new Map(
    tags(text(relations), "Relationship").map((tag) => [attribute(tag, "Id"), attribute(tag, "Target")]),
  );
  return tags(text(book), "sheet").flatMap((tag) => {
    const target = targets.get(attribute(tag, "(?:\\w+:)?id")) ?? "";
    const bytes = parts.get(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    return bytes ? [{ name: unescaped(attribute(tag, "name")), bytes }] : [];
  });
}

/** The attributes of each tag of that name. */
function tags(xml: string, name: string): string[] {
  return [...xmlTags(xml)].flatMap((tag) => (tag.name === name ? [tag.attributes] : []));
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).join("") ?? "";
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(value: string): string {
  return value.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_all, entity: string) => ENTITIES[entity] ?? "");
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function noSheet(file: SourceFile, sheet: string, sheets: readonly SheetPart[]): Problem {
  return {
    code: "no-sheet",
    path: file.name,
    message: `the workbook has no sheet ${JSON.stringify(sheet)}`,
    seen: sheet,
    allowed: sheets
      .slice(0, 20)
      .map(({ name }) => name)
      .join(", "),
  };
}

function notAWorkbook(path: string): Problem {
  return {
    code: "not-a-workbook",
    path,
    message: "the file cannot be read as a workbook",
    allowed: "XLSX as a spreadsheet saves it, or CSV",
  };
}

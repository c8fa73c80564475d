import * as fc from "fast-check";
import { expect, it } from "vitest";
import { membershipRows } from "#adapters/files/import-rows.ts";
import { shownNumber } from "#adapters/files/number-text.ts";
import { readRawTable } from "#adapters/files/read-table.ts";
import { Refusal } from "#domain/problem.ts";
import { bookOf, sheetXml } from "../fixtures/workbook.ts";

/** What an import does with bytes: rows, or findings; nothing else may come out. */
async function readPeople(bytes: Uint8Array) {
  try {
    return membershipRows(await readRawTable({ name: "people", bytes }));
  } catch (error) {
    if (error instanceof Refusal && error.problems.length > 0) return undefined;
    throw error;
  }
}

const BOOK = bookOf({ S: sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>participant_id</t></is></c></row>') });

it("answers any bytes with rows or with findings", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => readPeople(bytes).then(() => undefined)),
  );
});

it("answers any text with rows or with findings", async () => {
  const cell = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom('"', ",", ";", "\t", "\r\n", "'="),
  );
  const text = fc
    .array(cell, { maxLength: 60 })
    .map((cells) => `participant_id,name,unit,role,from,to\n${cells.join("")}`);
  await fc.assert(fc.asyncProperty(text, (said) => readPeople(new TextEncoder().encode(said)).then(() => undefined)));
});

it("answers any damaged workbook with rows or with findings", async () => {
  const bend = fc.record({ at: fc.nat(BOOK.length - 1), to: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.array(bend, { minLength: 1, maxLength: 6 }), fc.nat(BOOK.length), async (bends, length) => {
      const bytes = BOOK.slice(0, Math.max(4, length));
      for (const { at, to } of bends) if (at >= 4 && at < bytes.length) bytes[at] = to;
      await readPeople(bytes);
    }),
  );
});

it("reads the decimal that was typed, for every number that a spreadsheet can keep", () => {
  const typed = fc.record({ digits: fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), places: fc.nat(3) });
  fc.assert(
    fc.property(typed, ({ digits, places }) => {
      const sign = digits < 0 ? "-" : "";
      const padded = String(Math.abs(digits)).padStart(places + 1, "0");
      const decimal = `${sign}${padded.slice(0, padded.length - places)}.${padded.slice(padded.length - places)}`;
      const plain = decimal.includes(".") ? decimal.replace(/\.?0*$/, "") : decimal;
      // What a spreadsheet stores has up to 17 digits.
      const stored = Number(decimal).toPrecision(17);
      expect(shownNumber(stored)).toBe(plain === "-0" ? "0" : plain);
    }),
  );
});

import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { factRows } from "#adapters/files/fact-rows.ts";
import { membershipRows } from "#adapters/files/import-rows.ts";
import { lookAlikeProblem } from "#adapters/files/look-alikes.ts";
import { shownNumber } from "#adapters/files/number-text.ts";
import { TABLE_LIMITS, type TableOptions } from "#adapters/files/raw-table.ts";
import { readRawTable } from "#adapters/files/read-table.ts";
import { columnLetters } from "#adapters/files/sheet-scan.ts";
import { writeXlsx } from "#adapters/files/xlsx-writer.ts";
import { bookOf, GBK_PEOPLE, sheetXml } from "../fixtures/workbook.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le"));

async function read(bytes: Uint8Array, options: TableOptions = {}) {
  const { records, problem, cellProblems, notes } = await readRawTable({ name: "f", bytes }, options);
  return { rows: records.map(({ cells }) => cells), code: problem?.code, cellProblems, notes };
}

describe("text files that people upload", () => {
  const rows = [
    ["工号", "姓名"],
    ["a-1", "王芳"],
  ];
  it.each([
    ["UTF-8", utf8("工号,姓名\na-1,王芳\n")],
    ["UTF-8 with a byte order mark", utf8("\uFEFF工号,姓名\r\na-1,王芳\r\n")],
    ["UTF-16LE", utf16("工号\t姓名\na-1\t王芳\n")],
    ["GBK as Excel saves it in China", GBK_PEOPLE],
    ["semicolons", utf8('工号;姓名\n"a-1";王芳\n')],
    ["old line ends", utf8("工号,姓名\ra-1,王芳\r")],
  ])("are read: %s", async (_what, bytes) => {
    expect(await read(bytes)).toMatchObject({ rows, code: undefined });
  });

  it.each([
    [
      "Latin-1, though every byte of it is GB18030 too",
      Uint8Array.from([...utf8("id,name\n1,Garc"), 0xed, ...utf8("a\n")]),
      "not-utf8",
    ],
    ["a program", Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0]), "not-a-table"],
    ["a cell of a megabyte", utf8(`id,name\n1,${"x".repeat(1_000_000)}\n`), "row-too-long"],
    ["a quote that never closes", utf8(`id,name\n1,"${"x\n".repeat(500_000)}`), "row-too-long"],
    ["ten thousand columns", utf8(`id${",".repeat(10_000)}\n`), "too-many-columns"],
    ["more rows than are read", utf8("id\n1\n2\n3\n"), "too-many-rows"],
  ])("are refused: %s", async (_what, bytes, code) => {
    expect((await read(bytes, { limits: { ...TABLE_LIMITS, rows: 2 } })).code).toBe(code);
  });

  it("are refused by their size before they are read", async () => {
    expect((await read(utf8("id\n1\n"), { limits: { ...TABLE_LIMITS, bytes: 4 } })).code).toBe("file-too-large");
  });
});

describe("workbooks that people upload", () => {
  it("are read as the texts that a spreadsheet shows", async () => {
    const sheet = sheetXml(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>on</t></is></c><c r="C1" t="inlineStr"><is><t>sum</t></is></c></row>' +
        '<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>a-1</t></is></c><c r="B3" s="1"><v>43221</v></c><c r="C3"><v>0.30000000000000004</v></c></row>' +
        '<row r="4"><c r="A4" t="inlineStr"><is><t>a-2</t></is></c><c r="B4" s="1"><v>43221.375</v></c><c r="C4"><v>1234567.89</v></c></row>',
    );
    const { rows, notes } = await read(bookOf({ People: sheet }));
    expect(rows).toEqual([
      ["id", "on", "sum"],
      ["a-1", "2018-05-01", "0.3"],
      ["a-2", "2018-05-01T09:00:00", "1234567.89"],
    ]);
    expect(notes).toEqual(['read sheet "People"', "1 hidden rows were read like the others"]);
  });

  it("that we wrote ourselves are read again", async () => {
    const rows = [
      ["工号", "=1+1"],
      ["a-1", "-x"],
    ];
    const bytes = await writeXlsx({ name: "S", rows, totalRows: 0, widths: [9, 9] });
    expect(await read(bytes)).toMatchObject({ rows, code: undefined, cellProblems: [] });
  });

  it("have the sheet that was named", async () => {
    const cell = (text: string) => sheetXml(`<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`);
    const book = bookOf({ One: cell("first"), "Q1 & Q2": cell("second") });
    expect((await read(book)).rows).toEqual([["first"]]);
    expect((await read(book, { sheet: "Q1 & Q2" })).rows).toEqual([["second"]]);
    expect((await read(book, { sheet: "Three" })).code).toBe("no-sheet");
  });

  it("say which cells are results of formulas, or numbers whose digits are lost", async () => {
    const sheet = sheetXml(
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>110101199003074512</v></c><c r="C1"><v>7</v></c></row>',
    );
    const { rows, cellProblems } = await read(bookOf({ S: sheet }));
    expect(cellProblems.map(({ code, path }) => `${path} ${code}`)).toEqual(["f:1:A formula", "f:1:B number-not-kept"]);
    expect(rows).toEqual([["", "", "7"]]);
  });

  const far = sheetXml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>');
  const entities = sheetXml("<row/>").replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet');
  const outside = `<c r="${columnLetters(TABLE_LIMITS.columns + 1)}1"><v>1</v></c>`;
  const commented = sheetXml(`<!-- <c r="A1" ' --><row r="1">${outside}</row><!-- '> -->`);
  const quoted = sheetXml(`<row r="1"><x y="<c r='A1' "/>${outside}<x y=""/></row>`);
  it.each([
    ["one cell at the end of the world", bookOf({ S: far }), "too-many-columns"],
    ["a far cell between comments that look like a cell around it", bookOf({ S: commented }), "too-many-columns"],
    ["a far cell behind another tag's attribute that looks like a cell", bookOf({ S: quoted }), "too-many-columns"],
    ["a tag that has no end", bookOf({ S: sheetXml('<row r="1"><c r="A1" x=\'></row>') }), "not-a-workbook"],
    ["a packed sheet of zeros", zipSync({ "xl/a.xml": new Uint8Array(64_000_000) }), "archive-ratio"],
    ["an archive in the archive", zipSync({ "xl/a.zip": strToU8("x") }), "nested-archive"],
    ["a name that leads out", zipSync({ "../../etc/passwd": strToU8("x") }), "archive-path"],
    ["entities", bookOf({ S: entities }), "not-a-workbook"],
    ["half an archive", bookOf({ S: far }).slice(0, 200), "bad-archive"],
    ["no workbook", zipSync({ "a.txt": strToU8("x") }), "not-a-workbook"],
  ])("are refused: %s", async (_what, bytes, code) => {
    expect((await read(bytes)).code).toBe(code);
  });

  it("are refused when their directory lies about a size", async () => {
    const bytes = zipSync({ "xl/a.xml": [new Uint8Array(200_000), { level: 9 }] });
    // The size that the central directory tells: 24 bytes after its signature.
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at + 24, 100, true);
    expect((await read(bytes)).code).toBe("bad-archive");
  });
});

describe("numbers of a spreadsheet", () => {
  it.each([
    ["0.30000000000000004", "0.3"],
    ["1.1000000000000001", "1.1"],
    ["260", "260"],
    ["1E-7", "0.0000001"],
    ["1.5e3", "1500"],
    ["-0.1", "-0.1"],
    ["999999999999999", "999999999999999"],
    ["1000000000000000", undefined],
    ["NaN", undefined],
    ["", undefined],
  ])("%s is %s", (stored, shown) => {
    expect(shownNumber(stored)).toBe(shown);
  });
});

describe("ids that are not what they look like", () => {
  it.each([
    ["a zero-width space", "a-\u200b1", "invisible-character", "a-1"],
    ["a byte order mark", "\ufeffa-1", "invisible-character", "a-1"],
    ["full-width digits", "a-１", "look-alike", "a-1"],
    ["a Cyrillic a", "\u0430gent-1", "look-alike", "letters of one alphabet"],
  ])("%s", (_what, id, code, allowed) => {
    expect(lookAlikeProblem("p", id)).toMatchObject({ code, allowed });
  });

  it.each(["a-nanchang-001", "王芳-01", "Ivan 2", "Иван-2", "ÄÖÜ"])("%s is what it looks like", (id) => {
    expect(lookAlikeProblem("p", id)).toBeUndefined();
  });

  it("cost their row in an import, with the place", async () => {
    const csv = utf8(
      "员工编号,姓名,网点,岗位,开始日期,离职日期\na-1\u200b,王芳,nanchang,agent,2018/5/1,\na-2,李雷,nanchang,agent,2018年5月1日,\n,,,,,\n",
    );
    const { rows, badRows } = membershipRows(await readRawTable({ name: "people.csv", bytes: csv }));
    expect(badRows.flatMap(({ problems }) => problems.map(({ code, path }) => `${path} ${code}`))).toEqual([
      "people.csv:2:participant_id invisible-character",
    ]);
    expect(rows.map(({ value }) => [value.participantId, value.from])).toEqual([["a-2", "2018-05-01"]]);
  });
});

describe("facts that people upload", () => {
  it("need no more columns than their kind has, under the names that people use", async () => {
    const csv = utf8("单号,员工编号,得分,考核项,日期\nS-1,a-1,87.5,satisfaction,2018/5/1 8:00\n");
    const table = await readRawTable({ name: "scores.csv", bytes: csv });
    const { rows, badRows } = factRows(table, { source: "hr", kind: "score", zone: "Asia/Shanghai", attributes: {} });
    expect(badRows).toEqual([]);
    expect(rows.map(({ value }) => value)).toMatchObject([
      { kind: "score", source: "hr", externalId: "S-1", value: "87.5", occurredAt: "2018-05-01T08:00:00+08:00" },
    ]);
  });

  it("are refused row by row where they are of another source", async () => {
    const csv = utf8("source,external_id,participant_id,value,topic,occurred_at\npos,1,a-1,1,t,2018-05-01T08:00Z\n");
    const table = await readRawTable({ name: "s.csv", bytes: csv });
    const { badRows } = factRows(table, { source: "hr", kind: "score", zone: "UTC", attributes: {} });
    expect(badRows.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(["other-source"]);
  });
});

import { describe, expect, it } from "vitest";
import type { SourceFile } from "#adapters/files/source-file.ts";
import { readTable } from "#adapters/files/table-reader.ts";

const COLUMNS = { id: { what: "an id", example: "a" }, name: { what: "a name", example: "A" } };
const FURTHER = { name: /^[a-z]+$/, allowed: "lower case" };

function file(content: string | Uint8Array): SourceFile {
  return { name: "t.csv", bytes: typeof content === "string" ? new TextEncoder().encode(content) : content };
}

function read(content: string | Uint8Array) {
  const { rows, problems } = readTable(file(content), COLUMNS);
  return {
    rows: rows.map((row) => [row.line, row.cell("id"), row.cell("name")]),
    problems: problems.map(({ code, path }) => `${path} ${code}`),
  };
}

describe("table reader", () => {
  it("reads columns in any order, with and without byte order mark, and counts lines as an editor does", () => {
    const text = 'name,id\r\n"two\r\nlines",1\r\n\r\nplain,2\n"a ""b"", c",3';
    const rows = [
      [2, "1", "two\r\nlines"],
      [5, "2", "plain"],
      [6, "3", 'a "b", c'],
    ];
    expect(read(text)).toEqual({ rows, problems: [] });
    expect(read(`\uFEFF${text}`)).toEqual({ rows, problems: [] });
  });

  it("reports every wrong number of cells, and keeps the other rows", () => {
    expect(read("id,name\n1\n2,b\n3,c,d\n")).toEqual({
      rows: [[3, "2", "b"]],
      problems: ["t.csv:2 cell-count", "t.csv:4 cell-count"],
    });
  });

  it.each([
    ["an empty file", "", ["t.csv empty-file"]],
    ["blank lines only", "\n\n", ["t.csv empty-file"]],
    ["missing columns", "id\n1\n", ["t.csv:1:name missing-column"]],
    ["duplicate columns", "id,name,id\n1,a,2\n", ["t.csv:1:id duplicate-column"]],
    ["unknown columns", "id,name,x\n1,a,2\n", ["t.csv:1:x unknown-column"]],
    ["another separator", "id;name\n1;a\n", ["t.csv:1 bad-delimiter"]],
    ["an open quote", 'id,name\n1,a\n2,"b\n3,c\n', ["t.csv:3 bad-quoting"]],
    ["a stray quote", 'id,name\n1,a"b\n', ["t.csv:2 bad-quoting"]],
  ])("reports %s", (_what, text, problems) => {
    expect(read(text).problems).toEqual(problems);
  });

  it("proposes the column that was probably meant", () => {
    const [problem] = readTable(file("ID,name\n"), COLUMNS).problems;
    expect(problem?.mend).toBe('rename "ID" to id');
  });

  it("takes further columns where they may be, their empty cells being absent", () => {
    const { rows } = readTable(file("id,name,x,y\n1,a,,2\n"), COLUMNS, FURTHER);
    expect([...(rows[0]?.further ?? [])]).toEqual([["y", "2"]]);
    expect(readTable(file("id,name,X\n"), COLUMNS, FURTHER).problems).toMatchObject([
      { code: "unknown-column", path: "t.csv:1:X" },
    ]);
  });

  it("says which line is not UTF-8, and what the file probably is", () => {
    // "id,name\n1,南昌\n" in GBK
    const gbk = Uint8Array.from([...new TextEncoder().encode("id,name\n1,"), 0xc4, 0xcf, 0xb2, 0xfd, 0x0a]);
    expect(readTable(file(gbk), COLUMNS).problems).toMatchObject([
      { code: "not-utf8", path: "t.csv:2", seen: "probably GB18030 (GBK)" },
    ]);
    const utf16 = Uint8Array.from([0xff, 0xfe, 0x69, 0x00]);
    expect(readTable(file(utf16), COLUMNS).problems).toMatchObject([{ path: "t.csv:1", seen: "UTF-16" }]);
  });
});

import { describe, expect, it } from "vitest";
import { placed, tableOf, tsvOf } from "#functions/console/targets/clipboard.ts";
import { readNumber, sameNumber } from "#functions/console/targets/read-number.ts";
import { at, cornersOf, type Key, moved } from "#functions/console/targets/selection.ts";
import {
  type Column,
  cellOf,
  changesOf,
  deleted,
  findingsByCell,
  insisted,
  isAsked,
  type Row,
  removalsOf,
  reverted,
  written,
} from "#functions/console/targets/sheet.ts";

/** The table in which targets are written: what is pasted, what keys do, and two who write at once. */

describe("a number from a spreadsheet", () => {
  it.each([
    ["180000", "180000.00"],
    ["180,000", "180000.00"],
    ["1,180,000.5", "1180000.50"],
    ["１２０，０００．５", "120000.50"],
    [" 1 234 567 ", "1234567.00"],
    ["1'234'567.00", "1234567.00"],
    ["007", "7.00"],
    ["0", "0.00"],
    ["1.50000", "1.50"],
    ["12345678901234567.89", "12345678901234567.89"],
  ])("%s is %s", (text, value) => {
    expect(readNumber(text, 2)).toEqual({ value });
  });

  it.each([
    ["12万", "unit"],
    ["1.5亿", "unit"],
    ["３千", "unit"],
    ["120k", "unit"],
    ["85%", "percent"],
    ["¥120,000", "currency"],
    ["120000元", "currency"],
    ["-5", "negative"],
    ["(5)", "negative"],
    ["1.2E+05", "shortened"],
    ["######", "hashes"],
    ["1,23", "comma"],
    ["1.234,56", "comma"],
    ["12,34,567", "comma"],
    ["1.234", "fine"],
    ["n/a", "words"],
    ["", "words"],
  ])("%s is refused as %s, and not guessed", (text, problem) => {
    expect(readNumber(text, 2)).toEqual({ problem });
  });

  it("says the same however many noughts it ends in", () => {
    expect([
      sameNumber("5", "5.00"),
      sameNumber("5.10", "5.1"),
      sameNumber("5", "50"),
      sameNumber(undefined, "0"),
    ]).toEqual([true, true, false, false]);
  });
});

describe("a table on the clipboard", () => {
  it("is read and written as Excel and WPS do", () => {
    const table = [
      ["a", 'say "b"', "two\nlines"],
      ["", "1,5", ""],
    ];
    expect(tableOf('a\t"say ""b"""\t"two\nlines"\r\n\t1,5\t\r\n')).toEqual(table);
    expect(tableOf(tsvOf(table))).toEqual(table);
    expect(tableOf("7")).toEqual([["7"]]);
  });

  const size = { rows: 3, columns: 2 };
  const here = { row: 1, column: 0 };
  const names = new Map([
    ["南昌", 0],
    ["九江", 1],
    ["赣州", 2],
  ]);
  const rowOf = (name: string) => names.get(name);

  it("goes down and right from the marked cell, and tells what found no place", () => {
    expect(placed([["1", "2", "3"], ["4"], ["5"]], here, here, size, rowOf)).toEqual({
      cells: [
        { row: 1, column: 0, text: "1" },
        { row: 1, column: 1, text: "2" },
        { row: 2, column: 0, text: "4" },
      ],
      outside: 2,
    });
  });

  it("of one value fills all that is marked", () => {
    expect(placed([["7"]], here, { row: 2, column: 1 }, size, rowOf).cells).toHaveLength(4);
  });

  it("whose first column names the rows is placed by the names; a heading is left out, strangers are told", () => {
    const table = [
      ["单位", "启动"],
      ["赣州", "3"],
      ["南昌", "1"],
      ["上海", "9"],
      ["九江", "2"],
    ];
    expect(placed(table, here, here, size, rowOf)).toEqual({
      cells: [
        { row: 2, column: 0, text: "3" },
        { row: 0, column: 0, text: "1" },
        { row: 1, column: 0, text: "2" },
      ],
      outside: 0,
      byName: { rows: 3, unknown: ["上海"] },
    });
  });
});

describe("keys", () => {
  const size = { rows: 3, columns: 2 };
  const press = (row: number, column: number, key: string, more: Partial<Key> = {}) =>
    moved(at({ row, column }), { key, shift: false, ctrl: false, ...more }, size)?.active;

  it("move inside the table and no further", () => {
    expect(press(0, 0, "ArrowUp")).toEqual({ row: 0, column: 0 });
    expect(press(1, 0, "ArrowRight")).toEqual({ row: 1, column: 1 });
    expect(press(0, 0, "ArrowDown", { ctrl: true })).toEqual({ row: 2, column: 0 });
    expect(press(0, 1, "Enter")).toEqual({ row: 1, column: 1 });
    expect(press(1, 1, "Enter", { shift: true })).toEqual({ row: 0, column: 1 });
    expect(press(0, 0, "End", { ctrl: true })).toEqual({ row: 2, column: 1 });
    expect(press(0, 0, "x")).toBeUndefined();
  });

  it("go with the tabulator from row to row, and leave behind the last cell", () => {
    expect(press(0, 1, "Tab")).toEqual({ row: 1, column: 0 });
    expect(press(1, 0, "Tab", { shift: true })).toEqual({ row: 0, column: 1 });
    expect(press(2, 1, "Tab")).toBeUndefined();
    expect(press(0, 0, "Tab", { shift: true })).toBeUndefined();
  });

  it("mark with Shift", () => {
    const marked = moved(at({ row: 1, column: 1 }), { key: "ArrowUp", shift: true, ctrl: false }, size);
    expect(marked && cornersOf(marked)).toEqual({ first: { row: 0, column: 1 }, last: { row: 1, column: 1 } });
  });
});

describe("what is written", () => {
  const column: Column = {
    measure: "premium",
    label: "start",
    slice: "",
    asked: [{ reward: "race", level: "branch", within: "jiangxi" }],
    digits: 2,
  };
  const row: Row = { subject: "nanchang", name: "南昌", level: "branch", lineage: ["nanchang", "jiangxi", "company"] };
  const key = "nanchang#premium#start#";
  const stored = new Map([[key, "100.00"]]);
  const write = (text: string, edits = new Map()) => written(edits, stored, [{ key, text, digits: 2 }]);

  it("is a change only where it says something new", () => {
    expect(write("100").size).toBe(0);
    expect(write("100", new Map([[key, { text: "7", was: "100.00" }]])).size).toBe(0);
    const edits = write("200");
    expect(cellOf(row, column, stored, edits, true)).toMatchObject({ value: "200.00", changed: true, conflict: false });
    expect(changesOf(edits, [column])).toEqual([
      { key, row: { subject: "nanchang", measure: "premium", label: "start", slice: "", value: "200.00" } },
    ]);
    expect(reverted(edits, [key]).size).toBe(0);
  });

  it("over what somebody else has changed meanwhile is theirs and ours to compare, until one is chosen", () => {
    const edits = write("200");
    const theirs = new Map([[key, "150.00"]]);
    expect(cellOf(row, column, theirs, edits, true)).toMatchObject({
      conflict: true,
      stored: "150.00",
      value: "200.00",
    });
    expect(cellOf(row, column, theirs, insisted(edits, theirs, key), true)).toMatchObject({ conflict: false });
    // Written again it is still about what was seen first.
    expect(cellOf(row, column, theirs, written(edits, theirs, [{ key, text: "300", digits: 2 }]), true).conflict).toBe(
      true,
    );
  });

  it("empty over a target on file marks it to go; over nothing it says nothing", () => {
    const edits = write("");
    expect(cellOf(row, column, stored, edits, true)).toMatchObject({
      removed: true,
      stored: "100.00",
      value: undefined,
    });
    expect(cellOf(row, column, stored, edits, true)).not.toHaveProperty("problem");
    expect(changesOf(edits, [column])).toEqual([]);
    const place = { subject: "nanchang", measure: "premium", label: "start", slice: "" };
    expect(removalsOf(edits)).toEqual([{ key, place }]);
    expect(removalsOf(write("200"))).toEqual([]);
    expect(written(new Map(), new Map(), [{ key, text: "", digits: 2 }]).size).toBe(0);
  });

  it("goes by Delete, and comes back by it; what is not saved goes back first", () => {
    const other = "jiujiang#premium#start#";
    const going = deleted(new Map(), stored, [key, other]);
    expect(removalsOf(going).map((one) => one.key)).toEqual([key]);
    expect(deleted(going, stored, [key]).size).toBe(0);
    expect(deleted(write("200"), stored, [key]).size).toBe(0);
  });

  it("that goes while somebody else changes it is asked about; when both take it away, it is gone", () => {
    const edits = write("");
    const theirs = new Map([[key, "150.00"]]);
    expect(cellOf(row, column, theirs, edits, true)).toMatchObject({ removed: true, conflict: true });
    expect(removalsOf(insisted(edits, theirs, key))).toHaveLength(1);
    expect(insisted(edits, new Map(), key).size).toBe(0);
  });

  it("is found fault with cell by cell", () => {
    const changes = changesOf(write("200"), [column]);
    const findings = [
      { path: "/rows/0/value", message: "too fine" },
      { path: "/rows/9/value", message: "elsewhere" },
    ];
    expect([...findingsByCell(changes, [], findings)]).toEqual([[key, findings[0]]]);
    const needed = { path: "/removed/0", message: "needed" };
    expect([...findingsByCell([], removalsOf(write("")), [needed])]).toEqual([[key, needed]]);
  });

  it("is missed where a reward asks for it, and nowhere else", () => {
    const below = () => false;
    expect(isAsked(column, row, below)).toBe(true);
    expect(isAsked(column, { ...row, level: "province" }, below)).toBe(false);
    expect(isAsked(column, { ...row, lineage: ["nanchang", "hubei"] }, below)).toBe(false);
    expect(isAsked(column, { ...row, lineage: ["nanchang"] }, () => true)).toBe(true);
    const ofAgents = { ...column, asked: [{ reward: "race", level: "participant", roles: ["agent"] }] };
    expect(isAsked(ofAgents, { ...row, level: "participant", role: "agent" }, below)).toBe(true);
    expect(isAsked(ofAgents, { ...row, level: "participant", role: "lead" }, below)).toBe(false);
    expect(cellOf(row, column, new Map(), new Map(), true).missing).toBe(true);
    expect(cellOf(row, column, new Map(), new Map(), false).missing).toBe(false);
  });
});

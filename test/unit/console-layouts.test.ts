import { describe, expect, it } from "vitest";
import { payoutLayoutBodySchema } from "#domain/payout-layout.ts";
import {
  bodyIn,
  FIELDS,
  FILLS,
  fillOf,
  holding,
  holdingOf,
  inFormat,
  type LayoutBody,
  movedCell,
  newCell,
  textOfBody,
  withCells,
} from "#functions/console/settings/layout-model.ts";
import { STARTS } from "#functions/console/settings/layout-starts.ts";

/** The form of payout layouts: whatever is chosen in it is a layout that the API takes. */

const taken = (body: LayoutBody) => payoutLayoutBodySchema.safeParse(JSON.parse(textOfBody(body))).error?.issues ?? [];
const begun = (start: keyof typeof STARTS): LayoutBody => {
  const body = bodyIn(JSON.stringify(STARTS[start]));
  if (body === undefined) throw new Error(`${start} cannot be shown`);
  return body;
};

describe("the form of a layout", () => {
  it.each(["payroll", "bank"] as const)(
    "begins with %s as the API takes it, and changes nothing by looking",
    (start) => {
      const body = begun(start);
      expect(taken(body)).toEqual([]);
      expect(JSON.parse(textOfBody(body))).toEqual(JSON.parse(JSON.stringify(STARTS[start])));
    },
  );

  it.each(["columns", "before", "after"] as const)("puts everything that the language has into %s", (list) => {
    for (const start of ["payroll", "bank"] as const) {
      const body = begun(start);
      for (const held of [...FIELDS[list], "literal"] as const) {
        const cell = holding(newCell(list, body.format.kind), held);
        expect(holdingOf(cell)).toBe(held);
        expect([held, taken(withCells(body, list, [cell]))]).toEqual([held, []]);
      }
    }
  });

  it("gives each cell a width when the file gets fixed columns, and takes it away when it gets a separator", () => {
    const payroll = begun("payroll");
    const fixed = inFormat(payroll, "fixed");
    expect(taken(fixed)).toEqual([]);
    expect(fixed.columns.map(({ width }) => width)).toEqual(payroll.columns.map(() => 20));
    // Numbers are filled up with zeros on the left, texts with spaces on the right.
    expect(fixed.columns.map(fillOf)).toEqual([
      "spacesRight",
      "spacesRight",
      "spacesRight",
      "zerosLeft",
      "spacesRight",
    ]);
    expect(inFormat(fixed, "delimited").columns).toEqual(payroll.columns);
    const bank = inFormat(begun("bank"), "delimited");
    expect([taken(bank), bank.before?.some((cell) => "width" in cell)]).toEqual([[], false]);
    expect(inFormat(bank, "delimited")).toBe(bank);
  });

  it("fills numbers up as numbers when a column holds an amount instead of a text, and keeps what was chosen otherwise", () => {
    const [first] = begun("bank").columns;
    if (first === undefined) throw new Error("the bank's layout has no column");
    expect(fillOf(holding(first, "paid"))).toBe("zerosLeft");
    expect(fillOf(holding(holding(first, "paid"), "name"))).toBe("spacesRight");
    const chosen = { ...first, fill: "left", with: " " } as const;
    expect(fillOf(holding(chosen, "unit"))).toBe("spacesLeft");
    for (const { id, fill, with: filler } of FILLS) expect(fillOf({ ...first, fill, with: filler })).toBe(id);
  });

  it("moves a column one place at a time, and not beyond the ends", () => {
    const { columns } = begun("payroll");
    const heads = (cells: typeof columns) => cells.map(({ header }) => header);
    expect(heads(movedCell(columns, 1, 0)).slice(0, 3)).toEqual(["姓名", "工号", "单位"]);
    expect(heads(movedCell(columns, 0, 4)).at(-1)).toBe("工号");
    expect(movedCell(columns, 0, -1)).toBe(columns);
    expect(movedCell(columns, 4, 5)).toBe(columns);
  });

  it("has a row before or after all others only while there is something in it", () => {
    expect(withCells(begun("bank"), "before", [])).not.toHaveProperty("before");
    expect(taken(withCells(begun("payroll"), "after", [newCell("after", "delimited")]))).toEqual([]);
  });

  it.each(["", "{", "[]", "{}", '{"columns":[{}]}', '{"columns":[],"kinds":["participant"]}'])(
    "does not show %s, which is left to be mended as text",
    (text) => {
      expect(bodyIn(text)).toBeUndefined();
    },
  );
});

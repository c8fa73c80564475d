import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeCsv } from "#adapters/files/csv-writer.ts";
import { payoutCsv, payoutXlsx } from "#adapters/files/payout-file.ts";
import type { Payout } from "#domain/run.ts";

const META = { runId: "run-1", resultHash: "ab".repeat(32) };

function payout(id: string, name: string, paidMinor: number, broughtForwardMinor = 0): Payout {
  return {
    campaign: "small",
    runId: "run-1",
    payee: { kind: "participant", id },
    seq: 1,
    name,
    unit: "南昌",
    currency: "CNY",
    postedMinor: paidMinor - broughtForwardMinor,
    broughtForwardMinor,
    paidMinor,
    carriedForwardMinor: 0,
  };
}

describe("payout file", () => {
  const benefits = [
    { unit: "item:rice", quantity: 2 },
    { unit: "points:stars", quantity: -300 },
  ];
  const payouts = [payout("b", "=HYPERLINK(1)", 125_050, -1_000), { ...payout("a", "杜思远", 5), benefits }];

  it("lists payees in order and ends with the total", async () => {
    const bytes = await payoutCsv(payouts, META);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const end = `run-1,${META.resultHash}\r\n`;
    expect(new TextDecoder().decode(bytes)).toBe(
      "payee_kind,payee_id,name,unit,currency,posted,brought_forward,paid,carried_forward,benefits,run_id,result_hash\r\n" +
        `participant,a,杜思远,南昌,CNY,0.05,0.00,0.05,0.00,"item:rice 2; points:stars -300",${end}` +
        `participant,b,'=HYPERLINK(1),南昌,CNY,1260.50,-10.00,1250.50,0.00,,${end}` +
        `total,,,,CNY,1260.55,-10.00,1250.55,0.00,,${end}`,
    );
  });

  it("has the same bytes for the same payouts in any order", async () => {
    expect(await payoutCsv([...payouts].reverse(), META)).toEqual(await payoutCsv(payouts, META));
  });

  it("makes a workbook", async () => {
    const bytes = await payoutXlsx([...payouts, payout("c", "\u0001\ud800", 1)], META);
    expect(String.fromCharCode(...bytes.slice(0, 2))).toBe("PK");
  });
});

describe("CSV writer", () => {
  it("property: no text can run as a formula, and none is lost", () => {
    const risky = fc
      .tuple(
        fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", ";", '"', ",", ""),
        fc.string({ unit: "binary" }),
      )
      .map(([start, rest]) => start + rest);
    fc.assert(
      fc.property(fc.array(fc.array(risky, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const wellFormed = rows.map((row) => row.map((cell) => cell.toWellFormed()));
        const written = parse(new TextDecoder().decode(writeCsv(wellFormed)), { record_delimiter: "\r\n" });
        expect(written).toHaveLength(rows.length);
        written.forEach((cells, index) => {
          cells.forEach((cell, column) => {
            expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
            const text = wellFormed[index]?.[column];
            expect([text, `'${text}`]).toContain(cell);
          });
        });
      }),
    );
  });

  it("writes our own negative numbers as numbers, and nothing else as one", () => {
    expect(new TextDecoder().decode(writeCsv([[{ decimal: "-12.50" }, "-12.50"]]))).toBe("-12.50,'-12.50\r\n");
    expect(() => writeCsv([[{ decimal: "=1" }]])).toThrow(RangeError);
  });
});

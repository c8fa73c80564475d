import { describe, expect, it } from "vitest";
import { itemSizeBytes } from "#adapters/dynamodb/item-size.ts";
import { readUnits, writeUnits } from "#adapters/dynamodb/units.ts";

describe("the size of an item", () => {
  it.each([
    [{}, 0],
    [{ PK: "abc" }, 5],
    [{ name: "南昌" }, 10],
    [{ n: 0 }, 2],
    [{ n: 7 }, 3],
    [{ n: 12 }, 3],
    [{ n: 123 }, 4],
    [{ n: 1_000_000 }, 3],
    [{ n: -12 }, 4],
    [{ n: 0.05 }, 3],
    [{ b: true, z: null, gone: undefined }, 4],
    [{ bytes: new Uint8Array(100) }, 105],
    [{ list: [] }, 7],
    [{ list: ["a", "bc"] }, 12],
    [{ map: { a: "b", gone: undefined } }, 9],
  ])("of %j is %i bytes", (item, bytes) => {
    expect(itemSizeBytes(item)).toBe(bytes);
  });
});

describe("units", () => {
  it("of a write are one for each started kB, and never none", () => {
    expect([0, 1, 1024, 1025, 4096].map(writeUnits)).toEqual([1, 1, 1, 2, 4]);
  });

  it("of a read are one for each started 4 kB, half when it may be stale", () => {
    expect([0, 4096, 4097].map((bytes) => readUnits(bytes, true))).toEqual([1, 1, 2]);
    expect([0, 4096, 4097].map((bytes) => readUnits(bytes, false))).toEqual([0.5, 0.5, 1]);
  });
});

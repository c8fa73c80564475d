import { expect, it } from "vitest";
import { MemoryDerivedStore } from "#adapters/memory/derived-store.ts";
import { MemoryFactStore } from "#adapters/memory/fact-store.ts";
import { compareCodePoints } from "#adapters/memory/memory-table.ts";
import { credit, fact, PLACE } from "#test/contract/suites/samples.ts";

it("a fact is reported as dirty for each version that is stored, and for nothing else", async () => {
  const dirty: unknown[] = [];
  const store = new MemoryFactStore({ onDirty: (id) => dirty.push(id) });
  await store.put(fact());
  await store.put(fact());
  await store.put(fact({ amount: "1.00" }));
  await store.put(fact({ version: 2 }));
  expect(dirty).toEqual([
    { source: "pos", externalId: "sale-1" },
    { source: "pos", externalId: "sale-1" },
  ]);
});

it("a credit is reported as dirty when it changed", async () => {
  const dirty: unknown[] = [];
  const store = new MemoryDerivedStore({ onDirty: (subject) => dirty.push(subject) });
  await store.setCredit(credit());
  await store.setCredit(credit());
  expect(dirty).toEqual([{ campaign: "travel", place: PLACE, participantId: "a-1" }]);
});

it("texts are ordered by code point, as UTF-8 sorts them", () => {
  const texts = ["", "a", "aa", "b", "é", "南", "\uff21", "\uffff", "🎯", "🎯a", "𠀀"];
  const byBytes = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(texts.toReversed().toSorted(compareCodePoints)).toEqual(byBytes);
});

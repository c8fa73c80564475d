import { describe, expect, it } from "vitest";
import { exampleEvidence, exampleFact, exampleScore, exampleSharedSale } from "#contracts/examples/facts.ts";
import { factContent, factMessageSchema } from "#domain/fact.ts";
import { problemsOf } from "#domain/problem.ts";
import { evidence, sale, score } from "#test/fixtures/plan-builder.ts";
import { type Change, without } from "#test/fixtures/plan-problems.ts";

const SALE = without(sale("ann", 100, "05-02"), "recordedAt");
const SCORE = without(score("ann", "87.5", "05-02"), "recordedAt");
const EVIDENCE = without(evidence("ann", "05-02"), "recordedAt");

function told(document: unknown): string[] {
  const parsed = factMessageSchema.safeParse(document);
  return parsed.success ? [] : problemsOf(parsed.error, "", document).map(({ path, message }) => `${path} ${message}`);
}

function content(document: unknown): string {
  return factContent(factMessageSchema.parse(document));
}

const halves = (a: string, b: string) => [
  { participantId: a, part: "50%" },
  { participantId: b, part: "1/2" },
];

describe("a fact is taken", () => {
  it.each<[string, unknown]>([
    ["as a sale", SALE],
    ["as a sale of two", { ...SALE, splits: halves("bob", "cy") }],
    [
      "as a sale of three thirds",
      {
        ...SALE,
        splits: ["ann", "bob", "cy"].map((participantId) => ({ participantId, part: "1/3" })),
      },
    ],
    [
      "with overlays of more than the whole",
      {
        ...SALE,
        overlays: [
          { participantId: "bob", part: "100%" },
          { participantId: "cy", part: "150%" },
        ],
      },
    ],
    ["as a score", SCORE],
    ["as a score below zero", { ...SCORE, value: "-0.000001" }],
    ["as evidence", EVIDENCE],
    ["undone in the instant in which it happened", { ...SALE, status: "cancelled", cancelledAt: SALE.occurredAt }],
  ])("%s", (_what, document) => {
    expect(told(document)).toEqual([]);
  });

  it.each(Object.entries({ exampleFact, exampleSharedSale, exampleScore, exampleEvidence }))(
    "as the API shows it: %s",
    (_what, example) => {
      expect(told(example)).toEqual([]);
    },
  );

  it("and evidence is one unless it says how many", () => {
    expect(factMessageSchema.parse(without(EVIDENCE, "quantity"))).toMatchObject({ quantity: "1" });
  });
});

describe("a fact is refused", () => {
  it.each<[what: string, unknown, string]>([
    [
      "of a kind that does not exist",
      { ...SALE, kind: "refund" },
      "/kind use a kind of fact that exists: sale, score, evidence",
    ],
    ["of no kind", without(SALE, "kind"), "/kind use a kind of fact that exists: sale, score, evidence"],
    ["as a score with an amount", { ...SCORE, amount: "1" }, "/amount there is no field amount here"],
    ["as a score with a product", { ...SCORE, product: "P" }, "/product there is no field product here"],
    ["as a sale with a topic", { ...SALE, topic: "service" }, "/topic there is no field topic here"],
    ["as a score without a topic", without(SCORE, "topic"), "/topic topic is missing"],
    ["as a score without a value", without(SCORE, "value"), "/value value is missing"],
    ["with a value that is no number", { ...SCORE, value: "good" }, "/value use a decimal with at most 6 digits"],
    ["with a value that is too fine", { ...SCORE, value: "0.0000001" }, "/value use a decimal with at most 6 digits"],
    [
      "with a value beyond any score",
      { ...SCORE, value: "1000000000.1" },
      "/value use a decimal between -1000000000 and 1000000000",
    ],
    [
      "with evidence beyond any number",
      { ...EVIDENCE, quantity: "1000000001" },
      "/quantity use a decimal between -1000000000 and 1000000000",
    ],
    [
      "undone though it stands",
      { ...SALE, cancelledAt: SALE.occurredAt },
      "/cancelledAt use no cancelledAt unless the status is cancelled: nothing was undone",
    ],
    [
      "undone before it happened",
      { ...SCORE, status: "cancelled", cancelledAt: "2018-05-01T00:00:00+08:00" },
      "/cancelledAt use an instant that is not before occurredAt (2018-05-02T12:00:00+08:00): it cannot be undone before it happened",
    ],
    [
      "with splits of less than the whole",
      {
        ...SALE,
        splits: [
          { participantId: "bob", part: "1/3" },
          { participantId: "cy", part: "66%" },
        ],
      },
      "/splits use parts that sum to exactly 1: these sum to 149/150",
    ],
    [
      "with a person twice",
      { ...SALE, splits: halves("bob", "bob") },
      "/splits/1/participantId use nobody twice: bob stands in splits already",
    ],
    [
      "with a part of nothing",
      { ...SALE, overlays: [{ participantId: "bob", part: "0" }] },
      '/overlays/0/part use a part above zero in quotes: "50%", "0.5" or "1/3"',
    ],
    [
      "with an overlay for the seller",
      { ...SALE, overlays: [{ participantId: "ann", part: "1" }] },
      "/overlays/0/participantId use nobody twice: ann sold it",
    ],
    [
      "with an overlay for one who has a split",
      { ...SALE, splits: halves("bob", "cy"), overlays: [{ participantId: "cy", part: "1" }] },
      "/overlays/0/participantId use nobody twice: cy has a split of the sale",
    ],
  ])("%s", (_what, document, problem) => {
    expect(told(document)).toEqual([problem]);
  });
});

describe("what a version says", () => {
  it("of a sale is what it always was: nothing that it does not say is added", () => {
    expect(content(SALE)).toBe(
      '{"amount":"100","attributes":{},"channel":"individual","currency":"CNY","externalId":"ann 05-02","kind":"sale",' +
        '"occurredAt":1525233600000,"participantId":"ann","product":"P","quantity":"1","source":"pos","status":"active","version":1}',
    );
  });

  it.each<[string, unknown, unknown]>([
    ["a value in another spelling", SCORE, { ...SCORE, value: "+87.50" }],
    [
      "parts in another spelling and order",
      { ...SALE, splits: halves("bob", "cy") },
      {
        ...SALE,
        splits: [
          { participantId: "cy", part: "0.50" },
          { participantId: "bob", part: "3/6" },
        ],
      },
    ],
  ])("is the same with %s", (_what, one, other) => {
    expect(content(other)).toBe(content(one));
  });

  it.each<[string, unknown, Change]>([
    ["topic of a score", SCORE, { topic: "training" }],
    ["value of a score", SCORE, { value: "87" }],
    ["topic of evidence", EVIDENCE, { topic: "training" }],
    ["quantity of evidence", EVIDENCE, { quantity: "2" }],
    ["splits", SALE, { splits: halves("bob", "cy") }],
    ["overlays", SALE, { overlays: [{ participantId: "bob", part: "1" }] }],
  ])("is something else with another %s", (_what, one, change) => {
    expect(content(Object.assign({}, one, change))).not.toBe(content(one));
  });

  it("tells when it was undone", () => {
    const cancelled = { ...SALE, status: "cancelled" };
    const told = [
      cancelled,
      { ...cancelled, cancelledAt: "2018-06-01T00:00:00Z" },
      { ...cancelled, cancelledAt: "2018-06-02T00:00:00Z" },
    ];
    expect(new Set(told.map(content)).size).toBe(3);
    expect(content({ ...cancelled, cancelledAt: "2018-06-01T08:00:00+08:00" })).toBe(content(told[1]));
  });
});

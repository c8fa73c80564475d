import { describe, expect, it } from "vitest";
import { readFactFile } from "#adapters/files/fact-file.ts";

const COLUMNS = [
  "source,external_id,version,status,participant_id,occurred_at,recorded_at,amount,currency,quantity,product,channel",
  "kind,splits,overlays,topic,value,cancelled_at",
].join(",");
const WHEN = "2018-07-01T12:00:00Z,2018-07-01T12:00:00Z";

/** A row with the cells after `channel`: kind, splits, overlays, topic, value, cancelled_at. */
function row(sold: string, more: string, status = "active"): string {
  return `pos,1,1,${status},a-1,${WHEN},${sold},${more}`;
}
const SOLD = "100.00,EUR,,P,web";
const NOTHING = ",,,,";

function read(...rows: readonly string[]) {
  const bytes = new TextEncoder().encode(`${COLUMNS}\n${rows.join("\n")}\n`);
  return readFactFile({ name: "facts.csv", bytes }, { zone: "Europe/Berlin", attributes: {} });
}

describe("a facts file with facts of every kind", () => {
  it.each<[string, string, object]>([
    ["a sale, where nothing else is said", row(SOLD, ",,,,,"), { kind: "sale", quantity: "1" }],
    [
      "splits, also of ids with colons",
      row(SOLD, "sale,a-1:50%; b:2 :1/2,,,,"),
      {
        splits: [
          { participantId: "a-1", part: "50%" },
          { participantId: "b:2", part: "1/2" },
        ],
      },
    ],
    ["overlays", row(SOLD, "sale,,a-9:150%,,,"), { overlays: [{ participantId: "a-9", part: "150%" }] }],
    ["a score", row(NOTHING, "score,,,service,87.5,"), { kind: "score", topic: "service", value: "87.5" }],
    ["evidence", row(",,2,,", "evidence,,,receipt,,"), { kind: "evidence", topic: "receipt", quantity: "2" }],
    [
      "when it was undone, on the plan's clock",
      row(SOLD, ",,,,,2018-07-02T12:00", "cancelled"),
      { status: "cancelled", cancelledAt: "2018-07-02T12:00:00+02:00" },
    ],
  ])("is read for %s", (_what, text, expected) => {
    const { facts, problems } = read(text);
    expect(problems).toEqual([]);
    expect(facts).toMatchObject([expected]);
  });

  it("says nothing of what the row does not", () => {
    const [fact] = read(row(SOLD, ",,,,,")).facts;
    for (const field of ["splits", "overlays", "cancelledAt", "topic", "value"]) expect(fact).not.toHaveProperty(field);
  });

  it.each<[string, string, object]>([
    [
      "a kind that does not exist",
      row(SOLD, "refund,,,,,"),
      {
        path: "facts.csv:2:kind",
        seen: "refund",
        allowed: "sale, score, evidence",
        message: '"refund" is not a kind of fact',
      },
    ],
    [
      "a list that cannot be read",
      row(SOLD, ",a-1 50%,,,,"),
      { path: "facts.csv:2:splits", seen: "a-1 50%", mend: "write it like a-1:50%;a-2:50%" },
    ],
    [
      "splits of less than the whole",
      row(SOLD, ",a-1:50%;a-2:40%,,,,"),
      { path: "facts.csv:2:splits", allowed: "parts that sum to exactly 1: these sum to 9/10" },
    ],
    [
      "a person twice",
      row(SOLD, ",a-1:50%;a-1:50%,,,,"),
      { path: "facts.csv:2:splits", allowed: "nobody twice: a-1 stands in splits already" },
    ],
    [
      "an overlay for the seller",
      row(SOLD, ",,a-1:50%,,,"),
      { path: "facts.csv:2:overlays", allowed: "nobody twice: a-1 sold it" },
    ],
    [
      "a score with a product",
      row(",,,P,", "score,,,service,1,"),
      {
        code: "foreign-cell",
        path: "facts.csv:2:product",
        message: "a score has no product",
        seen: "P",
        allowed: "an empty cell",
      },
    ],
    [
      "evidence with a value",
      row(NOTHING, "evidence,,,receipt,1,"),
      { code: "foreign-cell", path: "facts.csv:2:value", message: "evidence has no value" },
    ],
    ["a sale with a topic", row(SOLD, ",,,service,,"), { path: "facts.csv:2:topic", message: "a sale has no topic" }],
    [
      "a score without a value",
      row(NOTHING, "score,,,service,,"),
      { path: "facts.csv:2:value", message: "a value is missing" },
    ],
    [
      "a score that is no number",
      row(NOTHING, "score,,,service,good,"),
      { path: "facts.csv:2:value", seen: "good", allowed: "a decimal with at most 6 digits" },
    ],
    [
      "an instant of undoing that is none",
      row(SOLD, ",,,,,yesterday", "cancelled"),
      { path: "facts.csv:2:cancelled_at", seen: "yesterday" },
    ],
    [
      "an undoing of what stands",
      row(SOLD, ",,,,,2018-07-02T12:00:00Z"),
      {
        path: "facts.csv:2:cancelled_at",
        allowed: "no cancelledAt unless the status is cancelled: nothing was undone",
      },
    ],
  ])("is refused for %s", (_what, text, problem) => {
    const { facts, problems } = read(text);
    expect(facts).toEqual([]);
    expect(problems).toMatchObject([problem]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFactFile } from "#adapters/files/fact-file.ts";

const HEADER =
  "kind,source,external_id,version,status,participant_id,occurred_at,recorded_at,amount,currency,quantity,product,channel";
const CONTEXT = { zone: "Europe/Berlin", attributes: { vip: "boolean", score: "number" } } as const;

/** A row of a sale; `at` is both when it happened and when it was recorded. */
function row(id: string, version: number, at: string, amount: string, more = ""): string {
  return `sale,pos,${id},${version},active,a1,${at},${at},${amount},EUR,1,P,web${more}`;
}

function read(rows: readonly string[], moreColumns = "") {
  const bytes = new TextEncoder().encode(`${HEADER}${moreColumns}\n${rows.join("\n")}\n`);
  return readFactFile({ name: "facts.csv", bytes }, CONTEXT);
}

describe("facts file", () => {
  it("reads local times on the plan's clock, and refuses those that it shows twice or never", () => {
    const { facts, problems } = read([
      row("1", 1, "2018-07-01T12:00", "1.00"),
      row("2", 1, "2018-10-28T02:30:00", "1.00"),
      row("3", 1, "2018-03-25T02:30:00", "1.00"),
      row("4", 1, "2018-10-28T02:30:00+02:00", "1.00"),
    ]);
    expect(facts.map(({ externalId, occurredAt }) => [externalId, occurredAt])).toEqual([
      ["1", "2018-07-01T12:00:00+02:00"],
      ["4", "2018-10-28T02:30:00+02:00"],
    ]);
    expect(problems.map(({ path }) => path)).toEqual([
      "facts.csv:3:recorded_at",
      "facts.csv:3:occurred_at",
      "facts.csv:4:recorded_at",
      "facts.csv:4:occurred_at",
    ]);
  });

  it("types attributes as the plan declares them; undeclared ones are text, empty ones absent", () => {
    const { facts, problems } = read(
      [
        row("1", 1, "2018-07-01T12:00Z", "1.00", ",true,-1.5,7"),
        row("2", 1, "2018-07-02T12:00Z", "1.00", ",,,"),
        row("3", 1, "2018-07-03T12:00Z", "1.00", ",yes,1e3,"),
      ],
      ",vip,score,note",
    );
    expect(facts.map(({ attributes }) => attributes)).toEqual([{ vip: true, score: -1.5, note: "7" }, {}]);
    expect(problems).toMatchObject([
      { path: "facts.csv:4:vip", seen: "yes" },
      { path: "facts.csv:4:score", seen: "1e3" },
    ]);
  });

  it("lets facts of unknown people and currencies pass: the computation holds them with a reason", () => {
    const { facts, problems } = read([row("1", 1, "2018-07-01T12:00Z", "1.00").replace("EUR", "ZZZ")]);
    expect(problems).toEqual([]);
    expect(facts).toMatchObject([{ currency: "ZZZ" }]);
  });

  it("takes rows as intake would: by time of recording, the first of a version holds, the same again is a duplicate", () => {
    const later = "2018-07-02T12:00:00Z";
    const earlier = "2018-07-01T12:00:00Z";
    const sale = (recordedAt: string, amount: string) =>
      `sale,pos,1,1,active,a1,${earlier},${recordedAt},${amount},EUR,1,P,web`;
    const { facts, duplicates, conflicts } = read([
      sale(later, "2.00"),
      sale(earlier, "1.00"),
      sale(later, "1"),
      sale(later, "3.00"),
      row("1", 2, later, "2.00"),
    ]);
    expect(facts.map((fact) => [fact.version, fact.kind === "sale" && fact.amount])).toEqual([
      [1, "1.00"],
      [2, "2.00"],
    ]);
    expect(duplicates).toBe(1);
    expect(conflicts.map(({ place, key, version }) => [place, key, version])).toEqual([
      ["facts.csv:2:version", "pos#1", 1],
      ["facts.csv:5:version", "pos#1", 1],
    ]);
  });

  it("property: every row is a fact, a duplicate or a conflict, in whatever order the rows stand", () => {
    const message = fc.record({
      id: fc.constantFrom("1", "2", "3"),
      version: fc.integer({ min: 1, max: 2 }),
      minute: fc.integer({ min: 10, max: 59 }),
      amount: fc.constantFrom("1.00", "1", "2.00"),
    });
    fc.assert(
      fc.property(fc.uniqueArray(message, { selector: ({ minute }) => minute, maxLength: 20 }), (messages) => {
        const rows = messages.map(
          ({ id, version, minute, amount }) =>
            `sale,pos,${id},${version},active,a1,2018-07-01T12:00:00Z,2018-07-01T12:${minute}:00Z,${amount},EUR,1,P,web`,
        );
        const { facts, duplicates, conflicts } = read(rows);
        expect(facts.length + duplicates + conflicts.length).toBe(messages.length);
        expect(read([...rows].reverse()).facts).toEqual(facts);
      }),
      { numRuns: 50 },
    );
  });
});

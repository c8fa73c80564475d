import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { jiangxiFiles } from "#test/fixtures/jiangxi/files.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { type JiangxiCounts, type JiangxiResult, settleJiangxi } from "#test/oracle/jiangxi.ts";

/** The oracle is what the engine is compared with, so its own numbers here were worked out by hand. */

const ORGS = `unit,parent,level,name
picc,,company,PICC
jiangxi,picc,province,Jiangxi
nanchang,jiangxi,branch,Nanchang
ganzhou,jiangxi,branch,Ganzhou
jian,jiangxi,branch,Ji'an
xinyu,jiangxi,branch,Xinyu
hunan,picc,province,Hunan
${Array.from({ length: 11 }, (_, index) => `hn${index + 10},hunan,branch,Hunan ${index + 10}`).join("\n")}
`;
const PEOPLE = `a1,,nanchang,agent,,
a2,,nanchang,agent,,
b1,,ganzhou,agent,,
c1,,jian,agent,,
d1,,xinyu,agent,,`;
const JUNE = "2018-06-01T12:00:00+08:00";

let nextId = 0;

/** A row of the facts file; what a case does not mention is a sale that counts, recorded when it happened. */
function sale(seller: string, amount: string, given: Partial<Record<string, string>> = {}): string {
  const at = given.at ?? JUNE;
  const {
    source = "s",
    id = String(nextId++).padStart(6, "0"),
    version = "1",
    status = "active",
    recorded = at,
  } = given;
  const { currency = "CNY", product = "LAY", channel = "individual", entry = "app" } = given;
  const columns = ["sale", source, id, version, status, seller, at, recorded, amount, currency, "1", product, channel];
  return [...columns, entry].join(",");
}

function settle(facts: string[], people = PEOPLE, targets: string[] = [], asOf?: string): JiangxiResult {
  return settleJiangxi({
    orgs: ORGS,
    people: `participant_id,name,unit,role,from,to\n${people}\n`,
    targets: `subject,measure,label,slice,value\n${targets.join("\n")}\n`,
    facts: `kind,source,external_id,version,status,participant_id,occurred_at,recorded_at,amount,currency,quantity,product,channel,entry\n${facts.join("\n")}\n`,
    ...(asOf !== undefined && { asOf }),
  });
}

/** The lines of a reward as `payee amount rank`, in the order of rank and payee. */
function lines(result: JiangxiResult, reward: string): string[] {
  return result.lines
    .filter((line) => line.reward === reward)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ payee, amount, rank }) => [payee.id, amount, rank].join(" ").trim());
}

const target = (branch: string, label: "start" | "budget", value: string): string =>
  `${branch},premium,${label},,${value}`;

describe("commission", () => {
  it("rounds half up to the fen sale by sale", () => {
    // 128.50 × 35 % = 44.975 → 44.98, twice: 89.96 (the sum of both, 257.00, would give 89.95).
    // 19.99 × 35 % = 6.9965 → 7.00. 0.01 × 35 % = 0.0035 → 0.00, and no line of nothing.
    const result = settle([sale("a1", "128.50"), sale("a1", "128.50"), sale("b1", "19.99"), sale("c1", "0.01")]);
    expect(lines(result, "commission")).toEqual(["a1 89.96", "b1 7.00"]);
    expect(result.totals.commission).toBe("96.96");
  });

  it("pays only what counts, from the first instant of the period to its last", () => {
    const result = settle([
      sale("a1", "100.00", { at: "2018-04-30T23:59:59.999+08:00" }),
      sale("a1", "200.00", { at: "2018-05-01T00:00:00+08:00" }),
      sale("a1", "400.00", { at: "2018-10-31T23:59:59.999+08:00", product: "LAI" }),
      sale("a1", "800.00", { at: "2018-11-01T00:00:00+08:00" }),
      sale("a1", "1000.00", { product: "LAH" }),
      sale("a1", "1000.00", { channel: "agency" }),
      sale("a1", "1000.00", { entry: "web" }),
      sale("a1", "1000.00", { currency: "USD" }),
      sale("nobody", "1000.00"),
    ]);
    // Only 200 and 400 count: 70.00 + 140.00.
    expect(lines(result, "commission")).toEqual(["a1 210.00"]);
    expect(result.counts).toMatchObject({ counted: 2, outsidePeriod: 2, otherProduct: 1, unknownParticipant: 1 });
  });
});

describe("the state of a fact", () => {
  it("is the highest version recorded by the as-of instant; of two records of a version the first stays", () => {
    const facts = [
      // Overtaken: version 2 says 200 and was recorded first. 70.00
      sale("a1", "900.00", { id: "x", version: "1", recorded: "2018-06-03T00:00:00+08:00" }),
      sale("a1", "200.00", { id: "x", version: "2", recorded: "2018-06-02T00:00:00+08:00" }),
      // Redelivered, then contradicted: 100 stays. 35.00
      sale("a2", "100.00", { id: "y" }),
      sale("a2", "100.00", { id: "y", recorded: "2018-06-05T00:00:00+08:00" }),
      sale("a2", "700.00", { id: "y", recorded: "2018-06-06T00:00:00+08:00" }),
      // Another source's "y" is another sale. 17.50
      sale("b1", "50.00", { id: "y", source: "t" }),
      // Cancelled in the last instant of the late window, and a millisecond after it.
      sale("c1", "100.00", { id: "z" }),
      sale("c1", "100.00", { id: "z", version: "2", status: "cancelled", recorded: "2018-11-16T00:00:00+08:00" }),
      sale("d1", "100.00", { id: "w" }),
      sale("d1", "100.00", { id: "w", version: "2", status: "cancelled", recorded: "2018-11-16T00:00:00.001+08:00" }),
    ];
    const final = settle(facts);
    expect(lines(final, "commission")).toEqual(["a1 70.00", "a2 35.00", "b1 17.50", "d1 35.00"]);
    expect(final.counts).toMatchObject({ rows: 10, recordedAfterAsOf: 1, duplicates: 1, conflicts: 1, superseded: 2 });
    const later = settle(facts, PEOPLE, [], "2018-12-01T00:00:00+08:00");
    expect(lines(later, "commission")).toEqual(["a1 70.00", "a2 35.00", "b1 17.50"]);
  });
});

describe("speed award", () => {
  const departments = `${PEOPLE}
m-n1,,nanchang,sales-manager,,
m-n2,,nanchang,sales-manager,,
s-n1,,nanchang,sales-staff,,2018-11-01
s-n2,,nanchang,sales-staff,,
s-n3,,nanchang,sales-staff,2018-10-31,
s-n4,,nanchang,sales-staff,,2018-10-31
m-g1,,ganzhou,sales-manager,,`;

  it("places budget before start, fills up in the order of start, and shares each prize to the fen", () => {
    const result = settle(
      [
        // Xinyu reaches its start first of all, but Nanchang and Ganzhou reach budgets, Ganzhou only in October.
        sale("d1", "500.00", { at: "2018-05-02T09:00:00+08:00" }),
        sale("c1", "500.00", { at: "2018-05-02T09:00:01+08:00" }),
        sale("a1", "999.99", { at: "2018-08-01T09:00:00+08:00" }),
        sale("a2", "0.01", { at: "2018-08-02T09:00:00+08:00" }),
        sale("b1", "1000.00", { at: "2018-10-02T09:00:00+08:00" }),
      ],
      departments,
      ["nanchang", "ganzhou", "jian", "xinyu"].flatMap((unit) => [
        target(unit, "start", "500.00"),
        target(unit, "budget", "1000.00"),
      ]),
    );
    // Nanchang's department on 31 October: two managers and three staff, 2 × 1 + 3 × 0.5 = 3.5. A manager's part is
    // 10,000 / 3.5 = 2,857.142857…, a staff member's 1,428.571428…. Whole fen: 2 × 2,857.14 + 3 × 1,428.57 = 9,999.99.
    // The fen left goes to the larger remainder, the managers' (.2857 against .1428), and of those to the smaller id.
    // Ganzhou has one manager, Xinyu nobody. Ji'an was a second too late.
    expect(lines(result, "speed-award")).toEqual([
      "m-n1 2857.15 1",
      "m-n2 2857.14 1",
      "s-n1 1428.57 1",
      "s-n2 1428.57 1",
      "s-n3 1428.57 1",
      "m-g1 8000.00 2",
      "xinyu 6000.00 3",
    ]);
    expect(result.lines.find(({ payee }) => payee.id === "xinyu")?.payee.kind).toBe("unit");
    expect(result.totals["speed-award"]).toBe("24000.00");
  });

  it("decides the same instant by the fact key of the sale that reached the target", () => {
    // Both reach 500 at noon. Ji'an's reaching sale is t/1, Nanchang's s/2: s comes before t. That Nanchang has a later
    // s/3 in the same instant does not matter, nor does the order of the rows.
    const facts = [
      sale("c1", "500.00", { source: "t", id: "1" }),
      sale("a1", "300.00", { source: "s", id: "3" }),
      sale("a1", "500.00", { source: "s", id: "2" }),
    ];
    const targets = [target("nanchang", "start", "500.00"), target("jian", "start", "500.00")];
    expect(lines(settle(facts, PEOPLE, targets), "speed-award")).toEqual(["nanchang 10000.00 1", "jian 8000.00 2"]);
    // If Nanchang needs s/3 as well it still comes first; if it needs u/1, Ji'an does.
    const slower = [...facts.slice(0, 2), sale("a1", "200.00", { source: "u", id: "1" })];
    expect(lines(settle(slower, PEOPLE, targets), "speed-award")).toEqual(["jian 10000.00 1", "nanchang 8000.00 2"]);
  });
});

describe("personal award", () => {
  it("moves up past those who fail a gate, includes 10,000 exactly, and ties by who was there first", () => {
    const result = settle(
      [
        sale("a1", "4000.00", { at: "2018-05-03T09:00:00+08:00" }),
        sale("a1", "8000.00", { at: "2018-07-03T09:00:00+08:00" }),
        sale("a2", "12000.00", { at: "2018-06-03T09:00:00+08:00" }),
        sale("b1", "10000.00"),
        sale("c1", "90000.00"),
        sale("d1", "9999.99"),
      ],
      PEOPLE,
      [
        target("nanchang", "start", "24000.00"),
        target("ganzhou", "start", "10000.00"),
        target("jian", "start", "90000.01"),
        target("xinyu", "start", "1.00"),
      ],
    );
    // c1 sold most, but Ji'an is a fen short of its target. a1 and a2 both have 12,000; a2 had them in June, a1 in July.
    // Nanchang (24,000) and Ganzhou (10,000) reach their targets exactly. d1 is a fen short of 10,000.
    expect(lines(result, "personal-award")).toEqual(["a2 5000.00 1", "a1 4000.00 2", "b1 3000.00 3"]);
  });

  it("credits a mover's sales where they were made, and judges by the branch of the last instant", () => {
    const people = `mover,,jian,agent,,2018-08-01
mover,,nanchang,agent,2018-08-01,
leaver,,nanchang,agent,,2018-10-31
promoted,,nanchang,agent,,2018-09-01
promoted,,nanchang,sales-staff,2018-09-01,
office,,jiangxi,agent,,`;
    const result = settle(
      [
        sale("mover", "9000.00", { at: "2018-07-31T23:59:59.999+08:00" }),
        sale("mover", "2000.00", { at: "2018-08-01T00:00:00+08:00" }),
        sale("leaver", "20000.00"),
        sale("leaver", "30000.00", { at: "2018-10-31T00:00:00+08:00" }),
        sale("promoted", "15000.00"),
        sale("office", "15000.00"),
      ],
      people,
      [target("nanchang", "start", "37000.00"), target("jian", "start", "9000.01")],
    );
    // Nanchang: 2,000 of the mover, 20,000 of the leaver (30,000 came after leaving and belong to no branch), 15,000 of
    // the promoted: 37,000. Ji'an keeps 9,000. The mover has 11,000 of their own and is in Nanchang at the end; the
    // leaver is nowhere, the promoted is no agent any more and the office has no branch. All earn commission.
    expect(result.branches.slice(0, 3).map(({ unit, premium }) => `${unit} ${premium}`)).toEqual([
      "nanchang 37000.00",
      "ganzhou 0.00",
      "jian 9000.00",
    ]);
    expect(lines(result, "personal-award")).toEqual(["mover 5000.00 1"]);
    expect(lines(result, "commission")).toEqual([
      "leaver 17500.00",
      "mover 3850.00",
      "office 5250.00",
      "promoted 5250.00",
    ]);
  });

  it("pays 35 places: 5,000, 4,000, 3,000, twelve of 2,000 and twenty of 1,000", () => {
    const agents = Array.from({ length: 37 }, (_, index) => `p${index + 10}`);
    const result = settle(
      agents.map((id, index) => sale(id, `${20000 - index}.00`)),
      agents.map((id) => `${id},,nanchang,agent,,`).join("\n"),
      [target("nanchang", "start", "10000.00")],
    );
    const paid = lines(result, "personal-award");
    expect(paid).toHaveLength(35);
    expect([paid[2], paid[3], paid[14], paid[15], paid[34]]).toEqual([
      "p12 3000.00 3",
      "p13 2000.00 4",
      "p24 2000.00 15",
      "p25 1000.00 16",
      "p44 1000.00 35",
    ]);
    expect(result.totals["personal-award"]).toBe("56000.00");
  });
});

describe("national branch ranking", () => {
  it("takes ten of the branches with 100,000 or more, equals by the instant of the final value, then by id", () => {
    const branches = Array.from({ length: 11 }, (_, index) => `hn${index + 10}`);
    const people = [...branches.map((unit) => `${unit}-a,,${unit},agent,,`), PEOPLE].join("\n");
    // hn10 has 110,000, hn11 109,000 … hn18 102,000, hn19 100,000 and hn20 99,999.99. Nanchang and Ganzhou equal hn18:
    // Nanchang had its 102,000 in May, hn18 and Ganzhou in June. So Nanchang is ninth, Ganzhou tenth by its id, and
    // hn18 and hn19 get nothing.
    const result = settle(
      [
        ...branches.slice(0, 9).map((unit, index) => sale(`${unit}-a`, `${110000 - index * 1000}.00`)),
        sale("hn19-a", "100000.00"),
        sale("hn20-a", "99999.99"),
        sale("a1", "102000.00", { at: "2018-05-05T08:00:00+08:00" }),
        sale("b1", "2000.00", { at: "2018-05-05T08:00:00+08:00" }),
        sale("b1", "100000.00"),
      ],
      people,
    );
    const paid = lines(result, "branch-ranking");
    expect(paid).toHaveLength(10);
    expect(paid.slice(7)).toEqual(["hn17 8000.00 8", "nanchang 8000.00 9", "ganzhou 8000.00 10"]);
  });
});

describe("sample data", () => {
  const files = jiangxiFiles();
  const folder = new URL("../../shared/gallery/jiangxi-travel-2018/", import.meta.url);
  const text = (name: string): string => readFileSync(new URL(name, folder), "utf8");

  it.each([...files.keys()])("%s in the gallery is what the generator writes", (name) => {
    expect(text(name) === files.get(name), `run node test/fixtures/jiangxi/generate.ts`).toBe(true);
  });

  it("has the outcome that its page tells", () => {
    const result = settleJiangxi({
      orgs: text("orgs.csv"),
      people: text("people.csv"),
      targets: text("targets.csv"),
      facts: text("facts.csv"),
    });
    expect(result.branches.flatMap(({ unit, budgetReachedAt }) => (budgetReachedAt ? [unit] : []))).toEqual([
      "jiujiang",
      "ganzhou",
    ]);
    expect(lines(result, "speed-award").slice(0, 5)).toEqual([
      "m-ganzhou-001 2857.15 1",
      "s-ganzhou-001 2857.14 1",
      "s-ganzhou-002 1428.57 1",
      "s-ganzhou-003 1428.57 1",
      "s-ganzhou-004 1428.57 1",
    ]);
    expect(lines(result, "personal-award").slice(0, 4)).toEqual([
      "a-ganzhou-004 5000.00 1",
      "a-nanchang-005 4000.00 2",
      "a-jiujiang-008 3000.00 3",
      "a-fuzhou-009 2000.00 4",
    ]);
    const page = text("README.md");
    for (const total of Object.values(result.totals)) {
      expect(page).toContain(total.replace(/\.00$/, "").replace(/\B(?=(\d{3})+(?!\d))/g, ","));
    }
  });

  it("accounts for every row, here and in random worlds", () => {
    const worlds = Array.from({ length: 50 }, (_, seed) => randomWorld(seed));
    for (const world of worlds) {
      const { counts } = settleJiangxi(world);
      const { rows, recordedAfterAsOf, duplicates, conflicts, superseded, facts, ...fates } = counts;
      expect(recordedAfterAsOf + duplicates + conflicts + superseded + facts).toBe(rows);
      expect(sum(fates)).toBe(facts);
    }
  });
});

function sum(counts: Partial<JiangxiCounts>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

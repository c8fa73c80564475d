import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import type { Fact } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import type { Settlement } from "#domain/line.ts";
import { Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { settle } from "#engine/settle.ts";
import {
  commission,
  PEOPLE,
  person,
  planOf,
  prizes,
  race,
  ranking,
  type SmallWorld,
  sale,
  target,
  world,
} from "#test/fixtures/plan-builder.ts";
import { verify } from "#verify/verify.ts";

const AS_OF = "2018-07-01T00:00:00.000Z";

const WORLD = world({
  plan: planOf({
    rewards: [
      commission(),
      race({
        targets: ["high", "start"],
        pay: { split: { byRole: { lead: "1", agent: "0.5" }, membership: "periodEnd", nobody: "unit" } },
      }),
      ranking({
        prizes: prizes(25, 15),
        gates: [{ on: "self", measure: "sales", atLeast: { value: "100.00" } }],
      }),
    ],
    budgets: [{ id: "prizes", rewards: ["race", "ranking"], amount: "1000.00", policy: "stopAndFlag" }],
  }),
  memberships: [...PEOPLE, person("lea", "east", { role: "lead" })],
  targets: ["east", "west", "coast"].flatMap((unit) => [
    target(unit, "start", "300.00"),
    target(unit, "high", "900.00"),
  ]),
  facts: [
    sale("ann", 500, "05-02"),
    sale("bob", 450, "05-03"),
    sale("cy", 350.05, "05-04"),
    sale("dan", 99.99, "05-05"),
    sale("eve", 70, "05-06"),
    sale("eve", 400, "05-07"),
    cancelled(sale("eve", 400, "05-07")),
    sale("zoe", 10, "05-08"),
  ],
});

function cancelled(fact: Fact): Fact {
  return { ...fact, version: fact.version + 1, status: "cancelled" };
}

/** The bundle of a run, as another program reads it. */
function documentOf(bundled: SmallWorld, settlement = settled(bundled)) {
  return JSON.parse(JSON.stringify({ ...bundled, asOf: AS_OF, settlement }));
}

function settled(of: SmallWorld): Settlement {
  return settle({ ...of, asOf: parseInstant(AS_OF) ?? Number.NaN });
}

/** What the verifier objects to: `differs commission:participant:ann amount 50.01 ≠ 50.00`. */
function objections(document: unknown): string[] {
  const { lines, checks, agrees } = verify(readBundle(document));
  const found = [
    ...lines.map(({ list, lineId, ...item }) => ({ ...item, name: `${list === "lines" ? "" : "not "}${lineId}` })),
    ...checks.map(({ check, ...item }) => ({ ...item, name: check })),
  ].flatMap((item) => {
    if (item.verdict === "agrees") return [];
    const head = `${item.verdict} ${item.name}`;
    if (item.verdict === "cannot") return [`${head}: ${item.why}`];
    if (item.verdict !== "differs") return [head];
    return item.differences.map(({ at, stated, computed }) => `${head} ${at}: ${stated} ≠ ${computed}`);
  });
  expect(agrees).toBe(found.length === 0);
  return found;
}

type Stated = {
  lines: Settlement["lines"];
  notAwarded: Settlement["notAwarded"];
  totals: Settlement["totals"];
  warnings: Settlement["warnings"];
};

/** A good run, changed by somebody who knows how to make its hash fit. */
function forged(change: (stated: Stated) => void): string[] {
  const document = documentOf(WORLD);
  change(document.settlement);
  const { lines, notAwarded, totals, warnings } = document.settlement;
  document.settlement.resultHash = hashOf({ lines, notAwarded, totals, warnings });
  return objections(document);
}

function lineOf({ lines }: Stated, id: string): Settlement["lines"][number] {
  const line = lines.find(({ lineId }) => lineId === id);
  if (!line) throw new Error(`no line ${id}`);
  return line;
}

/** Sets one field of one step. */
function setStep(
  { trace }: { readonly trace: Settlement["lines"][number]["trace"] },
  name: string,
  field: string,
  value: unknown,
) {
  const step = trace.find((candidate) => candidate.step === name);
  if (!step) throw new Error(`no step ${name}`);
  Reflect.set(step, field, value);
}

describe("the verifier agrees with", () => {
  it("a good run, every line and everyone who won nothing", () => {
    const document = documentOf(WORLD);
    expect(objections(document)).toEqual([]);
    const { lines } = verify(readBundle(document));
    expect(lines).toHaveLength(document.settlement.lines.length + document.settlement.notAwarded.length);
    expect(Object.keys(document.settlement.totals.facts.held)).toEqual(["unknown-participant"]);
  });
});

describe("the verifier finds", () => {
  it("an amount changed by a cent", () => {
    expect(forged((run) => Object.assign(lineOf(run, "commission:participant:ann"), { amount: "50.01" }))).toEqual([
      "differs commission:participant:ann amount: 50.01 ≠ 50.00",
    ]);
  });

  it("two ranks that were swapped", () => {
    expect(
      forged((run) => {
        Object.assign(lineOf(run, "ranking:participant:ann"), { rank: 2 });
        Object.assign(lineOf(run, "ranking:participant:bob"), { rank: 1 });
      }),
    ).toEqual(["differs ranking:participant:ann rank: 2 ≠ 1", "differs ranking:participant:bob rank: 1 ≠ 2"]);
  });

  it("a line that was dropped, added or stated twice", () => {
    const id = "commission:participant:ann";
    expect(forged((run) => run.lines.splice(run.lines.indexOf(lineOf(run, id)), 1))).toEqual([`missing ${id}`]);
    expect(forged((run) => run.lines.push(lineOf(run, id)))).toEqual([`superfluous ${id}`]);
    const added = { lineId: "bonus:participant:ann", reward: "bonus" };
    expect(forged((run) => run.lines.push({ ...lineOf(run, id), ...added }))).toEqual([
      "superfluous bonus:participant:ann",
    ]);
  });

  it("somebody who won nothing and is not told so", () => {
    expect(forged((run) => run.notAwarded.pop())).toEqual(["missing not ranking:participant:eve"]);
  });

  it("a cancelled sale that was counted, and one that was left out", () => {
    const [withIt, without] = [
      settled({ ...WORLD, facts: WORLD.facts.filter((fact) => fact.version === 1) }),
      settled(WORLD),
    ];
    const counted = objections(documentOf(WORLD, withIt));
    expect(counted).toEqual(
      expect.arrayContaining([
        "differs commission:participant:eve amount: 47.00 ≠ 7.00",
        "differs facts facts counted: 6 ≠ 5",
        "differs facts facts cancelled: 0 ≠ 1",
        expect.stringContaining("differs input hash"),
      ]),
    );
    const more = { ...WORLD, facts: [...WORLD.facts, sale("ann", 10, "05-09")] };
    expect(objections(documentOf(more, without))).toContain("differs commission:participant:ann amount: 50.00 ≠ 51.00");
  });

  it("a wrong share, whole or part of a split", () => {
    const lea = "race:participant:lea";
    expect(forged((run) => setStep(lineOf(run, lea), "split", "share", "2/3"))).toEqual([
      expect.stringMatching(/^differs race:participant:lea trace \d \(split\) share: 2\/3 ≠ 2\/4$/),
    ]);
    expect(forged((run) => Object.assign(lineOf(run, lea), { amount: "499.99" }))).toEqual([
      "differs race:participant:lea amount: 499.99 ≠ 500.00",
    ]);
  });

  it.each([
    ["ranking:participant:ann", "gate", "threshold", "99.00"],
    ["ranking:participant:ann", "measure", "value", "500.01"],
    ["ranking:participant:ann", "prize", "amount", "26.00"],
    ["ranking:participant:ann", "place", "of", 4],
    ["race:participant:lea", "reach", "threshold", "901.00"],
    ["race:participant:lea", "place", "ahead", { subject: "west", value: "1.00" }],
    ["commission:participant:ann", "rate", "rate", "11%"],
    ["commission:participant:ann", "measure", "contributions", []],
  ])("a trace of %s whose %s has another %s", (id, step, field, value) => {
    const found = forged((run) => setStep(lineOf(run, id), step, field, value));
    expect(found).not.toEqual([]);
    for (const text of found) expect(text).toMatch(new RegExp(`^differs ${id} trace \\d \\(${step}\\) ${field}`));
  });

  it("totals, budgets and warnings that were touched", () => {
    expect(forged((run) => Object.assign(run.totals, { all: "0.00" }))).toEqual([
      expect.stringMatching(/^differs total total: 0\.00 ≠ /),
    ]);
    expect(forged((run) => Object.assign(run.totals.budgets[0] ?? {}, { used: "999.00" }))).toEqual([
      expect.stringContaining("differs budget prizes budget prizes used: 999.00 ≠ "),
    ]);
    expect(forged((run) => run.warnings.splice(0))).toContainEqual(
      expect.stringContaining("budget-exceeded prizes (blocks approval)"),
    );
  });

  it("a hash that does not fit, a plan and a sale that were changed afterwards", () => {
    const document = documentOf(WORLD);
    document.settlement.resultHash = "0".repeat(64);
    document.settlement.inputHash = "1".repeat(64);
    expect(objections(document)).toEqual([
      expect.stringMatching(/^differs input hash input hash: 1+ ≠ [0-9a-f]{64}$/),
      expect.stringMatching(/^differs result hash result hash: 0+ ≠ [0-9a-f]{64}$/),
    ]);
    const replanned = documentOf(WORLD);
    replanned.plan.name.en = "Other";
    expect(objections(replanned)).toEqual([expect.stringContaining("differs input hash")]);
    const resold = documentOf(WORLD);
    resold.facts[0].product = "Q";
    expect(objections(resold)).toEqual([expect.stringContaining("differs input hash")]);
  });
});

describe("the verifier says that it cannot", () => {
  it("compute a kind it does not know, and computes the rest", () => {
    const document = documentOf(WORLD);
    document.plan.rewards[2].kind = "lottery";
    const found = objections(document);
    const why = "this verifier does not know the kind lottery";
    expect(found).toContain(`cannot ranking:participant:ann: ${why}`);
    expect(found).toContain(`cannot budget prizes: ranking: ${why}`);
    expect(found.filter((text) => !text.startsWith("cannot "))).toEqual([
      expect.stringContaining("differs input hash"),
    ]);
  });
});

describe("a bundle", () => {
  it.each([
    ["units", [], "/memberships/0/unit"],
    ["asOf", "yesterday", "/asOf"],
    ["facts", [{ kind: "sale" }], "/facts/0/source"],
    ["settlement", undefined, "/settlement"],
    ["more", 1, "/more"],
  ])("is refused when its %s cannot be used, with the place", (part, value, path) => {
    const read = () => readBundle({ ...documentOf(WORLD), [part]: value });
    expect(read).toThrow(Refusal);
    try {
      read();
    } catch (error) {
      expect(error instanceof Refusal && error.problems.map((problem) => problem.path)).toContain(path);
    }
  });
});

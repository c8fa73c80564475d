import { describe, expect, it } from "vitest";
import { csvText } from "#functions/console/format/csv.ts";
import { LANGUAGES, loadTexts, translator } from "#functions/console/i18n/language.ts";
import { ENGLISH } from "#functions/console/i18n/server/use-server-words.ts";
import { historyOf } from "#functions/console/lifecycle/history.ts";
import { addressOf, type Choice, callOf, choiceOf, triedIn, yearBefore } from "#functions/console/simulate/choice.ts";
import { bucketsOf } from "#functions/console/simulate/distribution.ts";
import { countsOf, shareDone } from "#functions/console/simulate/progress.ts";
import { planOf } from "#test/fixtures/plan-builder.ts";

await Promise.all(LANGUAGES.map(loadTexts));

describe("rows as CSV", () => {
  it("never run as formulas, and numbers stay numbers", () => {
    const text = csvText([
      ["name", "amount"],
      ["=HYPERLINK(1)", "-5.00"],
      ["+86 138", "12.00"],
      ["@home", "0"],
      ["＝1", "3"],
      ["-x", "\t=1"],
      ['a, "b"', "plain"],
    ]);
    expect(text.split("\r\n")).toEqual([
      "\uFEFFname,amount",
      '"\'=HYPERLINK(1)",-5.00',
      '"\'+86 138",12.00',
      '"\'@home",0',
      '"\'＝1",3',
      '"\'-x","\'\t=1"',
      '"a, ""b""",plain',
      "",
    ]);
  });
});

describe("how differences are spread", () => {
  it("counts each difference once, in round stretches on both sides of none", () => {
    const buckets = bucketsOf(["-120.00", "-20.00", "0.00", "0.00", "10.00", "20.00", "95.00", "600.00"]);
    expect(buckets).toEqual([
      { from: -200, to: -100, count: 1 },
      { from: -100, to: -0, count: 1 },
      { from: 0, to: 0, count: 2 },
      { from: 0, to: 100, count: 3 },
      { from: 100, to: 200, count: 0 },
      { from: 200, to: 300, count: 0 },
      { from: 300, to: 400, count: 0 },
      { from: 400, to: 500, count: 0 },
      { from: 500, to: 600, count: 1 },
    ]);
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(8);
  });

  it("is one bar where nothing differs, and empty where nobody is", () => {
    expect(bucketsOf(["0.00", "0.00"])).toEqual([{ from: 0, to: 0, count: 2 }]);
    expect(bucketsOf([])).toEqual([{ from: 0, to: 0, count: 0 }]);
  });
});

describe("what is compared with what", () => {
  const TRIED = "0e37df36-f698-11e6-8dd4-cb9ced3df976";
  const choices: readonly Choice[] = [
    { plan: "draft", against: "inForce", facts: "own" },
    { plan: 3, against: "nothing", facts: { from: "2017-05-01" } },
    { plan: "draft", against: { campaign: "spring-2017" }, facts: "shifted" },
  ];

  it("stands in the address and is read from it again", () => {
    for (const choice of choices) expect(choiceOf(addressOf(choice).split("/"), true)).toEqual(choice);
    expect(choiceOf([], true)).toEqual(choices[0]);
    expect(choiceOf([], false)).toMatchObject({ against: "nothing" });
    expect(choiceOf(["draft", "in-force", "shifted"], true).facts).toBe("own");
  });

  it("has the id of what was tried behind it", () => {
    for (const choice of choices) {
      const address = [...addressOf(choice).split("/"), TRIED];
      expect(choiceOf(address, true)).toEqual(choice);
      expect(triedIn(address)).toBe(TRIED);
      expect(triedIn(addressOf(choice).split("/"))).toBeUndefined();
    }
    expect(triedIn(["draft", "in-force", "own", "../../runs"])).toBeUndefined();
  });

  it("is the call that answers it", () => {
    const bodies = choices.map((choice) => callOf("autumn", choice, undefined, TRIED).body);
    expect(bodies).toEqual([
      { everyone: true, keepAs: TRIED },
      { everyone: true, keepAs: TRIED, alone: true, factsFrom: "2017-05-01" },
      { everyone: true, keepAs: TRIED, against: "spring-2017", shiftToPeriod: true },
    ]);
  });

  it("knows the year before, also of a leap day", () => {
    expect([yearBefore("2018-05-01T00:00"), yearBefore("2024-02-29T00:00")]).toEqual(["2017-05-01", "2023-03-01"]);
  });
});

describe("how far a simulation is", () => {
  const progress = { stage: "reading", read: 0, about: 0, settled: 0, toSettle: 0 } as const;

  it("rises over reading and settling, and is whole only when the answer is there", () => {
    expect(shareDone(undefined)).toBe(0);
    expect(shareDone(progress)).toBe(0);
    expect(shareDone({ ...progress, read: 50, about: 100, toSettle: 200 })).toBe(16);
    expect(shareDone({ stage: "settlingInForce", read: 100, about: 100, settled: 150, toSettle: 200 })).toBe(83);
    expect(shareDone({ stage: "comparing", read: 100, about: 100, settled: 200, toSettle: 200 })).toBe(99);
  });

  it("is counted by what is being done: facts read, then facts settled over both plans", () => {
    expect(countsOf({ ...progress, read: 5, about: 9 })).toEqual({ done: 5, of: 9 });
    expect(countsOf({ stage: "settlingDraft", read: 9, about: 9, settled: 3, toSettle: 18 })).toEqual({
      done: 3,
      of: 18,
    });
  });
});

describe("what happened in a campaign's life", () => {
  const plan = planOf({});
  const [at, by] = ["2018-04-01T00:00:00Z", "mei.lin"];

  it("is told in order, with who and when, from what the API says", () => {
    const told = historyOf(
      {
        campaign: {
          id: "spring",
          state: "active",
          revision: 3,
          draft: plan,
          latestVersion: 1,
          activeVersion: 1,
          epoch: 1,
          rebuiltEpoch: 1,
          createdBy: by,
          createdAt: at,
          conduct: {
            pauses: [
              { from: "2018-05-10T00:00:00Z", until: "2018-05-11T00:00:00Z", counts: false, reason: "Stocktaking" },
            ],
            stop: { end: "2018-05-20T00:00", at: "2018-05-15T00:00:00Z", reason: "Enough" },
          },
          evaluations: [{ of: "end", at: "2018-06-20T00:00:00Z", hash: "00" }],
        },
        plan,
        versions: [
          { campaign: "spring", version: 1, planHash: "00", publishedBy: by, publishedAt: "2018-04-02T00:00:00Z" },
        ],
        runs: [],
        requests: [],
        isOver: true,
        nameOf: () => "",
      },
      translator("en"),
      "en-GB",
      ENGLISH,
    );
    expect(told.map(({ what, who }) => [what, who])).toEqual([
      ["Created", by],
      ["Version 1 published", by],
      ["Period begins", undefined],
      ["Paused: Stocktaking", undefined],
      ["Went on", undefined],
      ["Stopped at 20 May 2018, 00:00: Enough", undefined],
      ["Period ends", undefined],
      ["Campaign evaluated", undefined],
    ]);
    // Midnight in Shanghai is 16:00 of the day before.
    expect(new Date(told[2]?.order ?? 0).toISOString()).toBe("2018-04-30T16:00:00.000Z");
  });
});

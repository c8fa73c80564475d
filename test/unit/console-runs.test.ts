import { describe, expect, it } from "vitest";
import { changedFields } from "#functions/console/approvals/changed-fields.ts";
import { compareDecimals, sum } from "#functions/console/format/exact.ts";
import { knownDetail } from "#functions/console/parts/known-details.ts";
import { causesOf } from "#functions/console/runs/causes.ts";
import { addedUp, lineChanges, type RunComparison } from "#functions/console/runs/compare.ts";
import type { Line, Run } from "#functions/console/runs/types.ts";
import { postedBefore } from "#functions/console/runs/use-before.ts";

type Sale = readonly [fact: string, value: string];

/** A line that pays what its sales come to. */
function line(payee: string, amount: string, sales: readonly Sale[] = []): Line {
  return {
    lineId: `commission:participant:${payee}`,
    reward: "commission",
    payee: { kind: "participant", id: payee },
    amount,
    currency: "CNY",
    trace: [
      {
        step: "measure",
        measure: "premium",
        subject: payee,
        value: amount,
        facts: sales.length,
        contributions: sales.map(([fact, value]) => ({ fact, version: 1, occurredAt: "2018-05-01T00:00:00Z", value })),
      },
    ],
  };
}

/** What the API would answer of some payees: by their ids and differences in cents. */
function answer(payees: Readonly<Record<string, string>>, currency = "CNY"): RunComparison {
  const zero = currency === "CNY" ? "0.00" : "0";
  const ids = Object.entries(payees);
  const total = ids.reduce((all, [, difference]) => sum(all, difference), zero);
  return {
    run: "now",
    parts: { done: 1, of: 2 },
    totals: [
      {
        currency,
        before: zero,
        after: total,
        difference: total,
        payees: { more: 0, less: 1, same: 0, new: ids.length, gone: 0 },
        changed: ids.length,
        matching: ids.length,
      },
    ],
    items: ids.map(([id, difference]) => ({
      payee: { kind: "participant", id },
      currency,
      change: "new",
      before: zero,
      after: difference,
      difference,
      rewards: [{ reward: "commission", before: zero, after: difference, difference }],
    })),
  };
}

describe("two runs side by side", () => {
  it("are added up over the answers, exactly, with the largest differences of all", () => {
    const { totals, payees } = addedUp([answer({ a: "-9.00", b: "0.10" }), answer({ c: "10.00", d: "0.20" })], 3);
    expect(totals).toMatchObject([
      { currency: "CNY", difference: "1.30", payees: { less: 2, new: 4 }, changed: 4, matching: 4 },
    ]);
    expect(payees.map(({ payee }) => payee.id)).toEqual(["c", "a", "d"]);
  });

  it("come to the same whichever answer is first, and keep money and benefits in kind apart", () => {
    const answers = [answer({ a: "3", b: "3" }, "item:rice"), answer({ a: "1.00" }), answer({ c: "3" }, "item:rice")];
    const { totals, payees } = addedUp(answers, 2);
    expect(totals.map(({ currency, after }) => `${after} ${currency}`)).toEqual(["1.00 CNY", "9 item:rice"]);
    expect(payees.map(({ payee, currency }) => `${payee.id} ${currency}`)).toEqual([
      "a CNY",
      "a item:rice",
      "b item:rice",
    ]);
    expect(addedUp(answers.toReversed(), 2)).toEqual({ totals, payees });
    expect(addedUp([], 2)).toEqual({ totals: [], payees: [] });
  });

  it("add exactly what floats cannot", () => {
    expect(sum("0.1", "0.20")).toBe("0.30");
    expect(sum("12345678901234567.89", "-0.90")).toBe("12345678901234566.99");
    expect(compareDecimals("9.9", "10.00")).toBeLessThan(0);
  });

  it("tell a line that is new and one that is gone", () => {
    const gone = { lineId: "x", currency: "CNY", before: line("a", "5.00") };
    const added = { lineId: "y", currency: "CNY", after: line("a", "7.00") };
    expect(lineChanges([gone, added])).toMatchObject([
      { lineId: "x", before: "5.00", after: undefined, difference: "-5.00", causes: [] },
      { lineId: "y", before: undefined, after: "7.00", difference: "7.00", causes: [] },
    ]);
  });

  it("say which sales made the difference", () => {
    const before = line("a", "30.00", [
      ["pos#1", "10.00"],
      ["pos#2", "20.00"],
    ]);
    const after = line("a", "16.00", [
      ["pos#2", "15.00"],
      ["pos#3", "1.00"],
    ]);
    const [change] = lineChanges([{ lineId: after.lineId, currency: "CNY", before, after }]);
    expect(change?.causes.flatMap(({ parts }) => parts)).toEqual([
      { name: "pos#1", before: "10.00" },
      { name: "pos#2", before: "20.00", after: "15.00" },
      { name: "pos#3", after: "1.00" },
    ]);
  });

  it("find a step that was not there, and one that is gone", () => {
    const capped = { step: "capped", cap: "10.00", over: "campaign", before: "12.00", amount: "10.00" } as const;
    expect(causesOf([], [capped])).toEqual([{ after: capped, parts: [] }]);
    expect(causesOf([capped], [])).toEqual([{ before: capped, parts: [] }]);
    expect(causesOf([capped], [{ ...capped }])).toEqual([]);
  });
});

describe("the run that posted before", () => {
  const run = (runId: string, state: Run["state"]): Run => ({ ...RUN, runId, state });

  it("is the newest posted one behind it, not a provisional one and not a later one", () => {
    const runs = [run("4", "posted"), run("3", "awaitingApproval"), run("2", "computed"), run("1", "posted")];
    expect(postedBefore(runs, "3")?.runId).toBe("1");
    expect(postedBefore(runs, "4")?.runId).toBe("1");
    expect(postedBefore(runs, "1")).toBeUndefined();
    expect(postedBefore(runs, "none")).toBeUndefined();
  });
});

const RUN: Omit<Run, "runId" | "state"> = {
  campaign: "spring",
  kind: "final",
  revision: 1,
  planVersion: 1,
  planHash: "p",
  asOf: "2018-11-15T16:00:00Z",
  epoch: 1,
  submittedBy: "mei.lin",
  startedAt: "2018-11-15T16:00:00Z",
  warnings: [],
  hasPayoutFile: false,
  payoutFileParts: 0,
};

describe("what the server says of a refusal", () => {
  it("is told in the reader's language where it is known, with the run that it names", () => {
    expect(knownDetail("spring.final-1 stands already; what changed since is an adjustment")).toEqual({
      told: "refusal.told.finalStands",
      values: { id: "spring.final-1" },
    });
    expect(knownDetail("spring.final-1 is awaitingApproval; decide it first")?.told).toBe("refusal.told.decideFirst");
    expect(knownDetail("something nobody foresaw")).toBeUndefined();
  });
});

describe("a change that is asked for", () => {
  it("is taken apart to the fields that differ", () => {
    const before = '{"participantId":"a","memberships":[{"unit":"east","role":"agent"}]}';
    const after = '{"participantId":"a","memberships":[{"unit":"west","role":"agent"}]}';
    expect(changedFields({ path: "a", before, after })).toEqual([
      { path: ["a", "memberships", "1", "unit"], before: "east", after: "west" },
    ]);
    expect(changedFields({ path: "/rewards/speed~1award/rate", before: '"35%"', after: '"36%"' })).toEqual([
      { path: ["rewards", "speed/award", "rate"], before: "35%", after: "36%" },
    ]);
  });

  it("shows all fields of what is new, lists by the ids of their entries, and a text that is no JSON as it stands", () => {
    const after = '{"rewards":[{"id":"race","amount":5}]}';
    expect(changedFields({ path: "", after })).toEqual([
      { path: ["rewards", "race", "id"], after: "race" },
      { path: ["rewards", "race", "amount"], after: "5" },
    ]);
    expect(changedFields({ path: "participant a", after: "120.00 yuan" })).toEqual([
      { path: ["participant a"], after: "120.00 yuan" },
    ]);
  });
});

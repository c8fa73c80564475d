import { describe, expect, it } from "vitest";
import { changedFields } from "#functions/console/approvals/changed-fields.ts";
import { compareDecimals, sum } from "#functions/console/format/exact.ts";
import { knownDetail } from "#functions/console/parts/known-details.ts";
import { causesOf } from "#functions/console/runs/causes.ts";
import { Comparison } from "#functions/console/runs/compare.ts";
import type { Line, Run } from "#functions/console/runs/types.ts";
import { postedBefore } from "#functions/console/runs/use-before.ts";

type Sale = readonly [fact: string, value: string];

/** A line that pays what its sales come to. */
function line(payee: string, amount: string, sales: readonly Sale[] = [], currency = "CNY"): Line {
  return {
    lineId: `commission:participant:${payee}:${currency}`,
    reward: "commission",
    payee: { kind: "participant", id: payee },
    amount,
    currency,
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

function compared(before: readonly Line[], after: readonly Line[]) {
  const comparison = new Comparison();
  comparison.add("after", after);
  comparison.add("before", before);
  comparison.finish();
  return comparison.changes();
}

describe("two runs side by side", () => {
  it("tell who gets more or less, the largest difference first, and nothing of whom nothing changed", () => {
    const changes = compared(
      [line("a", "10.00"), line("b", "0.10"), line("gone", "5.00")],
      [line("a", "12.50"), line("b", "0.10"), line("new", "0.30")],
    );
    expect(changes.map(({ payee, before, after, difference }) => [payee.id, before, after, difference])).toEqual([
      ["gone", "5.00", "0", "-5.00"],
      ["a", "10.00", "12.50", "2.50"],
      ["new", "0", "0.30", "0.30"],
    ]);
  });

  it("come to the same whichever page is read first", () => {
    const [before, after] = [
      [line("a", "1.00"), line("b", "2.00")],
      [line("a", "1.50"), line("b", "1.00")],
    ];
    const comparison = new Comparison();
    for (const one of after.slice(1)) comparison.add("after", [one]);
    comparison.add("before", before);
    comparison.add("after", after.slice(0, 1));
    comparison.finish();
    expect(comparison.changes()).toEqual(compared(before, after));
  });

  it("keep money and benefits in kind apart, and add exactly what floats cannot", () => {
    const changes = compared([], [line("a", "0.10"), line("a", "3", [], "item:rice")]);
    expect(changes.map(({ currency, difference }) => [currency, difference])).toEqual([
      ["item:rice", "3"],
      ["CNY", "0.10"],
    ]);
    expect(sum("0.1", "0.20")).toBe("0.30");
    expect(sum("12345678901234567.89", "-0.90")).toBe("12345678901234566.99");
    expect(compareDecimals("9.9", "10.00")).toBeLessThan(0);
  });

  it("say which sales made the difference", () => {
    const [change] = compared(
      [
        line("a", "30.00", [
          ["pos#1", "10.00"],
          ["pos#2", "20.00"],
        ]),
      ],
      [
        line("a", "16.00", [
          ["pos#2", "15.00"],
          ["pos#3", "1.00"],
        ]),
      ],
    );
    expect(change?.lines[0]?.causes.flatMap(({ parts }) => parts)).toEqual([
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

import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { runComparisonSchema } from "#contracts/views/run-views.ts";
import type { Actor } from "#domain/actor.ts";
import { type Line, lineId, type Payee } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import type { Run } from "#domain/run.ts";
import { ADMIN, APPROVER, ApiHarness, MANAGER, problemOf, SELLER } from "./api-harness.ts";
import { CAMPAIGN, found, ok, PLAN } from "./api-world.ts";

/** Two runs of one campaign beside each other, asked over HTTP: who gets more or less, in what, and by which lines. */

const BEFORE = "c.final-1";
const AFTER = "c.adjustment-1";
const TOTALS = { all: "0.00", budgets: [], facts: { known: 0, counted: 0, cancelled: 0, notCounted: {}, held: {} } };

interface Paid {
  readonly payee: Payee;
  readonly amount: string;
  readonly reward?: string;
  readonly currency?: string;
  readonly slice?: string;
}

const person = (id: string): Payee => ({ kind: "participant", id });

function line({ payee, amount, reward = "commission", currency = "CNY", slice }: Paid): Line {
  const sliced = slice === undefined ? {} : { slice };
  const trace: Line["trace"] = [{ step: "capped", cap: amount, over: "campaign", before: "9999.00", amount }];
  return { lineId: lineId(reward, payee, slice), reward, payee, ...sliced, amount, currency, trace };
}

let harness: ApiHarness;

/** @param run how many parts its lines lie in, and how many lines it says that it has */
async function keepRun(runId: string, lines: readonly Paid[], run: Partial<Run> = {}): Promise<void> {
  const { ledger } = harness.cloud.deps;
  const byReward = Object.fromEntries(lines.map(({ reward = "commission" }) => [reward, "0.00"]));
  const kept: Run = {
    runId,
    campaign: PLAN.id,
    kind: "final",
    state: "posted",
    revision: 1,
    planVersion: 1,
    planHash: "p",
    asOf: "2026-06-16T00:00:00Z",
    epoch: 0,
    submittedBy: "mei.lin",
    startedAt: "2026-06-16T00:00:00Z",
    resultHash: `hash of ${runId}`,
    totals: { ...TOTALS, byReward },
    warnings: [],
    lineCount: lines.length,
    ...run,
  };
  await ledger.saveRun(kept);
  await ledger.putLines(kept, lines.map(line));
}

const later: Partial<Run> = { kind: "adjustment", state: "awaitingApproval", startedAt: "2026-06-20T00:00:00Z" };

async function compared(query = "", as: Actor = APPROVER) {
  return runComparisonSchema.parse((await ok(harness.get(`${CAMPAIGN}/runs/${AFTER}/differences${query}`, as))).json);
}

/** All answers of one comparison. */
async function allOf(query: string, as: Actor = APPROVER) {
  const answers: Awaited<ReturnType<typeof compared>>[] = [];
  let cursor: string | undefined;
  do {
    const answer = await compared(`?${query}${cursor === undefined ? "" : `&cursor=${cursor}`}`, as);
    answers.push(answer);
    cursor = answer.nextCursor;
  } while (cursor !== undefined);
  return answers;
}

beforeEach(async () => {
  harness = new ApiHarness();
  await found(harness);
});

describe("two runs of a campaign", () => {
  beforeEach(async () => {
    await keepRun("c.old-1", [{ payee: person("a-1"), amount: "1.00" }], { startedAt: "2026-05-01T00:00:00Z" });
    await keepRun(BEFORE, [
      { payee: person("a-1"), amount: "100.00" },
      { payee: person("a-1"), amount: "20.00", reward: "race" },
      { payee: person("a-2"), amount: "50.10" },
      { payee: person("b-1"), amount: "7.00" },
      { payee: person("b-2"), amount: "30.00", slice: "2026-03" },
      { payee: person("b-2"), amount: "10.00", slice: "2026-04" },
      { payee: { kind: "unit", id: "nanchang" }, amount: "5.00" },
      { payee: person("a-1"), amount: "2", reward: "gift", currency: "item:rice" },
    ]);
    await keepRun(
      AFTER,
      [
        { payee: person("a-1"), amount: "130.00" },
        { payee: person("a-1"), amount: "20.00", reward: "race" },
        { payee: person("a-2"), amount: "50.00" },
        { payee: person("b-1"), amount: "7.00" },
        { payee: person("b-2"), amount: "10.00", slice: "2026-03" },
        { payee: person("b-2"), amount: "30.00", slice: "2026-04" },
        { payee: person("jiujiang-new"), amount: "0.30" },
        { payee: person("a-1"), amount: "3", reward: "gift", currency: "item:rice" },
        { payee: person("a-2"), amount: "1", reward: "gift", currency: "item:oil" },
      ],
      later,
    );
  });

  it("are told by sums and numbers of payees, in each currency and benefit", async () => {
    const { totals, against, parts } = await compared();
    expect({ against, parts }).toEqual({ against: BEFORE, parts: { done: 1, of: 1 } });
    expect(totals).toEqual([
      {
        currency: "CNY",
        before: "222.10",
        after: "247.30",
        difference: "25.20",
        payees: { more: 1, less: 1, same: 2, new: 1, gone: 1 },
        changed: 5,
        matching: 5,
      },
      {
        currency: "item:oil",
        before: "0",
        after: "1",
        difference: "1",
        payees: { more: 0, less: 0, same: 0, new: 1, gone: 0 },
        changed: 1,
        matching: 1,
      },
      {
        currency: "item:rice",
        before: "2",
        after: "3",
        difference: "1",
        payees: { more: 1, less: 0, same: 0, new: 0, gone: 0 },
        changed: 1,
        matching: 1,
      },
    ]);
  });

  it("name the largest differences first, with the rewards that make them, and nobody of whom no line differs", async () => {
    const { items } = await compared();
    const told = items.map(({ payee, currency, change, difference }) => [payee.id, currency, change, difference]);
    expect(told).toEqual([
      ["a-1", "CNY", "more", "30.00"],
      ["nanchang", "CNY", "gone", "-5.00"],
      ["jiujiang-new", "CNY", "new", "0.30"],
      ["a-2", "CNY", "less", "-0.10"],
      ["b-2", "CNY", "same", "0.00"],
      ["a-2", "item:oil", "new", "1"],
      ["a-1", "item:rice", "more", "1"],
    ]);
    expect(items[0]).toMatchObject({
      before: "120.00",
      after: "150.00",
      rewards: [{ reward: "commission", before: "100.00", after: "130.00", difference: "30.00" }],
    });
  });

  it("name at most so many of each currency, count all, and narrow what they name by direction and reward", async () => {
    const { items, totals } = await compared("?limit=2");
    expect(items.map(({ payee, currency }) => `${payee.id} ${currency}`)).toEqual([
      "a-1 CNY",
      "nanchang CNY",
      "a-2 item:oil",
      "a-1 item:rice",
    ]);
    expect(totals[0]).toMatchObject({ changed: 5, matching: 5 });
    const less = await compared("?direction=less");
    expect(less.items.map(({ payee }) => payee.id)).toEqual(["nanchang", "a-2"]);
    expect(less.totals[0]).toMatchObject({ difference: "25.20", changed: 5, matching: 2 });
    expect((await compared("?direction=more&reward=gift")).items.map(({ currency }) => currency)).toEqual([
      "item:oil",
      "item:rice",
    ]);
    expect((await compared("?reward=race")).items).toEqual([]);
  });

  it("tell line by line why a payee gets more, with the traces of both", async () => {
    const why = async (payee: string) =>
      (await ok(harness.get(`${CAMPAIGN}/runs/${AFTER}/differences/${payee}`, APPROVER))).json;
    const { lines, against } = await why("participant/a-1");
    expect(against).toBe(BEFORE);
    expect(lines).toEqual([
      {
        lineId: "commission:participant:a-1",
        currency: "CNY",
        before: line({ payee: person("a-1"), amount: "100.00" }),
        after: line({ payee: person("a-1"), amount: "130.00" }),
      },
      {
        lineId: "gift:participant:a-1",
        currency: "item:rice",
        before: line({ payee: person("a-1"), amount: "2", reward: "gift", currency: "item:rice" }),
        after: line({ payee: person("a-1"), amount: "3", reward: "gift", currency: "item:rice" }),
      },
    ]);
    expect((await why("participant/b-2")).lines.map((one: { after: Line }) => one.after.slice)).toEqual([
      "2026-03",
      "2026-04",
    ]);
    expect((await why("unit/nanchang")).lines).toMatchObject([{ before: { amount: "5.00" } }]);
    expect((await why("unit/nanchang")).lines[0]).not.toHaveProperty("after");
    expect((await why("participant/b-1")).lines).toEqual([]);
  });

  it("are compared with another that is named, and with nothing where nothing had posted", async () => {
    expect(await compared("?against=c.old-1")).toMatchObject({
      against: "c.old-1",
      totals: [{ before: "1.00" }, {}, {}],
    });
    const same = await compared(`?against=${AFTER}`);
    expect(same.items).toEqual([]);
    const first = runComparisonSchema.parse(
      (await ok(harness.get(`${CAMPAIGN}/runs/c.old-1/differences`, APPROVER))).json,
    );
    expect(first).not.toHaveProperty("against");
    expect(first.totals).toMatchObject([{ before: "0.00", after: "1.00", payees: { new: 1 } }]);
  });

  it("show a manager their own people and units only, and an administrator nothing", async () => {
    const { items, totals } = await compared("", MANAGER);
    expect(new Set(items.map(({ payee }) => payee.id))).toEqual(new Set(["a-1", "a-2", "nanchang"]));
    expect(totals[0]).toMatchObject({
      before: "175.10",
      after: "200.00",
      payees: { more: 1, less: 1, gone: 1, new: 0 },
    });
    const path = `${CAMPAIGN}/runs/${AFTER}/differences`;
    expect((await harness.get(`${path}/participant/a-1`, MANAGER)).status).toBe(200);
    expect((await harness.get(`${path}/participant/b-1`, MANAGER)).status).toBe(403);
    for (const who of [ADMIN, SELLER]) expect((await harness.get(path, who)).status).toBe(403);
  });

  it("are refused while one of them computes, where there is none, and with a cursor of another comparison", async () => {
    await keepRun("c.failed-1", [], { state: "failed" });
    await keepRun("c.now-1", [], { state: "computing" });
    const path = `${CAMPAIGN}/runs/${AFTER}/differences`;
    const status = async (target: string) => problemOf(await harness.get(target, APPROVER)).status;
    expect(await status(`${path}?against=c.now-1`)).toBe(409);
    expect(await status(`${path}/participant/a-1?against=c.failed-1`)).toBe(409);
    expect(await status(`${path}?against=c.never`)).toBe(404);
    expect(await status(`${CAMPAIGN}/runs/c.never/differences`)).toBe(404);
    expect(await status(`${path}?cursor=nonsense`)).toBe(422);
    expect(await status(`${path}?cursor=${btoa(JSON.stringify({ run: BEFORE, of: 2, next: 1 }))}`)).toBe(422);
  });
});

describe("very many payees", () => {
  /** Says of itself that it is so large that a call takes one part of it. */
  const large = (lineShards: number): Partial<Run> => ({ lineShards, lineCount: 25_000 * lineShards });

  it("are told in several answers, each payee in one, whatever the number of parts that the runs lie in", async () => {
    const amounts = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })), {
      minLength: 1,
      maxLength: 60,
    });
    const shards = fc.constantFrom(1, 2, 8);
    await fc.assert(
      fc.asyncProperty(amounts, shards, shards, async (pairs, shardsBefore, shardsAfter) => {
        harness = new ApiHarness();
        await found(harness);
        const paid = (side: 0 | 1) =>
          pairs.map((pair, index) => ({ payee: person(`p-${index}`), amount: formatMoney(pair[side], "CNY") }));
        await keepRun(BEFORE, paid(0), large(shardsBefore));
        await keepRun(AFTER, paid(1), { ...later, ...large(shardsAfter) });
        const answers = await allOf("limit=5");
        const parts = Math.max(shardsBefore, shardsAfter);
        expect(answers.map(({ parts: { done } }) => done)).toEqual(Array.from({ length: parts }, (_, at) => at + 1));
        const totals = answers.flatMap((answer) => answer.totals);
        const sum = (of: (total: (typeof totals)[number]) => number) => totals.reduce((all, one) => all + of(one), 0);
        expect(sum(({ payees }) => payees.more)).toBe(pairs.filter(([before, after]) => after > before).length);
        expect(sum(({ payees }) => payees.less)).toBe(pairs.filter(([before, after]) => after < before).length);
        expect(sum(({ payees }) => payees.same)).toBe(pairs.filter(([before, after]) => after === before).length);
        const cents = (text: string) => Math.round(Number(text) * 100);
        expect(sum(({ before }) => cents(before))).toBe(pairs.reduce((all, [before]) => all + before, 0));
        expect(sum(({ difference }) => cents(difference))).toBe(pairs.reduce((all, [b, a]) => all + a - b, 0));
        const sizes = pairs.map(([before, after]) => Math.abs(after - before)).filter((size) => size > 0);
        const told = answers.flatMap(({ items }) => items);
        expect(new Set(told.map(({ payee }) => payee.id)).size).toBe(told.length);
        const largest = (all: readonly number[]) => [...all].sort((a, b) => b - a).slice(0, 5);
        expect(largest(told.map(({ difference }) => Math.abs(cents(difference))))).toEqual(largest(sizes));
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it("go on comparing with the run that they began with, though another has posted since", async () => {
    const payees = Array.from({ length: 40 }, (_, index) => ({ payee: person(`p-${index}`), amount: "1.00" }));
    await keepRun("c.rejected-1", payees, { ...large(4), state: "rejected", startedAt: "2026-06-17T00:00:00Z" });
    await keepRun(AFTER, payees, { ...later, ...large(4) });
    const first = await compared();
    expect(first).not.toHaveProperty("against");
    const run = await harness.cloud.deps.ledger.run(PLAN.id, "c.rejected-1");
    if (run) await harness.cloud.deps.ledger.saveRun({ ...run, state: "posted", revision: 2 });
    const second = await compared(`?cursor=${first.nextCursor}`);
    expect(second).not.toHaveProperty("against");
    expect([first.parts, second.parts]).toEqual([
      { done: 2, of: 4 },
      { done: 4, of: 4 },
    ]);
    expect((await compared()).against).toBe("c.rejected-1");
    const refused = await harness.get(
      `${CAMPAIGN}/runs/${AFTER}/differences?against=c.rejected-1&cursor=${first.nextCursor}`,
      APPROVER,
    );
    expect(refused.status).toBe(422);
  });

  it("are cut into calls of some 50,000 lines: of 100,000 payees in 16 parts four", async () => {
    const size = { lineShards: 16, lineCount: 100_000 };
    await keepRun(BEFORE, [{ payee: person("a-1"), amount: "1.00" }], size);
    await keepRun(AFTER, [{ payee: person("a-1"), amount: "2.00" }], { ...later, ...size });
    const answers = await allOf("limit=1");
    expect(answers.map(({ parts: { done } }) => done)).toEqual([4, 8, 12, 16]);
    expect(answers.flatMap(({ items }) => items)).toMatchObject([{ payee: { id: "a-1" }, difference: "1.00" }]);
  });

  it("of small runs are told at once, however many parts they lie in", async () => {
    await keepRun(AFTER, [{ payee: person("a-1"), amount: "1.00" }], { ...later, lineShards: 8 });
    expect((await compared()).parts).toEqual({ done: 8, of: 8 });
  });
});

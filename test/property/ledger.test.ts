import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordFacts } from "#app/intake/record-facts.ts";
import { approveRun } from "#app/settlement/decide-run.ts";
import { startDueWork } from "#app/settlement/due-work.ts";
import { startRun } from "#app/settlement/request-run.ts";
import type { Fact } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import { parseMoney } from "#domain/money.ts";
import type { Run } from "#domain/run.ts";
import { settle } from "#engine/settle.ts";
import { readWorld } from "#test/fixtures/campaign.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { CHECKER, MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";

const CAMPAIGN = "jiangxi-travel-2018";
const AFTER_CUT_OFF = Date.parse("2018-11-16T00:02:00+08:00");
const DAY_MS = 86_400_000;

async function settledBy(cloud: MemoryCloud, run: Run): Promise<Run> {
  const request = cloud.settlements.splice(0).at(-1);
  if (!request) throw new Error(`${run.runId} was not started`);
  await cloud.compute(request);
  const computed = await cloud.deps.ledger.run(CAMPAIGN, run.runId);
  if (computed?.state === "unchanged") return computed;
  await approveRun(cloud.deps, CHECKER, CAMPAIGN, run.runId, { resultHash: computed?.resultHash ?? "" });
  await cloud.pay(request);
  const posted = await cloud.deps.ledger.run(CAMPAIGN, run.runId);
  if (!posted) throw new Error("the run is lost");
  return posted;
}

async function balances(cloud: MemoryCloud): Promise<Map<string, number>> {
  const rows = await cloud.deps.ledger.balances(CAMPAIGN);
  return new Map(
    rows.filter(({ balanceMinor }) => balanceMinor !== 0).map(({ lineId, balanceMinor }) => [lineId, balanceMinor]),
  );
}

/** Stores the world's facts as they were recorded until the cut-off; returns those that come later. */
async function fill(cloud: MemoryCloud, facts: readonly Fact[]): Promise<void> {
  for (const { recordedAt, ...message } of [...facts].sort(
    (a, b) => (parseInstant(a.recordedAt) ?? 0) - (parseInstant(b.recordedAt) ?? 0),
  )) {
    const at = parseInstant(recordedAt) ?? 0;
    cloud.clock.set(Math.min(at, AFTER_CUT_OFF - 2 * DAY_MS));
    await recordFacts(cloud.deps, [message]);
  }
  await cloud.drain();
}

describe("the ledger", () => {
  it("holds, after any corrections and adjustment runs, what is computed from scratch; and pays nobody twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000_000), fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), async (seed, picks) => {
        const inputs = readWorld(randomWorld(seed));
        const cloud = new MemoryCloud();
        await cloud.launch(inputs);
        await cloud.runRebuilds();
        await fill(cloud, inputs.facts);
        cloud.clock.set(AFTER_CUT_OFF);
        expect(await startDueWork(cloud.deps)).toContainEqual({ campaign: CAMPAIGN, action: "settle" });
        const [final] = await cloud.deps.ledger.runs(CAMPAIGN);
        if (!final) throw new Error("no final run");
        await settledBy(cloud, final);
        for (const pick of picks) {
          await correct(cloud, inputs.facts, pick);
          await cloud.drain();
          cloud.clock.advance(DAY_MS);
          const run = await startRun(cloud.deps, MAKER.subject, CAMPAIGN, "adjustment");
          const posted = await settledBy(cloud, run);
          await expectLedgerToHold(cloud, posted, inputs);
          const before = (await cloud.deps.ledger.postings(CAMPAIGN)).length;
          cloud.clock.advance(DAY_MS);
          await settledBy(cloud, await startRun(cloud.deps, MAKER.subject, CAMPAIGN, "adjustment"));
          expect((await cloud.deps.ledger.postings(CAMPAIGN)).length).toBe(before);
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

/** A higher version of a fact, recorded now. */
async function correct(cloud: MemoryCloud, facts: readonly Fact[], pick: number): Promise<void> {
  const chosen = facts[pick % facts.length];
  if (!chosen) return;
  const newest = (await cloud.deps.facts.versions(chosen)).at(-1) ?? chosen;
  const { recordedAt: _, ...message } = newest;
  cloud.clock.advance(DAY_MS);
  await recordFacts(cloud.deps, [
    {
      ...message,
      version: newest.version + 1,
      status: pick % 2 === 0 ? "cancelled" : "active",
      ...(pick % 3 === 0 ? { amount: "5000.00" } : {}),
    },
  ]);
}

async function expectLedgerToHold(cloud: MemoryCloud, run: Run, inputs: ReturnType<typeof readWorld>): Promise<void> {
  const facts: Fact[] = [];
  let cursor: string | undefined;
  do {
    const page = await cloud.deps.facts.scan(0, 1, { cursor });
    facts.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  const scratch = settle({ ...inputs, facts, asOf: parseInstant(run.asOf) ?? 0 });
  expect(run.resultHash).toBe(scratch.resultHash);
  expect(await balances(cloud)).toEqual(
    new Map(scratch.lines.map((line) => [line.lineId, parseMoney(line.amount, line.currency)])),
  );
  const [postings, payouts] = await Promise.all([
    cloud.deps.ledger.postings(CAMPAIGN),
    cloud.deps.ledger.payouts(CAMPAIGN),
  ]);
  const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
  for (const payee of new Set(postings.map((posting) => posting.payee.id))) {
    const posted = sum(postings.filter((posting) => posting.payee.id === payee).map(({ amountMinor }) => amountMinor));
    const paid = sum(payouts.filter((payout) => payout.payee.id === payee).map(({ paidMinor }) => paidMinor));
    // Whatever is due is paid; what was paid beyond it stays open, to be recovered.
    expect(posted - paid).toBeLessThanOrEqual(0);
    const ofRun = payouts.find((payout) => payout.payee.id === payee && payout.runId === run.runId);
    if (ofRun) expect(ofRun.carriedForwardMinor).toBe(posted - paid);
  }
}

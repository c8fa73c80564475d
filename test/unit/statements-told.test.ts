import { beforeEach, describe, expect, it } from "vitest";
import { instantOf } from "#domain/instant.ts";
import { APPROVER, type ApiHarness, AUDITOR, MARKETING, POS, SELLER } from "./api-harness.ts";
import { CAMPAIGN, ok, PLAN, sale } from "./api-world.ts";
import { DISPUTE_PLAN, days, LINE, OTHER_SELLER, openAs, opened, settleDue, settledHarness } from "./disputes-world.ts";

/** What a payee reads of their statement beside the figures: words for steps, names for ids, deadlines, earlier statements. */

const STATEMENT = `${CAMPAIGN}/statements/participant/a-1`;

let harness: ApiHarness;
beforeEach(async () => {
  harness = await settledHarness();
});

const read = async (path: string, as = SELLER) => (await ok(harness.get(path, as))).json;

interface Told {
  readonly lineId: string;
  readonly trace: readonly unknown[];
  readonly told: readonly { readonly sentence: string }[];
  readonly disputableUntil?: string;
}
const untilIn = (told: { lines: Told[]; notAwarded: Told[] }) =>
  all(told).filter(({ disputableUntil }) => disputableUntil !== undefined);
const all = ({ lines, notAwarded }: { lines: Told[]; notAwarded: Told[] }) => [...lines, ...notAwarded];

describe("a statement that is told", () => {
  it("has a sentence for every step, in the reader's language, and names instead of ids", async () => {
    const english = await read(`${STATEMENT}?told=true`);
    const chinese = await read(`${STATEMENT}?told=true&lang=zh`);
    expect(all(english).length).toBeGreaterThan(0);
    for (const { trace, told } of [...all(english), ...all(chinese)]) expect(told.length).toBe(trace.length);
    const sentences = all(chinese).flatMap(({ told }) => told.map(({ sentence }) => sentence));
    for (const sentence of sentences) expect(sentence).toMatch(/[\u4e00-\u9fff]/);
    for (const { told } of all(english))
      for (const { sentence } of told) expect(sentence).not.toMatch(/[\u4e00-\u9fff]{3}/);
    expect(chinese.names.subjects).toMatchObject({ "a-1": "杜思远" });
    // What the plan gives no name has none here.
    expect(english.names.rewards).toEqual({});
    expect(chinese.names.others).toEqual({});
    expect(english.lines[0].amount).toBe((await read(STATEMENT)).lines[0].amount);
  });

  it("is as it was stored without being asked for more", async () => {
    const plain = await read(STATEMENT);
    expect(plain).toEqual(await harness.cloud.deps.ledger.statement(PLAN.id, { kind: "participant", id: "a-1" }));
  });

  it("says until when a line can be questioned: that long and no longer", async () => {
    const { lines } = await read(`${STATEMENT}?told=true`);
    const until = lines.find(({ lineId }: Told) => lineId === LINE).disputableUntil;
    const posting = await harness.cloud.deps.ledger.lastPosting(PLAN.id, {
      lineId: LINE,
      payee: { kind: "participant", id: "a-1" },
    });
    expect(instantOf(until)).toBe(instantOf(posting?.postedAt ?? "") + days(10));
    expect(until).toMatch(/\+08:00/);
    harness.cloud.clock.set(instantOf(until));
    await ok(openAs(harness, SELLER));
  });

  it("says it of what was not awarded too, under the id that it would have", async () => {
    const gate = { measure: "premium", atLeast: { value: "100000.00" }, on: "self" } as const;
    const gated = { ...PLAN.rewards[0], gates: [gate] };
    harness = await settledHarness({ ...DISPUTE_PLAN, rewards: [gated], budgets: [] });
    const [missed] = (await read(`${STATEMENT}?told=true`)).notAwarded;
    expect(missed.disputableUntil).toBeDefined();
    harness.cloud.clock.set(instantOf(missed.disputableUntil) + 1);
    expect((await openAs(harness, SELLER, missed.lineId)).status).toBe(409);
    harness.cloud.clock.set(instantOf(missed.disputableUntil));
    await ok(openAs(harness, SELLER, missed.lineId));
  });

  it("says none where the plan takes no disputes", async () => {
    const other = await settledHarness(PLAN);
    expect(untilIn((await ok(other.get(`${STATEMENT}?told=true`, SELLER))).json)).toEqual([]);
  });

  it("says none of a statement whose lines a newer one tells", async () => {
    const { runId } = await read(STATEMENT);
    expect(untilIn(await read(`${STATEMENT}?told=true&run=${runId}`)).length).toBe(1);
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "900.00", 2)] }));
    await harness.cloud.drain();
    harness.cloud.clock.advance(3_600_000);
    expect(await settleDue(harness)).toHaveLength(1);
    expect(untilIn(await read(`${STATEMENT}?told=true&run=${runId}`))).toEqual([]);
    expect(untilIn(await read(`${STATEMENT}?told=true`)).length).toBe(1);
    const { items } = await read(`${STATEMENT}/history`);
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(["adjustment", "final"]);
    const first = await read(`${STATEMENT}/history?limit=1`);
    expect((await read(`${STATEMENT}/history?limit=1&cursor=${first.nextCursor}`)).items).toEqual([items[1]]);
  });
});

describe("the statements of a payee", () => {
  it("are listed with the newest first, for whoever may read them", async () => {
    const { items } = await read(`${STATEMENT}/history`);
    const { runId, total, currency, asOf } = await read(STATEMENT);
    expect(items[0]).toMatchObject({ runId, total, currency, asOf, provisional: false, kind: "final" });
    expect((await harness.get(`${STATEMENT}/history`, OTHER_SELLER)).status).toBe(403);
    expect((await read(`${STATEMENT}/history`, AUDITOR)).items).toEqual(items);
  });
});

describe("a dispute", () => {
  it("keeps what the payee would have expected, and tells its line in words", async () => {
    const body = { claim: "One sale is missing", expected: "51.00" };
    const { json } = await ok(harness.post(`${CAMPAIGN}/lines/${LINE}/disputes`, SELLER, body));
    expect(json).toMatchObject(body);
    const path = `${CAMPAIGN}/disputes/${json.id}`;
    const told = await read(`${path}?told=true&lang=zh`);
    expect(told.line.told.length).toBe(told.line.trace.length);
    expect(told.line.told[0].sentence).toMatch(/[\u4e00-\u9fff]/);
    expect(told.names.subjects).toMatchObject({ "a-1": "杜思远" });
    expect((await read(path)).line.told).toBeUndefined();
    const nonsense = { ...body, expected: "much" };
    expect((await harness.post(`${CAMPAIGN}/lines/${LINE}/disputes`, SELLER, nonsense)).status).toBe(422);
  });

  it("is found over all campaigns, by those who may see it there", async () => {
    await opened(harness);
    const ids = async (query: string, as = SELLER) =>
      (await read(`/v1/disputes?${query}`, as)).items.map(({ lineId }: Told) => lineId);
    expect(await ids("whose=mine")).toEqual([LINE]);
    expect(await ids("whose=all", APPROVER)).toEqual([LINE]);
    expect(await ids("whose=all&state=refused", APPROVER)).toEqual([]);
    expect(await ids("whose=assigned", MARKETING)).toEqual([]);
    expect(await ids("whose=all", OTHER_SELLER)).toEqual([]);
    expect(await ids("overdue=true", APPROVER)).toEqual([]);
    harness.cloud.clock.advance(days(16));
    expect(await ids("overdue=true", APPROVER)).toEqual([LINE]);
  });
});

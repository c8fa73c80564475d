import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Fact } from "#domain/fact.ts";
import { fold } from "#engine/fold.ts";
import { compileRules } from "#engine/rules.ts";
import { standingsOf } from "#engine/standings.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { planOf, ranking, sale, score, target, world } from "#test/fixtures/plan-builder.ts";

const PLAN = planOf({
  crediting: { to: "splits", overlays: "credited", shared: "each", rollUp: "occurrence" },
  measures: [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "points", aggregate: "sum", of: "value" },
    { id: "customers", aggregate: "distinct", of: "customer" },
  ],
  attributes: { customer: "string" },
  rewards: [ranking(), ranking({ id: "service", measure: "points", level: "branch" })],
});
const WORLD = world({
  plan: PLAN,
  targets: ["east", "west", "coast"].flatMap((unit) => [
    target(unit, "start", "1.00"),
    target(unit, "start", "1", "points"),
    target(unit, "start", "1", "customers"),
  ]),
});

/** What people and branches have, live and as the engine settles it: only what is not zero. */
class Live {
  readonly cloud = new MemoryCloud();
  readonly #told: Fact[] = [];

  async launch(): Promise<this> {
    await this.cloud.launch(WORLD);
    await this.cloud.runRebuilds();
    return this;
  }

  async tell(...facts: readonly Fact[]): Promise<void> {
    const messages = facts.map(({ recordedAt: _, ...message }) => message);
    const receipts = await recordFacts(this.cloud.deps, messages);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(facts.map(() => "stored"));
    this.#told.push(...facts);
    await this.cloud.drain();
  }

  async people(): Promise<Record<string, string>> {
    const { boards } = await readBoards(this.cloud.deps, PLAN.id);
    const rows = boards.find(({ reward }) => reward === "ranking")?.rows ?? [];
    return Object.fromEntries(rows.map(({ subject, value }) => [subject, value]));
  }

  async branches(measure: string): Promise<Record<string, string>> {
    const { progress } = await readBoards(this.cloud.deps, PLAN.id);
    const rows = progress.filter((row) => row.measure === measure && row.facts > 0);
    return Object.fromEntries(rows.map(({ unit, value }) => [unit, value]));
  }

  /** Live values are those that the engine has from the facts. */
  async agrees(): Promise<void> {
    const rules = compileRules(WORLD);
    const standings = standingsOf(rules, fold(rules, Number.POSITIVE_INFINITY, this.#told));
    const settledOf = (level: string) =>
      Object.fromEntries(
        standings.subjects(level).map((id) => [id, (standings.measured("sales", level, id).value / 100).toFixed(2)]),
      );
    expect(await this.people()).toEqual(settledOf("participant"));
    const sold = await this.branches("sales");
    for (const [unit, value] of Object.entries(settledOf("branch"))) expect(sold[unit] ?? "0.00").toBe(value);
  }
}

const shared = sale("ann", 100, "05-02", {
  splits: [
    { participantId: "ann", part: "25%" },
    { participantId: "cy", part: "75%" },
  ],
  overlays: [{ participantId: "eve", part: "100%" }],
});

describe("a shared sale, live", () => {
  it("is credited to everybody who has a part, and overlays roll up nowhere", async () => {
    const live = await new Live().launch();
    await live.tell(shared);
    expect(await live.people()).toEqual({ ann: "25.00", cy: "75.00", eve: "100.00" });
    expect(await live.branches("sales")).toEqual({ east: "25.00", west: "75.00" });
    await live.agrees();
  });

  it("leaves nothing with those whom a correction no longer names", async () => {
    const live = await new Live().launch();
    await live.tell(shared);
    const { splits: _, overlays: __, ...plain } = shared;
    await live.tell({ ...plain, version: 2, participantId: "dan" });
    expect(await live.people()).toEqual({ dan: "100.00" });
    expect(await live.branches("sales")).toEqual({ west: "100.00" });
    await live.agrees();
  });

  it("turns an overlay into a split where a correction says so", async () => {
    const live = await new Live().launch();
    await live.tell(shared);
    const { overlays: _, ...rest } = shared;
    await live.tell({ ...rest, version: 2, splits: [{ participantId: "eve", part: "1" }] });
    expect(await live.people()).toEqual({ eve: "100.00" });
    expect(await live.branches("sales")).toEqual({ coast: "100.00" });
    await live.agrees();
  });

  it("is gone for everybody once it is cancelled", async () => {
    const live = await new Live().launch();
    await live.tell(shared);
    await live.tell({ ...shared, version: 2, status: "cancelled" });
    expect(await live.people()).toEqual({});
    expect(await live.branches("sales")).toEqual({});
  });

  it("is held while one of its people is unknown", async () => {
    const { cloud } = await new Live().launch();
    const { recordedAt: _, ...message } = { ...shared, overlays: [{ participantId: "zed", part: "1" }] };
    const held = { reason: "unknown-participant", message: "zed is not on file" };
    expect(await recordFacts(cloud.deps, [message])).toMatchObject([{ outcome: "stored", held }]);
    await cloud.drain();
    expect((await cloud.deps.derived.held({})).items).toMatchObject([{ externalId: shared.externalId, ...held }]);
  });
});

describe("a customer, live", () => {
  it("who buys twice is one", async () => {
    const live = await new Live().launch();
    const sold = (customer: string, local: string) => sale("ann", 1, local, { attributes: { customer } });
    await live.tell(sold("x", "05-02"), sold("x", "05-03"));
    expect(await live.branches("customers")).toEqual({ east: "1" });
    await live.tell(sold("y", "05-04"));
    expect(await live.branches("customers")).toEqual({ east: "2" });
  });
});

describe("a score, live", () => {
  it("of a unit counts for it and those above, is no person's, and is not held", async () => {
    const live = await new Live().launch();
    await live.tell(score("east", "87.5", "05-02"), score("cy", "3", "05-03"));
    expect(await live.branches("points")).toEqual({ east: "87.500000", west: "3.000000" });
    expect(Object.keys(await live.people())).toEqual(["cy"]);
    expect((await live.cloud.deps.derived.held({})).items).toEqual([]);
  });

  it("of nobody on file is held", async () => {
    const { cloud } = await new Live().launch();
    const { recordedAt: _, ...message } = score("nowhere", "1", "05-02");
    expect(await recordFacts(cloud.deps, [message])).toMatchObject([{ held: { message: "nowhere is not on file" } }]);
  });
});

import { describe, expect, it } from "vitest";
import { recordFacts } from "#app/intake/record-facts.ts";
import { readReconciliation } from "#app/reconciliation/read-reconciliation.ts";
import type { Credit, ParticipantProgress, PlaceTotal } from "#domain/progress.ts";
import type { Finding, ReconciledDay, Reconciliation } from "#domain/reconciliation.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { PEOPLE, planOf, race, type SmallWorld, sale, target, world } from "#test/fixtures/plan-builder.ts";
import { type ReconcileOptions, reconcile } from "#test/fixtures/reconcile.ts";

const HOUR = 3_600_000;
const SMALL = planOf({ counts: [{ id: "not-tiny", when: 'product != "TINY"' }] });
const EAST = { leaf: "east", shard: 0 };

/** A message as a source sends it. */
function message(seller: string, amount: number, local: string, changes: Parameters<typeof sale>[3] = {}) {
  const { recordedAt: _, ...said } = sale(seller, amount, local, changes);
  return said;
}

/** The small campaign with a sale of each outcome, credited an hour ago. */
class World {
  readonly cloud = new MemoryCloud();
  readonly deps = this.cloud.deps;

  static async made(changes: Partial<SmallWorld> = {}): Promise<World> {
    const made = new World();
    const { cloud, deps } = made;
    cloud.clock.set(Date.parse("2018-05-20T00:00:00Z"));
    await cloud.launch(world({ plan: SMALL, ...changes }));
    await cloud.runRebuilds();
    await deps.plans.putSource({ source: "pos", name: "Till", secretNames: [] });
    await made.send(
      message("ann", 100, "05-02", { externalId: "a" }),
      message("ann", 50, "05-02", { externalId: "b" }),
      message("ann", 50, "05-02", { externalId: "b", version: 2, status: "cancelled" }),
      message("ann", 7, "05-03", { externalId: "tiny", product: "TINY" }),
      message("stranger", 40, "05-03", { externalId: "held" }),
      message("ann", 30, "05-04", { externalId: "c" }),
    );
    await cloud.drain();
    cloud.clock.advance(HOUR);
    return made;
  }

  async send(...messages: readonly object[]): Promise<void> {
    await recordFacts(this.deps, messages);
  }

  look(options?: ReconcileOptions): Promise<Reconciliation> {
    return reconcile(this.deps, SMALL.id, options);
  }

  async credit(fact: string): Promise<Credit> {
    const credit = await this.deps.derived.credit(SMALL.id, EAST, "ann", fact);
    if (!credit) throw new Error(`there is no credit of ${fact}`);
    return credit;
  }
}

const day = ({ days }: Reconciliation, name: string): ReconciledDay | undefined => days.find((one) => one.day === name);
const told = ({ findings }: Reconciliation) =>
  findings.map(({ kind, day: on = "", count, facts }: Finding) => `${on} ${kind} ${count} ${facts.join(" ")}`.trim());

describe("a world in order", () => {
  it("ends each fact in one outcome, by day, with the same sums on both sides", async () => {
    const report = await (await World.made()).look();
    expect(report).toMatchObject({ state: "agrees", differences: 0, findings: [] });
    expect(day(report, "2018-05-02")).toMatchObject({
      facts: 2,
      counted: 1,
      cancelled: 1,
      credits: { facts: 1, derived: 1 },
      sums: { sales: { facts: 10_000, derived: 10_000 } },
    });
    expect(day(report, "2018-05-03")).toMatchObject({ facts: 2, notCounted: 1, held: 1, sums: {} });
    for (const { facts, counted, notCounted, cancelled, held, inMotion } of report.days) {
      expect(counted + notCounted + cancelled + held + inMotion).toBe(facts);
    }
  });

  it("tells what became no fact: conflicts by the day they speak of, unreadable deliveries by the day they came", async () => {
    const made = await World.made();
    await made.send(message("ann", 999, "05-02", { externalId: "a" }));
    const unreadable = { source: "pos", deliveryId: "1", body: "?", reason: "not JSON" };
    await made.deps.facts.putUnreadable({ ...unreadable, receivedAt: "2018-05-20T01:00:00Z" });
    const report = await made.look();
    expect(report.state).toBe("agrees");
    expect(day(report, "2018-05-02")).toMatchObject({ conflicts: 1, facts: 2 });
    expect(day(report, "2018-05-20")).toMatchObject({ unreadable: 1, facts: 0 });
  });

  it("keeps the report for those who ask", async () => {
    const made = await World.made();
    await expect(readReconciliation(made.deps, SMALL.id)).rejects.toThrow("never reconciled");
    const report = await made.look();
    expect(await readReconciliation(made.deps, SMALL.id)).toEqual(report);
  });
});

describe("what is on its way is no difference", () => {
  it("a fact that is stored and not credited yet", async () => {
    const made = await World.made();
    await made.send(message("ann", 5, "05-04", { externalId: "new" }));
    const report = await made.look();
    expect(report).toMatchObject({ state: "agrees", findings: [] });
    expect(day(report, "2018-05-04")).toMatchObject({ facts: 2, counted: 1, inMotion: 1, changing: true });
  });

  it("nor is it when it is credited: its value is on neither side", async () => {
    const made = await World.made();
    await made.send(message("ann", 5, "05-04", { externalId: "new" }));
    await made.cloud.drain();
    const report = await made.look();
    expect(report).toMatchObject({ state: "agrees", findings: [] });
    expect(day(report, "2018-05-04")).toMatchObject({ inMotion: 1, sums: { sales: { facts: 3000, derived: 3000 } } });
  });

  it("but a quarter of an hour later it is", async () => {
    const made = await World.made();
    await made.send(message("ann", 5, "05-04", { externalId: "new" }));
    made.cloud.clock.advance(16 * 60_000);
    expect(told(await made.look())).toEqual(["2018-05-04 missing-credit 1 pos#new"]);
  });

  it("a correction that comes between the look at facts and the look at credits", async () => {
    const made = await World.made();
    const correct = async () => {
      await made.send(message("ann", 1, "05-02", { externalId: "a", version: 2 }));
      await made.cloud.drain();
    };
    const report = await made.look({ afterFacts: correct });
    expect(report).toMatchObject({ state: "agrees", findings: [] });
    expect(day(report, "2018-05-02")).toMatchObject({ changing: true });
  });

  it("an older version that comes after the newer one, and names somebody else", async () => {
    const made = await World.made();
    made.cloud.clock.advance(-HOUR);
    await made.send(message("ann", 5, "05-04", { externalId: "turned", version: 2 }));
    await made.cloud.drain();
    made.cloud.clock.advance(HOUR);
    await made.send(message("cy", 5, "05-04", { externalId: "turned", version: 1 }));
    expect(told(await made.look())).toEqual([]);
  });

  it("totals that are written before the second look", async () => {
    const made = await World.made();
    await made.send(message("ann", 5, "05-04", { externalId: "new" }));
    await made.cloud.credit({ source: "pos", externalId: "new" });
    expect(told(await made.look({ between: () => made.cloud.drain() }))).toEqual([]);
  });

  it("a change of rules: nothing is said", async () => {
    const made = await World.made();
    const raise = async () => {
      const campaign = await made.deps.plans.campaign(SMALL.id);
      if (campaign) await made.deps.plans.saveCampaign({ ...campaign, epoch: 9, revision: campaign.revision + 1 });
    };
    expect(await made.look({ afterFacts: raise })).toMatchObject({ state: "superseded", findings: [], days: [] });
  });
});

describe("what is broken is found", () => {
  it("a credit that is missing", async () => {
    const made = await World.made();
    made.cloud.clock.advance(-HOUR);
    await made.send(message("ann", 5, "05-04", { externalId: "lost" }));
    made.cloud.dirtyFacts.length = 0;
    made.cloud.clock.advance(HOUR);
    const report = await made.look();
    expect(report).toMatchObject({ state: "differs", differences: 1 });
    expect(told(report)).toEqual(["2018-05-04 missing-credit 1 pos#lost"]);
    expect(day(report, "2018-05-04")).toMatchObject({
      differing: 1,
      credits: { facts: 2, derived: 1 },
      sums: { sales: { facts: 3500, derived: 3000 } },
    });
  });

  it("not a withdrawn credit that was written before an older version was known", async () => {
    const made = await World.made();
    made.cloud.clock.advance(-HOUR);
    await made.send(message("bob", 5, "05-06", { externalId: "moved" }));
    await made.send(message("ann", 5, "05-08", { externalId: "moved", version: 3 }));
    await made.cloud.drain();
    await made.send(message("bob", 5, "05-07", { externalId: "moved", version: 2 }));
    await made.cloud.drain();
    made.cloud.clock.advance(HOUR);
    expect(told(await made.look())).toEqual([]);
  });

  it("a credit of an older version, and the cancelled sale that still counts by it", async () => {
    const made = await World.made();
    made.cloud.clock.advance(-HOUR);
    await made.send(message("ann", 30, "05-04", { externalId: "c", version: 2, status: "cancelled" }));
    made.cloud.dirtyFacts.length = 0;
    made.cloud.clock.advance(HOUR);
    expect(told(await made.look())).toEqual(["2018-05-04 wrong-version 1 pos#c"]);
  });

  it("a credit with another value", async () => {
    const made = await World.made();
    const { derived } = made.deps;
    const credit = await made.credit("pos#a");
    const forged = { ...credit, values: { sales: 1 } };
    const broken = over(derived, {
      credit: async (...key: Parameters<typeof derived.credit>) =>
        key[3] === "pos#a" ? forged : derived.credit(...key),
      placeCredits: async (...key: Parameters<typeof derived.placeCredits>) =>
        (await derived.placeCredits(...key)).map((one) => (one.fact === "pos#a" ? forged : one)),
    });
    const report = await reconcile({ ...made.deps, derived: broken }, SMALL.id);
    expect(told(report)).toEqual(["total-out-of-step 1", "2018-05-02 wrong-value 1 pos#a"]);
    expect(day(report, "2018-05-02")?.sums).toEqual({ sales: { facts: 10_000, derived: 1 } });
  });

  it("a credit that no fact says, though it makes up in number and value for one that is missing", async () => {
    const made = await World.made();
    made.cloud.clock.advance(-HOUR);
    await made.send(message("ann", 5, "05-04", { externalId: "lost" }));
    made.cloud.dirtyFacts.length = 0;
    made.cloud.clock.advance(HOUR);
    const credit = await made.credit("pos#c");
    await made.deps.derived.setCredit({ ...credit, fact: "pos#ghost", values: { sales: 500 } });
    await made.cloud.drain();
    expect(told(await made.look())).toEqual([
      "2018-05-04 missing-credit 1 pos#lost",
      "2018-05-04 superfluous-credit 1 pos#ghost",
    ]);
  });

  it("a credit to somebody whom the fact does not name", async () => {
    const made = await World.made();
    const credit = await made.credit("pos#a");
    await made.deps.derived.setCredit({ ...credit, participantId: "bob" });
    await made.cloud.drain();
    expect(told(await made.look())).toEqual(["2018-05-02 superfluous-credit 1 pos#a"]);
  });

  it("progress that is not what the credits come to, and a total that is not what progress comes to", async () => {
    const made = await World.made();
    const { derived } = made.deps;
    const progress = await derived.progress(SMALL.id, EAST, "ann");
    const total = await derived.total(SMALL.id, EAST);
    if (!progress || !total) throw new Error("nothing is rolled up");
    await derived.setProgress(more(progress));
    await derived.setTotal(more(more(total)));
    const report = await made.look();
    expect(report.findings).toEqual([
      { kind: "total-out-of-step", place: "east", count: 1, facts: [] },
      { kind: "total-out-of-step", place: "east", participantId: "ann", count: 1, facts: [] },
    ]);
  });

  it("instants at which a unit, and a person, reached the targets of their races", async () => {
    const races = [race(), race({ id: "people", level: "participant" })];
    const subjects = ["east", "west", "coast", ...PEOPLE.map(({ participantId }) => participantId)];
    const targets = subjects.map((subject) => target(subject, "start", "50.00"));
    const made = await World.made({ plan: planOf({ rewards: races }), targets });
    const { derived } = made.deps;
    expect((await made.look()).findings).toEqual([]);
    const [unit, person] = [await derived.reach(SMALL.id, "east"), await derived.progress(SMALL.id, EAST, "ann")];
    if (!unit || !person) throw new Error("nobody has reached anything");
    expect(Object.keys(person.reaches ?? {})).toEqual(["sales@5000"]);
    await derived.setReach({ ...unit, seq: unit.seq + 1, reaches: {} });
    await derived.setProgress({ ...person, seq: person.seq + 1, reaches: {} });
    expect((await made.look()).findings).toEqual([
      { kind: "reach-out-of-step", place: "east", count: 1, facts: [] },
      { kind: "reach-out-of-step", place: "east", participantId: "ann", count: 1, facts: [] },
    ]);
  });

  it("a place whose roll-up is lost altogether", async () => {
    const made = await World.made();
    made.cloud.clock.advance(-HOUR);
    await made.send(message("cy", 5, "05-04", { externalId: "west" }));
    await made.cloud.credit({ source: "pos", externalId: "west" });
    made.cloud.dirtyFacts.length = 0;
    made.cloud.dirtyCredits.length = 0;
    made.cloud.clock.advance(HOUR);
    expect(told(await made.look())).toEqual(["total-out-of-step 1"]);
  });

  it("a held fact that is not listed, and one that is listed without need", async () => {
    const made = await World.made();
    await made.deps.derived.release({ source: "pos", externalId: "held" }, 1);
    const held = { source: "pos", externalId: "a", version: 1, participantId: "ann", message: "", recordedAt: "" };
    await made.deps.derived.hold({ ...held, reason: "unknown-participant", recordedAt: "2018-05-20T00:00:00Z" });
    expect(told(await made.look())).toEqual(["2018-05-02 held-out-of-step 1 pos#a", "2018-05-03 held-out-of-step 1"]);
  });

  it("names the first few of many", async () => {
    const made = await World.made();
    made.cloud.clock.advance(-HOUR);
    for (let index = 0; index < 9; index += 1) {
      await made.send(message("ann", 1, "05-05", { externalId: `lost-${index}` }));
    }
    made.cloud.dirtyFacts.length = 0;
    made.cloud.clock.advance(HOUR);
    const { differences, findings } = await made.look({ segments: 3 });
    expect(differences).toBe(9);
    expect(findings).toMatchObject([{ kind: "missing-credit", day: "2018-05-05", count: 9 }]);
    expect(findings[0]?.facts).toHaveLength(5);
  });
});

/** The next state, with a cent too much. */
function more<T extends ParticipantProgress | PlaceTotal>(sum: T): T {
  const { sales } = sum.measures;
  if (!sales) throw new Error("there are no sales");
  return { ...sum, seq: sum.seq + 1, measures: { ...sum.measures, sales: { ...sales, value: sales.value + 1 } } };
}

/** A store with some of its methods replaced. Stores have private fields, which a proxy does not. */
function over<T extends object>(store: T, methods: Partial<T>): T {
  return new Proxy(store, {
    get: (target, name) => {
      const replaced: unknown = Reflect.get(methods, name);
      if (replaced !== undefined) return replaced;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

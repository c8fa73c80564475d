import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordFacts } from "#app/intake/record-facts.ts";
import { reportFacts } from "#app/intake/report-facts.ts";
import type { Fact } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { instantOf, parseInstant } from "#domain/instant.ts";
import { compileRules } from "#engine/rules.ts";
import { settle } from "#engine/settle.ts";
import { readWorld } from "#test/fixtures/campaign.ts";
import { seededRandom } from "#test/fixtures/jiangxi/random.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { reconcile } from "#test/fixtures/reconcile.ts";

const CAMPAIGN = "jiangxi-travel-2018";
const HOUR = 3_600_000;
const seed = fc.integer({ min: 0, max: 1_000_000 });

type Pick = (size: number) => number;

function picker(from: number): Pick {
  const random = seededRandom(from);
  return (size) => random.int(0, Math.max(0, size - 1));
}

async function launched(from: number) {
  const inputs = readWorld(randomWorld(from));
  const cloud = new MemoryCloud();
  await cloud.launch(inputs);
  await cloud.runRebuilds();
  return { cloud, inputs };
}

/** Facts come in any order, some of them twice; workers run when they like, so that at the end some may be behind. */
async function deliver(cloud: MemoryCloud, facts: readonly Fact[], pick: Pick): Promise<void> {
  const waiting = [...facts];
  while (waiting.length > 0) {
    const [fact] = waiting.splice(pick(waiting.length), 1);
    if (!fact) return;
    const { recordedAt, ...message } = fact;
    cloud.clock.set(Math.max(cloud.clock.now(), parseInstant(recordedAt) ?? 0));
    await recordFacts(cloud.deps, pick(4) === 0 ? [message, message] : [message]);
    if (pick(3) === 0) await cloud.drain(pick);
  }
}

/** What the reconciliation must count, by other means: the newest version of each fact that lies in the period. */
function inPeriod(facts: readonly Fact[], inputs: Parameters<typeof compileRules>[0]): number {
  const { start, followUpEnd } = compileRules(inputs).instants;
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    const known = newest.get(factKey(fact));
    if (!known || known.version < fact.version) newest.set(factKey(fact), fact);
  }
  const instants = [...newest.values()].map(({ occurredAt }) => instantOf(occurredAt));
  return instants.filter((at) => start <= at && at < followUpEnd).length;
}

describe("any world, however its workers ran", () => {
  it("reconciles: each fact of the period has one outcome, and both sides have the same sums", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (from) => {
        const { cloud, inputs } = await launched(from);
        const pick = picker(from);
        await deliver(cloud, inputs.facts, pick);
        await cloud.drain(pick);
        cloud.clock.advance(HOUR);
        const report = await reconcile(cloud.deps, CAMPAIGN, { segments: 1 + pick(4) });
        expect(report).toMatchObject({ state: "agrees", findings: [] });
        for (const { facts, counted, notCounted, cancelled, held, inMotion, credits, sums } of report.days) {
          expect(counted + notCounted + cancelled + held + inMotion).toBe(facts);
          for (const side of [credits, ...Object.values(sums)]) expect(side.derived).toBe(side.facts);
        }
        const total = (of: "facts" | "counted") => report.days.reduce((sum, day) => sum + day[of], 0);
        expect(total("facts")).toBe(inPeriod(inputs.facts, inputs));
        const settlement = settle({ ...inputs, asOf: Number.MAX_SAFE_INTEGER / 2 });
        expect(total("counted")).toBe(settlement.totals.facts.counted);
      }),
      { numRuns: 12 },
    );
  });

  it("accounts for all that came: as facts, as conflicts, or as refused", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (from) => {
        const { cloud, inputs } = await launched(from);
        await cloud.deps.plans.putSource({ source: "pos", name: "Till", secretNames: [] });
        const pick = picker(from);
        const till = { ...MAKER, sources: ["pos"] };
        const zone = 8 * HOUR;
        const dayOf = (at: string) => new Date(instantOf(at) + zone).toISOString().slice(0, 10);
        const came = new Map<string, Set<string>>();
        const note = (day: string, what: string) => came.set(day, (came.get(day) ?? new Set()).add(what));
        const { start, followUpEnd } = compileRules(inputs).instants;
        const within = inputs.facts.filter(
          ({ occurredAt }) => start <= instantOf(occurredAt) && instantOf(occurredAt) < followUpEnd,
        );
        for (const { recordedAt: _, ...fact } of within.filter(({ version }) => version === 1)) {
          const message = { ...fact, source: "pos", externalId: `${fact.source}-${fact.externalId}` };
          const batch: unknown[] = [message];
          note(dayOf(fact.occurredAt), `fact ${message.externalId}`);
          if (pick(5) === 0) batch.push(message);
          if (pick(5) === 0) {
            batch.push({ ...message, channel: "contradicted" });
            note(dayOf(fact.occurredAt), `conflict ${message.externalId}`);
          }
          if (pick(5) === 0) {
            batch.push({ ...message, version: 0 });
            note(dayOf(fact.occurredAt), `refused ${message.externalId}`);
          }
          await reportFacts(cloud.deps, till, batch);
        }
        await cloud.drain(pick);
        cloud.clock.advance(HOUR);
        const report = await reconcile(cloud.deps, CAMPAIGN, { segments: 1 + pick(4) });
        const accounted = report.days.filter(({ facts, conflicts, rejected }) => facts + conflicts + rejected > 0);
        expect(accounted.map(({ day, facts, conflicts, rejected }) => [day, facts + conflicts + rejected])).toEqual(
          [...came].map(([day, what]) => [day, what.size]).sort(),
        );
      }),
      { numRuns: 8 },
    );
  });

  it("has no differences while its workers are behind, unless they stay behind", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (from) => {
        const { cloud, inputs } = await launched(from);
        const pick = picker(from);
        const latest = Math.max(...inputs.facts.map(({ recordedAt }) => instantOf(recordedAt)));
        const isLate = ({ recordedAt }: Fact) => instantOf(recordedAt) > latest - 30 * 24 * HOUR;
        await deliver(
          cloud,
          inputs.facts.filter((fact) => !isLate(fact)),
          pick,
        );
        await cloud.drain(pick);
        cloud.clock.set(latest);
        const last = inputs.facts.filter(isLate);
        for (const { recordedAt: _, ...message } of last) await recordFacts(cloud.deps, [message]);
        for (let step = 0; step < last.length / 2; step += 1) {
          const [fact] = cloud.dirtyFacts.splice(pick(cloud.dirtyFacts.length), 1);
          if (fact) await cloud.credit(fact);
        }
        const soon = await reconcile(cloud.deps, CAMPAIGN, { between: () => cloud.drain(pick) });
        expect(soon).toMatchObject({ state: "agrees", findings: [] });
      }),
      { numRuns: 10 },
    );
  });

  it("is found out when one credit of it is lost", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (from) => {
        const { cloud, inputs } = await launched(from);
        const pick = picker(from);
        await deliver(cloud, inputs.facts, pick);
        await cloud.drain(pick);
        cloud.clock.advance(HOUR);
        const { derived } = cloud.deps;
        const whole = await reconcile(cloud.deps, CAMPAIGN);
        const places = (await derived.totals(CAMPAIGN)).map(({ place }) => place);
        const credits = (await Promise.all(places.map((place) => derived.placeCredits(CAMPAIGN, place)))).flat();
        const { start, followUpEnd } = compileRules(inputs).instants;
        const ofDays = credits.filter(({ occurredAt }) => start <= occurredAt && occurredAt < followUpEnd);
        const lost = ofDays[pick(ofDays.length)];
        if (!lost) return;
        const without = new Proxy(derived, {
          get: (store, name) => {
            if (name === "credit") {
              return async (...key: Parameters<typeof store.credit>) => {
                const found = await store.credit(...key);
                return found?.fact === lost.fact && found.participantId === lost.participantId ? undefined : found;
              };
            }
            const member: unknown = Reflect.get(store, name);
            return typeof member === "function" ? member.bind(store) : member;
          },
        });
        const report = await reconcile({ ...cloud.deps, derived: without }, CAMPAIGN);
        expect(whole.differences).toBe(0);
        expect(report.differences).toBeGreaterThan(0);
        expect(report.findings.every(({ kind, facts }) => kind === "missing-credit" && facts[0] === lost.fact)).toBe(
          true,
        );
      }),
      { numRuns: 6 },
    );
  });
});

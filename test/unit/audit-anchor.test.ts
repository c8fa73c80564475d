import { describe, expect, it } from "vitest";
import { keptAnchor } from "#app/audit/keep-anchor.ts";
import { listAudit } from "#app/audit/read-audit.ts";
import { anchorHash, verifyChains } from "#app/audit/verify-chains.ts";
import { requestRebuild } from "#app/crediting/read-rebuild.ts";
import { ANCHOR_ACTION, type AuditEntry, NO_ENTRY } from "#domain/audit.ts";
import { hashOf } from "#engine/hash.ts";
import { createClock } from "#functions/clock/app.ts";
import { MAKER, MemoryCloud } from "../fixtures/memory-cloud.ts";
import { world } from "../fixtures/plan-builder.ts";
import { ApiHarness, AUDITOR } from "./api-harness.ts";
import { launch, ok } from "./api-world.ts";

const FIRST = "2018-05-02";
const SECOND = "2018-05-03";

/** Two days of a clock that wakes every hour; somebody works in between. */
async function twoDays() {
  const cloud = new MemoryCloud();
  const tick = createClock(cloud.deps, { reconciles: false });
  await cloud.launch(world());
  cloud.clock.set(Date.parse(`${FIRST}T00:00:30Z`));
  for (let hour = 0; hour < 48; hour += 1) {
    await tick();
    if (hour === 12) await requestRebuild(cloud.deps, MAKER, "small", "start");
    cloud.clock.advance(60 * 60_000);
  }
  const anchors = [await keptAnchor(cloud.deps, FIRST), await keptAnchor(cloud.deps, SECOND)];
  return { cloud, anchors, entries: await entriesOf(cloud) };
}

async function entriesOf({ deps }: MemoryCloud): Promise<AuditEntry[]> {
  return [...(await listAudit(deps, {}, { limit: 1000 })).items];
}

/** What somebody writes who can write anything: a chain that is whole in itself. */
function sealedAnew(entries: readonly AuditEntry[]): AuditEntry[] {
  let previous = NO_ENTRY;
  return entries.map(({ hash: _, ...entry }, index) => {
    const content = { ...entry, seq: index + 1, previous };
    previous = hashOf(content);
    return { ...content, hash: previous };
  });
}

describe("the anchor of a day", () => {
  it("is kept by the clock once, and named by the audit itself", async () => {
    const { anchors, entries } = await twoDays();
    const named = entries.filter(({ action }) => action === ANCHOR_ACTION);
    expect(named.map(({ chain, actor, subject, shown }) => [chain, actor, subject, shown])).toEqual([
      ["company", "laurel.clock", FIRST, anchors[0]?.hash],
      ["company", "laurel.clock", SECOND, anchors[1]?.hash],
    ]);
    expect(anchors.map(({ day }) => day)).toEqual([FIRST, SECOND]);
    expect(verifyChains(entries, ...anchors)).toMatchObject({ breaks: [] });
  });

  it("shows that entries at the end of a chain were cut off, and since when", async () => {
    const { anchors, entries } = await twoDays();
    const head = anchors[1]?.heads.find(({ chain }) => chain === "campaign:small");
    const cut = entries.filter(({ chain, seq }) => chain !== head?.chain || seq < head.seq);
    expect(verifyChains(cut, ...anchors.slice(0, 1)).breaks).toEqual([]);
    expect(verifyChains(cut, ...anchors).breaks).toMatchObject([{ chain: "campaign:small", problem: "cut" }]);
  });

  it("cannot be written anew for a chain that was: the audit names another, or none", async () => {
    const { anchors, entries } = await twoDays();
    const [own, others] = [true, false].map((isOwn) =>
      entries.filter(({ chain }) => (chain === "campaign:small") === isOwn),
    );
    const changed = sealedAnew((own ?? []).slice(0, -1));
    const last = changed.at(-1);
    const forged = anchors.map((anchor) => {
      const heads = anchor.heads.map((head) =>
        head.chain === last?.chain ? { ...head, seq: last.seq, hash: last.hash } : head,
      );
      return { ...anchor, heads, hash: anchorHash({ ...anchor, heads }) };
    });
    const world = [...changed, ...(others ?? [])];
    expect(verifyChains(world, ...forged.slice(1)).breaks).toMatchObject([
      { problem: "anchor", message: `the anchor is not the one that the audit names for ${SECOND}` },
    ]);
    const unnamed = world.filter(({ action }) => action !== ANCHOR_ACTION);
    expect(verifyChains(unnamed, ...forged.slice(1)).breaks).toContainEqual(
      expect.objectContaining({ problem: "anchor", message: `the audit names no anchor for ${SECOND}` }),
    );
  });

  it("is kept when the clock died after naming one", async () => {
    const cloud = new MemoryCloud();
    await cloud.launch(world());
    const files = { put: () => Promise.reject(new Error("no")), get: async () => undefined, list: async () => [] };
    await expect(createClock({ ...cloud.deps, files }, { reconciles: false })()).rejects.toThrow("not all that is due");
    await createClock(cloud.deps, { reconciles: false })();
    const anchor = await keptAnchor(cloud.deps, "2018-04-01");
    const entries = await entriesOf(cloud);
    expect(entries.filter(({ action }) => action === ANCHOR_ACTION)).toHaveLength(2);
    expect(verifyChains(entries, anchor).breaks).toEqual([]);
  });

  it("is told by the API, and not of a day that has none", async () => {
    const harness = new ApiHarness();
    await launch(harness);
    await createClock(harness.cloud.deps, { reconciles: false })();
    const day = new Date(harness.cloud.clock.now()).toISOString().slice(0, 10);
    const { json } = await ok(harness.get(`/v1/audit/anchor?day=${day}`, AUDITOR));
    expect(json).toEqual(await keptAnchor(harness.cloud.deps, day));
    expect((await harness.get("/v1/audit/anchor?day=2001-01-01", AUDITOR)).status).toBe(404);
  });
});

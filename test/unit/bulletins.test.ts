import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { mailOf } from "#adapters/notify/email.ts";
import { linesOf, MARKDOWN } from "#adapters/notify/markdown.ts";
import { wecom } from "#adapters/notify/wecom.ts";
import { creditFacts } from "#app/crediting/credit-facts.ts";
import { rollUp } from "#app/crediting/roll-up.ts";
import { makeBulletin } from "#app/outward/bulletin.ts";
import { slotBefore } from "#app/outward/due-bulletins.ts";
import { tell } from "#app/outward/tell.ts";
import { tellOthers } from "#app/outward/tell-others.ts";
import type { Channel } from "#domain/channel.ts";
import type { EventOf, OutwardEvent } from "#domain/event.ts";
import { instantOf } from "#domain/instant.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Telling } from "#ports/messenger.ts";
import { inputsOf } from "#test/fixtures/gallery.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";

const FOLDER = "jiangxi-travel-2018";
const GOLDENS = join(import.meta.dirname, "../fixtures/bulletins");
const [SEPTEMBER, OCTOBER] = ["2018-09-01T09:00:00+08:00", "2018-10-01T09:00:00+08:00"].map((at) => Date.parse(at));

/** The travel campaign with what was known at an instant. */
class Travel {
  readonly cloud = new MemoryCloud();
  readonly inputs = inputsOf(FOLDER);
  readonly told: { readonly channel: string; readonly telling: Telling }[] = [];

  static async launched(boards?: Plan["boards"]): Promise<Travel> {
    const travel = new Travel();
    await travel.cloud.launch(boards ? { ...travel.inputs, plan: { ...travel.inputs.plan, boards } } : travel.inputs);
    await travel.cloud.runRebuilds();
    return travel;
  }

  async at(instant: number): Promise<void> {
    this.cloud.clock.set(instant);
    for (const fact of this.inputs.facts) {
      if (instantOf(fact.recordedAt) <= instant) await this.cloud.deps.facts.put(fact);
    }
    // In one batch each, as a rebuild does it: one by one takes minutes.
    await creditFacts(this.cloud.deps, this.cloud.dirtyFacts.splice(0));
    await rollUp(this.cloud.deps, this.cloud.dirtyCredits.splice(0));
  }

  async channel(changes: Partial<Channel> = {}): Promise<void> {
    const at = new Date(this.cloud.clock.now()).toISOString();
    await this.cloud.deps.outbox.saveChannel({
      channel: "group",
      name: "Work group",
      kind: "wecom",
      secretName: "x",
      events: ["bulletin.published"],
      bulletins: { day: 1, hour: 9 },
      language: "zh",
      enabled: true,
      revision: 1,
      since: at,
      changedBy: "mei.lin",
      changedAt: at,
      ...changes,
    });
  }

  look() {
    return tellOthers({
      ...this.cloud.deps,
      messengers: async () => ({
        compose: (telling) => {
          this.told.push({ channel: "", telling });
          return ["part"];
        },
        send: async () => ({ taken: true }),
      }),
    });
  }
}

describe("the bulletins of the travel campaign", () => {
  let travel: Travel;
  let event: EventOf<"bulletin.published">;
  beforeAll(async () => {
    travel = await Travel.launched({ names: "masked", amounts: "shown" });
    await travel.channel();
    await travel.at(SEPTEMBER ?? 0);
    await travel.look();
    await travel.at(OCTOBER ?? 0);
    await travel.look();
    const last = travel.told.at(-1)?.telling.event;
    if (last?.type !== "bulletin.published") throw new Error("no bulletin was made");
    event = last;
  }, 120_000);

  it("are made once a month", async () => {
    await travel.look();
    expect(travel.told.map(({ telling }) => telling.event.id)).toEqual([
      "bulletin:jiangxi-travel-2018:d1h9:2018-09-01T09:00",
      "bulletin:jiangxi-travel-2018:d1h9:2018-10-01T09:00",
    ]);
  });

  it.each(["zh", "en"] as const)("read like this in %s", async (language) => {
    const telling = tell(event, language);
    const markdown = [`## ${telling.title}`, "", ...linesOf(telling, MARKDOWN)].join("\n");
    await expect(markdown).toMatchFileSnapshot(join(GOLDENS, `${FOLDER}.${language}.md`));
    await expect(mailOf(telling).html).toMatchFileSnapshot(join(GOLDENS, `${FOLDER}.${language}.html`));
  });

  it("say what changed since the bulletin before, and add up", async () => {
    const before = travel.told[0]?.telling.event;
    if (before?.type !== "bulletin.published") throw new Error("no bulletin before");
    expect(before.data.previousAt).toBeUndefined();
    expect(event.data.previousAt).toBe(before.data.at);
    const [was, is] = [before, event].map(({ data }) => data.progress[0]?.rows ?? []);
    expect(is?.length).toBe(11);
    for (const row of is ?? []) {
      const old = was?.find(({ subject }) => subject === row.subject)?.value ?? "0";
      expect(Number(row.change)).toBeCloseTo(Number(row.value) - Number(old), 2);
    }
  });

  it("name nobody whom the plan masks or hides, and every branch", async () => {
    const names = new Set(travel.inputs.memberships.map(({ name }) => name));
    const text = JSON.stringify(event);
    expect([...names].filter((name) => text.includes(`"${name}"`))).toEqual([]);
    expect(text.includes("南昌")).toBe(true);
    const hidden = await Travel.launched();
    await hidden.at(OCTOBER ?? 0);
    const bulletin = await makeBulletin(hidden.cloud.deps, FOLDER);
    expect(bulletin.boards.map(({ reward }) => reward)).toEqual(["branch-ranking", "speed-award"]);
  }, 60_000);

  it("tell no change of who had no place before", () => {
    const before = travel.told[0]?.telling.event;
    if (before?.type !== "bulletin.published") throw new Error("no bulletin before");
    const [was, is] = [before, event].map(
      ({ data }) => data.boards.find(({ reward }) => reward === "speed-award")?.rows,
    );
    const old = new Set(was?.map(({ subject }) => subject));
    expect(is?.map(({ subject, change }) => [subject, change !== undefined])).toEqual(
      is?.map(({ subject }) => [subject, old.has(subject)]),
    );
    expect(is?.some(({ subject }) => !old.has(subject))).toBe(true);
  });

  it("fit what robots take", () => {
    const parts = wecom.compose(tell(event, "zh"));
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) expect(Buffer.byteLength(JSON.parse(part).markdown.content)).toBeLessThanOrEqual(4096);
  });

  it("tell the budget that would be spent if it ended now, never more than there is", () => {
    const [budget] = event.data.budgets;
    expect(budget).toMatchObject({ budget: "province", amount: "80000.00" });
    expect(Number(budget?.used)).toBeGreaterThan(0);
    expect(Number(budget?.used)).toBeLessThanOrEqual(80_000);
  });

  it("end with the period: the last one is the first that sees the whole of it", async () => {
    const before = travel.told.length;
    for (const month of ["2018-11-01", "2018-12-01"]) {
      travel.cloud.clock.set(Date.parse(`${month}T09:00:00+08:00`));
      await travel.look();
    }
    expect(travel.told.slice(before).map(({ telling }) => telling.event.at.slice(0, 10))).toEqual(["2018-11-01"]);
  });
});

it("a slot that was missed for more than a day is left out", async () => {
  const travel = await Travel.launched();
  await travel.channel();
  travel.cloud.clock.set((SEPTEMBER ?? 0) + 25 * 60 * 60_000);
  await travel.look();
  expect(travel.told).toEqual([]);
});

it("slots are on the clock of the plan's zone", () => {
  const schedule = { bulletins: { day: 1, hour: 9 } };
  const slot = (at: string) => slotBefore(Date.parse(at), schedule, "Asia/Shanghai")?.local;
  expect(slot("2018-09-01T00:59:59Z")).toBe("2018-08-01T09:00");
  expect(slot("2018-09-01T01:00:00Z")).toBe("2018-09-01T09:00");
  expect(slot("2018-01-31T23:00:00Z")).toBe("2018-01-01T09:00");
  expect(slot("2018-01-01T00:30:00Z")).toBe("2017-12-01T09:00");
});

it("every event is told in both languages, without holes", () => {
  const base = {
    id: "e",
    at: "2018-06-01T00:00:00.000Z",
    campaign: "travel",
    campaignName: { en: "Travel", zh: "旅行" },
  };
  const run = { runId: "r-1", kind: "final" } as const;
  const events: OutwardEvent[] = [
    { ...base, type: "campaign.activated", data: { version: 1, by: "mei.lin" } },
    { ...base, type: "campaign.final", data: { asOf: base.at } },
    {
      ...base,
      type: "target.reached",
      data: {
        unit: "nanchang",
        unitName: "南昌",
        measure: "premium",
        measureName: { en: "premium", zh: "保费" },
        target: "start",
        threshold: "180000.00",
        value: "180100.00",
      },
    },
    {
      ...base,
      type: "approval.requested",
      data: { approval: "a-1", kind: "targets", by: "mei.lin", reason: "spring" },
    },
    { ...base, type: "run.approved", data: { ...run, by: "fang.wei" } },
    { ...base, type: "run.rejected", data: { ...run, by: "fang.wei", reason: "a sale is missing" } },
    { ...base, type: "run.failed", data: { ...run, reason: "a file is gone" } },
    { ...base, type: "run.paid", data: run },
    { ...base, type: "dispute.opened", data: { dispute: "d-1", state: "open" } },
    { ...base, type: "dispute.answered", data: { dispute: "d-1", state: "answered" } },
    { ...base, type: "dispute.closed", data: { dispute: "d-1", state: "refused" } },
    { ...base, type: "reconciliation.differs", data: { report: "r", differences: 3 } },
    { id: "e", at: base.at, type: "source.silent", data: { source: "pos", everyMinutes: 60 } },
  ];
  for (const event of events) {
    for (const language of ["zh", "en"] as const) {
      const { title, blocks } = tell(event, language);
      const text = [title, ...blocks.map((block) => (block.kind === "text" ? block.text : ""))].join("\n");
      expect(text).not.toMatch(/undefined|\[object|null/);
      expect(text.length).toBeGreaterThan(10);
      expect(/[一-鿿]{2}/.test(title)).toBe(language === "zh");
    }
  }
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parsePlan } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { LANGUAGES, loadTexts } from "#functions/console/i18n/language.ts";
import type { Figure } from "#functions/console/picture/figures.ts";
import { type PlanPictureData, pictureOf } from "#functions/console/picture/model.ts";
import { ROOT } from "#test/arch/source.ts";

await Promise.all(LANGUAGES.map(loadTexts));

const GALLERY = join(ROOT, "shared", "gallery");
const names = readdirSync(GALLERY, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const plans = new Map(
  names.map((name) => [name, parsePlan(parse(readFileSync(join(GALLERY, name, "plan.yaml"), "utf8")))]),
);

function planOf(name: string): Plan {
  const plan = plans.get(name);
  if (plan === undefined) throw new Error(`no plan ${name}`);
  return plan;
}

function textsOf(picture: PlanPictureData): string[] {
  return [
    picture.name,
    ...picture.audience,
    ...picture.counts.flatMap(({ name, means }) => [name, ...means]),
    ...picture.targets.flatMap(({ text, used }) => [text, used]),
    ...picture.limits.flatMap(({ title, text }) => [title, text]),
    ...picture.payout,
    ...(picture.time?.lanes.flatMap(({ name, marks }) => [name, ...marks.map((mark) => mark.name)]) ?? []),
    ...picture.rewards.flatMap((reward) => [
      reward.name,
      reward.kind,
      reward.when,
      reward.sentence,
      ...reward.rules,
      ...reward.figures.flatMap(figureTexts),
    ]),
  ];
}

function figureTexts({ title, table, note }: Figure): string[] {
  return [title, ...table.columns, ...table.rows.flat(), ...(note === undefined ? [] : [note])];
}

function rewardOf(name: string, id: string, language: "en" | "zh" = "en") {
  const found = pictureOf(planOf(name), language).rewards.find((reward) => reward.id === id);
  if (found === undefined) throw new Error(`no reward ${id}`);
  return found;
}

describe("a plan in a picture", () => {
  it("is told of every plan of the gallery, in both languages, with nothing left to fill in", () => {
    expect(plans.size).toBe(13);
    for (const plan of plans.values()) {
      for (const language of ["en", "zh"] as const) {
        const picture = pictureOf(plan, language);
        expect(picture.rewards.map(({ id }) => id)).toEqual(plan.rewards.map(({ id }) => id));
        expect(picture.time?.lanes.length).toBeGreaterThanOrEqual(3);
        for (const text of textsOf(picture)) {
          expect([plan.id, text, /\{\w+\}|…|undefined|NaN|\[object/.test(text)]).toEqual([plan.id, text, false]);
        }
      }
    }
  });

  it("is Chinese in Chinese: each sentence of each reward, and each name", () => {
    for (const plan of plans.values()) {
      for (const reward of pictureOf(plan, "zh").rewards) {
        for (const text of [reward.kind, reward.when, reward.sentence, ...reward.rules])
          expect(text).toMatch(/[\u4e00-\u9fff]/);
        expect(reward.name).toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });

  it("draws what bands pay: each band its part, or the band reached everything", () => {
    const [marginal] = rewardOf("credit-union-pay", "deposit-pay").figures;
    expect(marginal?.chart).toMatchObject({ kind: "curve", xIsPart: true });
    if (marginal?.chart?.kind !== "curve") throw new Error("no curve");
    // 1 per mille of a plan of 10,000 at 100 %, 2 per mille beyond: no jump.
    expect(marginal.chart.lines[0]?.pieces).toHaveLength(1);
    const points = marginal.chart.lines[0]?.pieces[0]?.points ?? [];
    expect(points.find(([x]) => x === 1)?.[1]).toBeCloseTo(10, 2);
    const [whole] = rewardOf("hotel-sales-team", "own-commission").figures;
    if (whole?.chart?.kind !== "curve") throw new Error("no curve");
    const pieces = whole.chart.lines[0]?.pieces ?? [];
    // 1 %, 1.5 % from 80 % on, 2 % from the plan on, of all sales: it jumps twice, and the mark belongs to the band above.
    expect(pieces.map(({ startsIn, endsIn }) => [startsIn, endsIn])).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ]);
    expect(pieces[0]?.points.at(-1)?.[1]).toBeCloseTo(80, 1);
    expect(pieces[1]?.points[0]?.[1]).toBeCloseTo(120, 1);
    expect(pieces[2]?.points[0]?.[1]).toBeCloseTo(200, 1);
    expect(whole.table.rows).toEqual([
      ["0%", "80%", "1% of it", "of everything"],
      ["80%", "100%", "1.5% of it", "of everything"],
      ["100%", "no end", "2% of it", "of everything"],
    ]);
  });

  it("tells prizes by place, who can win them and by what", () => {
    const personal = rewardOf("jiangxi-travel-2018", "personal-award");
    expect(personal.sentence).toBe(
      "Ranks each agent in Jiangxi by signed premium of both products. 35 prizes, CN¥56,000.00 in all.",
    );
    expect(personal.rules).toEqual([
      "Only where the branch has signed premium of both products of at least the target “starting”.",
      "Only with signed premium of both products of at least CN¥10,000.00.",
      "Who fails a condition is taken out, and those below move up.",
      "Among equals, who was there first wins.",
    ]);
    const [prizes] = personal.figures;
    expect(prizes?.table.rows).toEqual([
      ["1", "CN¥5,000.00"],
      ["2", "CN¥4,000.00"],
      ["3", "CN¥3,000.00"],
      ["4–15", "CN¥2,000.00"],
      ["16–35", "CN¥1,000.00"],
    ]);
    expect(prizes?.chart?.kind === "bars" && prizes.chart.items.length).toBe(35);
    expect(rewardOf("jiangxi-travel-2018", "speed-award", "zh").sentence).toBe(
      "Jiangxi每个分公司比速度：两款产品签单保费先达成“预算”目标者获奖，共 3 个名额，合计 ¥24,000.00。",
    );
  });

  it("says in words who takes part and what counts", () => {
    const picture = pictureOf(planOf("jiangxi-travel-2018"), "zh");
    expect(picture.counts.map(({ means }) => means.join("；"))).toEqual([
      "产品为 LAY或LAI 之一",
      "渠道为 individual",
      "entry为 app",
    ]);
    expect(picture.targets.map(({ text }) => text)).toEqual([
      "两款产品签单保费：“预算”目标",
      "两款产品签单保费：“启动”目标",
    ]);
    expect(picture.limits[0]?.text).toContain("¥80,000.00");
    expect(pictureOf(planOf("offer-pilot"), "en").audience[0]).toBe("In Pilot area, with all below.");
    const units = new Map([["pilot-area", "试点片区"]]);
    expect(pictureOf(planOf("offer-pilot"), "zh", undefined, units).audience[0]).toBe("范围：试点片区及其下属机构。");
  });

  it("has a line of time with settlements, slices, instalments and the last day for questions", () => {
    const plan = structuredClone(planOf("hotel-sales-team"));
    plan.disputes = { within: "P10D", decideWithin: "P15D" };
    const [first] = plan.rewards;
    if (first !== undefined) first.instalments = [{ id: "later", part: "100%", after: "P6M" }];
    const { lanes = [] } = pictureOf(plan, "en").time ?? {};
    const lane = (name: string) => lanes.find((one) => one.name === name)?.marks ?? [];
    const day = (ms: number | undefined) => new Date(ms ?? 0).toISOString().slice(0, 10);
    expect(lane("Sales count").map(({ start, end }) => [day(start), day(end)])).toEqual([["2025-01-01", "2026-01-01"]]);
    expect(lane("Late reports still count").map(({ end }) => day(end))).toEqual(["2026-01-11"]);
    expect(lane("Settled and paid")).toHaveLength(12);
    expect(day(lane("Settled and paid")[0]?.start)).toBe("2025-02-11");
    expect(lane("Settled and paid").at(-1)?.name).toBe("Final settlement");
    expect(lane("Decided every week")).toHaveLength(53);
    expect(lane("Decided every week")[0]).toMatchObject({ name: "2025-W01" });
    expect(day(lane("Paid later").at(-1)?.end)).toBe("2026-07-01");
    expect(day(lane("Questions about a line")[0]?.end)).toBe("2026-01-21");
  });

  it("draws pilots, pauses and a stop as the campaign is conducted", () => {
    const picture = pictureOf(planOf("jiangxi-travel-2018"), "en", {
      pilot: { units: ["nanchang"], since: "2018-04-30T16:00:00Z", until: "2018-05-31T16:00:00Z" },
      pauses: [
        { from: "2018-06-10T00:00:00+08:00", until: "2018-06-12T00:00:00+08:00", counts: false, reason: "Stocktaking" },
      ],
      stop: { end: "2018-09-01T00:00", at: "2018-08-20T00:00:00Z", reason: "Enough" },
    });
    const lanes = picture.time?.lanes ?? [];
    const shown = lanes.flatMap(({ marks }) => marks.map(({ name, start, end }) => [name, iso(start), iso(end)]));
    expect(shown).toContainEqual(["Pilot in Nanchang", "2018-05-01T00", "2018-06-01T00"]);
    expect(shown).toContainEqual(["Stocktaking", "2018-06-10T00", "2018-06-12T00"]);
    expect(shown).toContainEqual(["Sales count", "2018-05-01T00", "2018-09-01T00"]);
  });
});

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 13);

/** What the gallery has none of, and one of each kind. */
const KINDS = [
  "commission",
  "tiers",
  "perUnit",
  "milestone",
  "race",
  "ranking",
  "scorecard",
  "pool",
  "override",
  "payPlan",
  "advance",
  "rebate",
  "gift",
  "points",
  "honour",
  "penalty",
];

describe("half-written plans", () => {
  it("have every kind of reward between them", () => {
    const seen = new Set([...plans.values()].flatMap(({ rewards }) => rewards.map(({ kind }) => kind)));
    expect([...seen].sort()).toEqual([...KINDS].sort());
  });

  it("are drawn as far as they go: whatever part is missing, or something else stands there", () => {
    let cases = 0;
    for (const part of partsOf([...plans.values()])) {
      for (const broken of brokenPlans(part)) {
        cases += 1;
        expect(() => pictureOf(broken, "zh")).not.toThrow();
      }
    }
    expect(cases).toBeGreaterThan(5_000);
  });

  it("say what is missing with dots, and begin with nothing at all", () => {
    const picture = pictureOf({ rewards: [{ kind: "commission", id: "own" }, {}] }, "en");
    expect(picture.rewards[0]?.sentence).toBe("Pays each … … of ….");
    expect(picture.rewards[1]?.kind).toBe("Kind not chosen yet");
    expect(pictureOf({}, "en")).toMatchObject({ time: undefined, rewards: [], name: "No name yet" });
  });
});

/** Two rewards of each kind, each in a small plan of its own, and one plan without its rewards. */
function partsOf(all: readonly Plan[]): object[] {
  const seen = new Map<string, number>();
  const rewards = all.flatMap(({ period, windows, lateFacts, rewards: own }) =>
    own.flatMap((reward) => {
      const count = (seen.get(reward.kind) ?? 0) + 1;
      seen.set(reward.kind, count);
      return count > 2 ? [] : [{ period, windows, lateFacts, rewards: [reward] }];
    }),
  );
  return [
    ...rewards,
    { ...planOf("jiangxi-travel-2018"), rewards: [] },
    { ...planOf("two-holidays-contest"), rewards: [] },
  ];
}

/** The plan once for each of its parts, with that part gone or of another shape. */
function* brokenPlans(plan: object): Generator<object> {
  for (const path of pathsOf(plan)) {
    for (const instead of [undefined, null, "x", 7, {}, []]) {
      const copy: object = structuredClone(plan);
      const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isRecord(at) ? Reflect.get(at, key) : at), copy);
      const key = path.at(-1);
      if (isRecord(parent) && key !== undefined) {
        if (instead === undefined) Reflect.deleteProperty(parent, key);
        else Reflect.set(parent, key, instead);
      }
      yield copy;
    }
  }
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...path, key], ...pathsOf(part, [...path, key])]);
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

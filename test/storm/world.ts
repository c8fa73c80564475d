import { type FactMessage, factMessageSchema } from "#domain/fact.ts";
import type { Membership } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { LimitRef } from "#domain/reservation.ts";
import type { Target } from "#domain/target.ts";
import type { Random } from "#test/fixtures/jiangxi/random.ts";
import { draw, EARNED, payPlan } from "#test/fixtures/pay-plans.ts";
import {
  commission,
  PEOPLE,
  type PlanDocument,
  person,
  planOf,
  prizes,
  race,
  ranking,
  target,
} from "#test/fixtures/plan-builder.ts";

/** Two campaigns over the same facts: one is posted once, after its end, and one by the month. */

export const SPRINT = "sprint";
export const MONTHLY = "monthly";
export const CAMPAIGNS = [SPRINT, MONTHLY] as const;

/** What the sprint gives away while it lasts. */
export const COFFEE: LimitRef = { kind: "stock", id: "coffee" };

/** In milliseconds: when the storm begins, and when both campaigns' late facts are in. */
export const BEGIN = Date.parse("2018-03-01T00:00:00+08:00");
export const CUT_OFF = Date.parse("2018-06-16T00:00:00+08:00");

const CREDITING: readonly PlanDocument["crediting"][] = [
  { to: "seller", rollUp: "occurrence" },
  { to: "splits", overlays: "credited", shared: "each", rollUp: "occurrence" },
  { to: "splits", shared: "seller", rollUp: "occurrence" },
];

const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "policies", aggregate: "count", when: 'kind == "sale"' },
  { id: "largest", aggregate: "max", of: "amount" },
  { id: "lines", aggregate: "distinct", of: "line" },
  { id: "service", aggregate: "last", of: "value" },
  { id: "documents", aggregate: "sum", of: "quantity", when: 'kind == "evidence"' },
];

/** A plan of the campaign that is posted once. Every version of it is another draw. */
export function sprintPlan(random: Random): Plan {
  return planOf({
    id: SPRINT,
    name: { en: "Sprint" },
    attributes: { line: "string" },
    crediting: random.pick(CREDITING),
    counts: random.chance(50) ? [{ id: "own", when: 'kind != "sale" || channel == "individual"' }] : [],
    measures: MEASURES,
    rewards: [
      race({ prizes: prizes(100, 60) }),
      ranking({ prizes: prizes(25, random.int(8, 15)), ties: random.pick(["earliestReach", "earlierLastFact"]) }),
      ranking({ id: "by-policies", measure: "policies", level: "branch", prizes: prizes(30, 20) }),
      commission({ rate: random.pick(["10%", "7%"]) }),
    ],
    recovery: random.pick(["nextPayout", "receivable"]),
    stocks: [{ id: COFFEE.id, quantity: random.int(3, 9) }],
  });
}

/** March to May, posted by the month; in half of the storms with a draw on pay, and a part of the prizes held back. */
export function monthlyPlan(random: Random): Plan {
  return planOf({
    id: MONTHLY,
    name: { en: "Monthly" },
    period: { start: "2018-03-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" },
    runs: "month",
    crediting: random.pick(CREDITING),
    measures: MEASURES.slice(0, 2),
    rewards: random.chance(50) ? simpleRewards() : payRewards(random),
    recovery: random.pick(["nextPayout", "receivable"]),
    ...(random.chance(50) ? { minimumPayout: "9.00" } : {}),
  });
}

function simpleRewards(): PlanDocument["rewards"] {
  return [
    commission({ per: "month", accumulate: "slice", rate: "5%" }),
    ranking({ id: "best", per: "month", accumulate: "slice", prizes: prizes(12, 6) }),
  ];
}

/** Everybody has a draw, which earnings above it recover; a third of a prize is due later, if the winner goes on selling. */
function payRewards(random: Random): PlanDocument["rewards"] {
  const provided = { measure: "sales", atLeast: { value: "200.00" } };
  return [
    { ...EARNED, rate: random.pick(["5%", "20%"]) },
    payPlan({
      draw: draw({
        amount: { amount: random.pick(["10", "25.50"]) },
        timing: random.pick(["guarantee", "onTop", "ahead"]),
        recovery: random.pick(["aboveDraw", "allEarnings"]),
        trueUp: random.pick(["carried", "forgiven", "settled"]),
      }),
    }),
    ranking({
      id: "best",
      per: "month",
      accumulate: "slice",
      prizes: prizes(12, 6),
      instalments: [
        { id: "now", part: "2/3" },
        { id: "held-back", part: "1/3", after: "P20D", provided },
      ],
    }),
  ];
}

export const TARGETS: readonly Target[] = [
  target("east", "start", "300.00"),
  target("west", "start", "200.00"),
  target("coast", "start", "150.00"),
];

export const SELLERS = PEOPLE.map(({ participantId }) => participantId);
const BRANCHES = ["east", "west", "coast"] as const;

/** A new history of one person: moved for good, moved in the middle of May, or put on file at last. */
export function movedPerson(random: Random): Membership[] {
  const id = random.pick([...SELLERS, "zoe"]);
  const [from, to] = random.shuffled(BRANCHES);
  if (from === undefined || to === undefined) throw new RangeError("two branches are needed");
  if (random.chance(50)) return [person(id, to)];
  const day = "2018-05-10";
  return [person(id, from, { to: day }), person(id, to, { from: day })];
}

export function changedTarget(random: Random): Target {
  return target(random.pick(BRANCHES), "start", `${random.int(1, 5)}00.00`);
}

/** The versions of one fact, as its source tells them in any order. */
export function factVersions(random: Random, number: number, isLate: boolean): FactMessage[] {
  const kind = random.int(1, 10);
  const first = kind <= 7 ? saleDocument(random, number) : markDocument(random, number, kind <= 9);
  const versions: Record<string, unknown>[] = [first];
  while (random.chance(isLate ? 60 : 45) && versions.length < 3) {
    versions.push({ ...correction(random, versions.at(-1) ?? first, kind <= 7), version: versions.length + 1 });
  }
  return versions.map((version) => factMessageSchema.parse(version));
}

function correction(random: Random, before: Record<string, unknown>, isSale: boolean): Record<string, unknown> {
  switch (random.int(1, 5)) {
    case 1:
    case 2:
      return { ...before, status: "cancelled" };
    case 3: {
      const { splits: _, overlays: __, ...alone } = before;
      return { ...alone, status: "active", participantId: random.pick(SELLERS) };
    }
    case 4:
      return { ...before, status: "active", occurredAt: instant(random) };
    default:
      return isSale
        ? { ...before, status: "active", amount: amount(random) }
        : { ...before, status: "active", attributes: { note: random.int(1, 1000) } };
  }
}

function saleDocument(random: Random, number: number): Record<string, unknown> {
  const [seller = "", second = "", third = ""] = random.shuffled([...SELLERS, ...(random.chance(30) ? ["zoe"] : [])]);
  const isShared = random.chance(30);
  return {
    ...base("sale", number, seller, random),
    amount: amount(random),
    currency: random.chance(94) ? "CNY" : random.pick(["USD", "QQQ"]),
    product: random.pick(["P", "Q"]),
    channel: random.chance(80) ? "individual" : "group",
    attributes: { line: random.pick(["P", "Q", "R"]) },
    ...(isShared ? { splits: [part(seller, "1/3"), part(second, "2/3")] } : {}),
    ...(random.chance(20) ? { overlays: [part(third, "50%")] } : {}),
  };
}

function markDocument(random: Random, number: number, isScore: boolean): Record<string, unknown> {
  const about = random.chance(70) ? random.pick(SELLERS) : random.pick(BRANCHES);
  return isScore
    ? { ...base("score", number, about, random), topic: "service", value: String(random.int(-5, 95)) }
    : { ...base("evidence", number, about, random), topic: "receipt", quantity: String(random.int(1, 4)) };
}

function base(kind: string, number: number, participantId: string, random: Random): Record<string, unknown> {
  return {
    kind,
    source: "pos",
    externalId: `f${number}`,
    version: 1,
    status: "active",
    participantId,
    occurredAt: instant(random),
  };
}

/** Mostly in May, where both campaigns are; some in the months before and some after the end. */
function instant(random: Random): string {
  const [month, last] = random.pick([
    ["05", 31],
    ["05", 31],
    ["05", 31],
    ["04", 30],
    ["03", 31],
    ["06", 3],
  ] as const);
  const two = (value: number) => String(value).padStart(2, "0");
  return `2018-${month}-${two(random.int(1, last))}T${two(random.int(0, 23))}:${two(random.int(0, 59))}:00+08:00`;
}

function amount(random: Random): string {
  return `${random.int(10, 300)}.${random.pick(["00", "33", "50"])}`;
}

function part(participantId: string, share: string) {
  return { participantId, part: share };
}

/** The same version with other words: a contradiction. */
export function contradiction(message: FactMessage): FactMessage {
  return { ...message, attributes: { ...message.attributes, note: "told otherwise" } };
}

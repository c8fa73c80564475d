import { join } from "node:path";
import { readPlanFile } from "#adapters/files/plan-file.ts";
import { loadFile } from "#adapters/files/source-file.ts";
import type { Fact } from "#domain/fact.ts";
import type { Membership, OrgUnit } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Target } from "#domain/target.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";
import { type Random, seededRandom } from "#test/fixtures/jiangxi/random.ts";

/** A campaign of any size under the gallery's Jiangxi plan: made up from a seed, in memory, the same on any machine. */
export interface SalesWorld {
  readonly plan: Plan;
  readonly units: readonly OrgUnit[];
  readonly memberships: readonly Membership[];
  readonly targets: readonly Target[];
  /** Messages, in the order in which they were recorded: new sales, corrections and cancellations. */
  readonly facts: readonly Fact[];
}

/** The same with messages that are made each time they are read. */
export interface SalesSource extends Omit<SalesWorld, "facts"> {
  facts(): Generator<Fact>;
}

export interface SalesWorldSize {
  readonly facts: number;
  readonly agents: number;
  readonly seed?: number;
}

const BRANCHES_IN_JIANGXI = 11;
const OTHER_PROVINCES = 9;
const BRANCHES_ELSEWHERE = 5;
const MANAGERS_A_BRANCH = 2;
const STAFF_A_BRANCH = 3;

/** Of a hundred messages, how many correct or cancel an earlier sale. */
const CORRECTED_PERCENT = 2;
const CANCELLED_PERCENT = 2;
/** Of a hundred sales, how many the plan's conditions leave out, each condition for itself. */
const OTHER_PERCENT = 2;

const DAY_MS = 24 * 3600_000;
const PERIOD_START = Date.parse("2018-05-01T00:00:00+08:00");
const PERIOD_DAYS = 184;
const ZONE_MS = 8 * 3600_000;

export function salesWorld(size: SalesWorldSize): SalesWorld {
  const world = salesStream(size);
  return { ...world, facts: [...world.facts()] };
}

/** More messages than fit into memory as objects. */
export function salesStream({ facts, agents, seed = 1 }: SalesWorldSize): SalesSource {
  const { units, branches } = organisation();
  return {
    plan: jiangxiPlan(),
    units,
    memberships: workforce(branches, agents),
    targets: targetsOf(branches, facts),
    facts: () => messages({ facts, agents, seed }),
  };
}

/** As many as a store hands on at a time. */
const MESSAGES_A_PAGE = 1000;

/** The messages as a store hands them on: page by page, each read from JSON a moment ago and held by nobody after. */
export function* pagesOf(facts: Iterable<Fact>, size = MESSAGES_A_PAGE): Generator<readonly Fact[], undefined> {
  let page: Fact[] = [];
  for (const fact of facts) {
    if (page.push(fact) < size) continue;
    yield read(page);
    page = [];
  }
  yield read(page);
}

function read(page: readonly Fact[]): readonly Fact[] {
  const found: unknown = JSON.parse(JSON.stringify(page));
  if (!isPageLike(found, page)) throw new Error("JSON keeps no messages");
  return found;
}

/** What was written as messages a moment ago is read as messages. */
function isPageLike(found: unknown, page: readonly Fact[]): found is readonly Fact[] {
  return Array.isArray(found) && found.length === page.length;
}

export function jiangxiPlan(): Plan {
  const file = loadFile(join(JIANGXI, "plan.yaml"));
  if ("code" in file) throw new Error(file.message);
  const { plan } = readPlanFile(file);
  if (!plan) throw new Error("the gallery's plan has problems");
  return plan;
}

function organisation(): { units: OrgUnit[]; branches: string[] } {
  const units: OrgUnit[] = [{ unit: "picc", parent: null, level: "company", name: "PICC" }];
  const branches: string[] = [];
  const addProvince = (province: string, count: number) => {
    units.push({ unit: province, parent: "picc", level: "province", name: province });
    for (let index = 0; index < count; index += 1) {
      const unit = `${province}-b${index}`;
      branches.push(unit);
      units.push({ unit, parent: province, level: "branch", name: unit });
    }
  };
  addProvince("jiangxi", BRANCHES_IN_JIANGXI);
  for (let index = 0; index < OTHER_PROVINCES; index += 1) addProvince(`p${index}`, BRANCHES_ELSEWHERE);
  return { units, branches };
}

/** Agents in turn over the branches; every tenth moves in August. A department in each branch of Jiangxi. */
function workforce(branches: readonly string[], agents: number): Membership[] {
  const memberships: Membership[] = [];
  const branchAt = (index: number) => branches[index % branches.length] ?? "";
  for (let index = 0; index < agents; index += 1) {
    const participantId = agentId(index);
    const own = { participantId, name: participantId, role: "agent" };
    if (index % 10 === 0) {
      memberships.push({ ...own, unit: branchAt(index), from: null, to: "2018-08-15" });
      memberships.push({ ...own, unit: branchAt(index + 7), from: "2018-08-15", to: null });
    } else memberships.push({ ...own, unit: branchAt(index), from: null, to: null });
  }
  const jiangxi = branches.filter((branch) => branch.startsWith("jiangxi"));
  for (const unit of jiangxi) {
    const add = (role: string, participantId: string) =>
      memberships.push({ participantId, name: participantId, unit, role, from: null, to: null });
    for (let index = 0; index < MANAGERS_A_BRANCH; index += 1) add("sales-manager", `m-${unit}-${index}`);
    for (let index = 0; index < STAFF_A_BRANCH; index += 1) add("sales-staff", `s-${unit}-${index}`);
  }
  return memberships;
}

function agentId(index: number): string {
  return `a-${String(index).padStart(7, "0")}`;
}

/** The mean sale is about 500.00 and a branch has its part of all: some reach their budget, most their start. */
function targetsOf(branches: readonly string[], facts: number): Target[] {
  const part = (facts * 500) / branches.length;
  return branches
    .filter((branch) => branch.startsWith("jiangxi"))
    .flatMap((subject, index) => [
      { subject, measure: "premium", label: "start", slice: "", value: `${Math.max(1, Math.floor(part / 2))}.00` },
      {
        subject,
        measure: "premium",
        label: "budget",
        slice: "",
        value: `${Math.max(2, Math.floor(part * (0.8 + index / 40)))}.00`,
      },
    ]);
}

function* messages({ facts, agents, seed = 1 }: SalesWorldSize): Generator<Fact> {
  const random = seededRandom(seed);
  const stepMs = (PERIOD_DAYS * DAY_MS) / facts;
  const recent: Fact[] = [];
  for (let index = 0; index < facts; index += 1) {
    const occurred = PERIOD_START + Math.floor(index * stepMs);
    const recordedAt = new Date(occurred + 60_000).toISOString();
    const earlier = recent.length < 100 ? undefined : recent[random.int(0, recent.length - 1)];
    const fate = random.int(1, 100);
    if (earlier && earlier.kind === "sale" && fate <= CORRECTED_PERCENT + CANCELLED_PERCENT) {
      const version = earlier.version + 1;
      const next: Fact =
        fate <= CORRECTED_PERCENT
          ? { ...earlier, version, amount: money(random.int(100_00, 900_00)), recordedAt }
          : { ...earlier, version, status: "cancelled", recordedAt };
      // The next version of a sale follows its newest one.
      recent.splice(recent.indexOf(earlier), 1);
      if (next.status === "active") recent.push(next);
      yield next;
      continue;
    }
    const fact: Fact = {
      kind: "sale",
      source: "pos",
      externalId: `T${String(index).padStart(9, "0")}`,
      version: 1,
      status: "active",
      participantId: agentId(sellerIndex(random, agents)),
      occurredAt: shanghai(occurred),
      amount: money(random.int(100_00, 900_00)),
      currency: "CNY",
      quantity: "1",
      product: random.chance(OTHER_PERCENT) ? "LAH" : random.chance(50) ? "LAY" : "LAI",
      channel: random.chance(OTHER_PERCENT) ? "agency" : "individual",
      attributes: { entry: random.chance(OTHER_PERCENT) ? "web" : "app" },
      recordedAt,
    };
    if (index % 10 === 0) {
      if (recent.length >= 1000) recent.shift();
      recent.push(fact);
    }
    yield fact;
  }
}

/** Some sell much and many little: half of all sales are of a quarter of the agents. */
function sellerIndex(random: Random, agents: number): number {
  const part = random.int(0, 999_999) / 1_000_000;
  return Math.floor(agents * part * part);
}

function money(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
}

/** With the company's offset, as its tills write it. */
function shanghai(instant: number): string {
  return `${new Date(instant + ZONE_MS).toISOString().slice(0, 19)}+08:00`;
}

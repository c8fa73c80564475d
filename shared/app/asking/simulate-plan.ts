import type { Fact } from "#domain/fact.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { FactCounts, Settlement, Warning } from "#domain/line.ts";
import { parsePlan, planInstants } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import type { SimulationProgress } from "#domain/simulation.ts";
import { addDuration, formatInZone } from "#domain/time.ts";
import { type Comparison, compareSettlements } from "#engine/compare.ts";
import { requireFit } from "#engine/fit.ts";
import { Folding } from "#engine/fold.ts";
import { hashOf } from "#engine/hash.ts";
import { compileRules, type RuleSources } from "#engine/rules.ts";
import { conclude } from "#engine/settle.ts";
import { loadRuleSources } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { instantOfQuestion } from "./question.ts";
import { type Everyone, everyoneOf, nothingPaid } from "./simulated-sides.ts";
import { storedFacts } from "./stored-facts.ts";

/** A plan with all that it is computed from. */
export interface SimulatedPlan extends RuleSources {
  readonly facts: readonly Fact[];
  /** Where a problem's place is, for who reads it. */
  readonly placeOf?: (path: string) => string;
}

export interface SimulationInputs {
  readonly inForce: SimulatedPlan;
  readonly draft: SimulatedPlan;
  /** Moves the draft's facts by whole days, from the period of the plan in force onto its own. */
  readonly shiftToPeriod?: boolean;
  /** Moves the facts of both by whole days, from the day of this instant onto the first day of each plan's own period. */
  readonly factsFrom?: number;
  /** Compares the draft with nothing: what it costs by itself. */
  readonly alone?: boolean;
  /** Names everybody with money under either plan. */
  readonly everyone?: boolean;
  /** Facts recorded up to and including this instant are known; without it each plan's own cut-off decides. */
  readonly asOf?: number;
  /** Without `asOf`: no later than this. */
  readonly now?: number;
}

/** One of the two plans, and what its settlement was made of. */
export interface SimulatedSide {
  plan: string;
  planHash: string;
  period: Plan["period"];
  asOf: string;
  inputHash: string;
  resultHash: string;
  facts: FactCounts;
  warnings: Warning[];
}

export interface Simulation extends Comparison {
  /** Of all that follows: an approval can be bound to what was shown. */
  simulationHash: string;
  inForce: SimulatedSide;
  draft: SimulatedSide;
  /** That facts were moved, by how many days, how many there were and how many of them counted. */
  shift?: { days: number; facts: number; counted: number; told: string };
  /** Not part of the hash: it shows more of what that is over. */
  everyone?: Everyone;
}

/** How many of each group of payees and lines are named. Fixed, so that the hash does not depend on who looks. */
const SHOWN = 10;

/**
 * Settles a draft beside the plan in force, and compares. Stores nothing.
 *
 * @throws Refusal("invalid") when the plans are of different currencies, or one does not fit its organisation and targets
 */
export function simulate(inputs: SimulationInputs): Simulation {
  const steps = simulateInSteps(inputs);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** How far {@link simulateInSteps} is: facts settled so far, of how many, over both plans. */
export interface SettlingStep {
  readonly stage: Exclude<SimulationProgress["stage"], "reading">;
  readonly settled: number;
  readonly of: number;
}

/** The same as {@link simulate}, which tells how far it is and can be let rest in between. */
export function* simulateInSteps(inputs: SimulationInputs): Generator<SettlingStep, Simulation, void> {
  const { inForce, draft, alone = false, everyone = false } = inputs;
  requireOneCurrency(inForce.plan, draft.plan);
  const { days, before: daysBefore } = daysMoved(inputs);
  const of = draft.facts.length + (alone ? 0 : inForce.facts.length);
  const after = yield* told("settlingDraft", 0, of, settledMoved("the draft", draft, days, inputs));
  const settlement = alone
    ? nothingPaid(draft.plan, after)
    : yield* told(
        "settlingInForce",
        draft.facts.length,
        of,
        settledMoved("the plan in force", inForce, daysBefore, inputs),
      );
  yield { stage: "comparing", settled: of, of };
  const before = { plan: alone ? draft.plan : inForce.plan, settlement };
  const compared = { plan: draft.plan, settlement: after };
  const counts = after.totals.facts;
  const isMoved = inputs.shiftToPeriod === true || inputs.factsFrom !== undefined;
  const shown = {
    inForce: sideOf(before.plan, settlement),
    draft: sideOf(draft.plan, after),
    ...(isMoved
      ? { shift: { days, facts: counts.known, counted: counts.counted, told: shiftText(days, counts, inputs) } }
      : {}),
    ...compareSettlements(before, compared, SHOWN),
  };
  return {
    simulationHash: hashOf(shown),
    ...shown,
    ...(everyone ? { everyone: everyoneOf(before, compared, draft) } : {}),
  };
}

/** A settlement's own count as a step of the whole. */
function* told<T>(
  stage: SettlingStep["stage"],
  before: number,
  of: number,
  settling: Generator<number, T, void>,
): Generator<SettlingStep, T, void> {
  for (;;) {
    const next = settling.next();
    if (next.done) return next.value;
    yield { stage, settled: before + next.value, of };
  }
}

/** By how many days the draft's facts are moved, and those of the plan in force. */
function daysMoved({ inForce, draft, shiftToPeriod = false, factsFrom }: SimulationInputs) {
  if (factsFrom !== undefined) {
    return { days: daysBetween(factsFrom, draft.plan), before: daysBetween(factsFrom, inForce.plan) };
  }
  return { days: shiftToPeriod ? daysBetween(planInstants(inForce.plan).start, draft.plan) : 0, before: 0 };
}

/** Known is what was by the plan's cut-off, or by now or `asOf`, both moved with the facts. */
function settledMoved(name: string, side: SimulatedPlan, days: number, { asOf, now }: SimulationInputs) {
  const { zone } = side.plan.period;
  const moved = (instant: number) => (days === 0 ? instant : movedBy(days, instant, zone));
  const asMoved = (facts: readonly Fact[]) => (days === 0 ? facts : facts.map((fact) => movedFact(fact, moved)));
  const latest = now === undefined ? Number.POSITIVE_INFINITY : moved(now);
  const cutOff = asOf === undefined ? Math.min(planInstants(side.plan).cutOff, latest) : moved(asOf);
  return settledAs(name, side, asMoved, cutOff);
}

export interface SimulationRequest {
  /** A document that should be a plan; without it the campaign's draft. */
  readonly plan?: unknown;
  /** The campaign whose plan is in force; without it the same. */
  readonly against?: string | undefined;
  readonly shiftToPeriod?: boolean | undefined;
  /** A day of past facts that is to fall on the first day of the plan's period. */
  readonly factsFrom?: string | undefined;
  /** Compared with nothing; then no version needs to be in force. */
  readonly alone?: boolean | undefined;
  readonly everyone?: boolean | undefined;
  readonly asOf?: string | undefined;
}

/** Hears how far a simulation is. It is waited for, so whoever asks meanwhile is answered. */
export type HearsProgress = (progress: SimulationProgress) => Promise<void>;

const NOBODY: HearsProgress = async () => {};

/**
 * Simulates a campaign's draft, or another plan, on the stored facts.
 *
 * @throws Refusal("notFound"), Refusal("conflict") when no version is in force or too many facts are stored,
 *   Refusal("invalid") as {@link simulate} and for a plan that cannot be computed
 */
export async function simulatePlan(
  deps: Pick<Deps, "plans" | "facts" | "clock">,
  campaignId: string,
  { plan: document, against = campaignId, alone = false, ...asked }: SimulationRequest,
  tell = NOBODY,
): Promise<Simulation> {
  const campaign = await findCampaign(deps, campaignId);
  const plan = document === undefined ? parsePlan(campaign.draft) : planInBody(document);
  const other = against === campaignId ? campaign : await findCampaign(deps, against);
  const sources = alone ? await aloneSources(deps, plan) : (await loadRuleSources(deps, other)).sources;
  const targets = against === campaignId && !alone ? sources.targets : await deps.plans.targets(campaignId);
  const { zone } = sources.plan.period;
  const { shiftToPeriod, everyone, factsFrom: day, asOf: until } = asked;
  const asOf = until === undefined ? undefined : instantOfQuestion(until, zone, "/asOf");
  const factsFrom = day === undefined ? undefined : instantOfQuestion(`${day}T00:00`, zone, "/factsFrom");
  const expected = await deps.facts.about();
  const sides = alone ? 1 : 2;
  const reading = (read: number) => {
    const about = Math.max(read, expected);
    return tell({ stage: "reading", read, about, settled: 0, toSettle: sides * about });
  };
  await reading(0);
  const facts = await storedFacts(deps, { onRead: reading });
  const steps = simulateInSteps({
    inForce: { ...sources, facts },
    draft: { ...sources, plan, targets, facts, ...(document === undefined ? {} : { placeOf: placeInBody }) },
    alone,
    ...(shiftToPeriod === undefined ? {} : { shiftToPeriod }),
    ...(everyone === undefined ? {} : { everyone }),
    ...(factsFrom === undefined ? {} : { factsFrom }),
    ...(asOf === undefined ? {} : { asOf }),
    now: deps.clock.now(),
  });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const { stage, settled, of } = step.value;
    await tell({ stage, read: facts.length, about: facts.length, settled, toSettle: of });
  }
}

/** What a plan is computed from that stands beside none in force. */
async function aloneSources(deps: Pick<Deps, "plans">, plan: Plan) {
  const [units, people] = await Promise.all([deps.plans.units(), deps.plans.allPeople()]);
  return { plan, units, memberships: people.flatMap(({ memberships }) => memberships), targets: [] };
}

function planInBody(document: unknown): Plan {
  try {
    return parsePlan(document);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, path: placeInBody(problem.path) }));
    throw new Refusal(error.kind, error.message, problems);
  }
}

function placeInBody(path: string): string {
  return path.startsWith("/") ? `/plan${path}` : path;
}

function itself<T>(value: T): T {
  return value;
}

function requireOneCurrency(inForce: Plan, draft: Plan): void {
  if (inForce.currency === draft.currency) return;
  throw new Refusal("invalid", "amounts of two currencies cannot be compared", [
    {
      code: "other-currency",
      path: "/currency",
      message: `the draft pays ${draft.currency} and the plan in force ${inForce.currency}`,
      seen: draft.currency,
      allowed: inForce.currency,
    },
  ]);
}

const DAY_MS = 86_400_000;

/** From a day to the start of a plan's period; a clock change between them does not make a day more or less. */
function daysBetween(from: number, to: Plan): number {
  return Math.round((planInstants(to).start - from) / DAY_MS);
}

/** By days of the calendar: what was sold at ten is sold at ten. */
function movedBy(days: number, instant: number, zone: string): number {
  const moved = addDuration(instant, `${days < 0 ? "-" : ""}P${Math.abs(days)}D`, zone);
  if (moved === undefined) throw new RangeError(`${formatInstant(instant)} cannot be moved by ${days} days`);
  return moved;
}

function movedFact(fact: Fact, moved: (instant: number) => number): Fact {
  return {
    ...fact,
    occurredAt: formatInstant(moved(instantOf(fact.occurredAt))),
    recordedAt: formatInstant(moved(instantOf(fact.recordedAt))),
    ...(fact.cancelledAt === undefined ? {} : { cancelledAt: formatInstant(moved(instantOf(fact.cancelledAt))) }),
  };
}

function shiftText(days: number, counts: FactCounts, { inForce, draft, factsFrom }: SimulationInputs): string {
  const outside = counts.notCounted["outside-period"] ?? 0;
  const { period } = draft.plan;
  const from = factsFrom === undefined ? inForce.plan.period.start : formatInZone(factsFrom, period.zone).slice(0, 16);
  return (
    `the facts were moved by ${days} days, from the period that starts ${from} onto the one that ` +
    `starts ${period.start}: ${counts.known} facts, of which ${counts.counted} count and ${outside} lie outside ` +
    "the draft's period; people are taken where they are on the days moved to"
  );
}

/** Facts between two counts: some tenths of a second. */
const FACTS_A_STEP = 5_000;

/**
 * What `settle` of the engine comes to, fact after fact; yields how many it has taken.
 *
 * @throws Refusal of `settle`, saying whose it is
 */
function* settledAs(
  name: string,
  { placeOf = itself, facts, ...sources }: SimulatedPlan,
  asMoved: (facts: readonly Fact[]) => readonly Fact[],
  asOf: number,
): Generator<number, Settlement, void> {
  try {
    const rules = compileRules(sources);
    requireFit(rules, asOf, "begun");
    const folding = new Folding(rules, asOf);
    for (let taken = 0; taken < facts.length; taken += FACTS_A_STEP) {
      yield taken;
      folding.add(asMoved(facts.slice(taken, taken + FACTS_A_STEP)));
    }
    yield facts.length;
    return conclude(sources, rules, folding.finish(), { asOf, closedOnly: false });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, path: placeOf(problem.path) }));
    throw new Refusal(error.kind, `${name}: ${error.message}`, problems);
  }
}

function sideOf(plan: Plan, settlement: Settlement): SimulatedSide {
  const { inputHash, resultHash, asOf, totals, warnings } = settlement;
  return {
    plan: plan.id,
    planHash: hashOf(plan),
    period: plan.period,
    asOf: formatInZone(instantOf(asOf), plan.period.zone),
    inputHash,
    resultHash,
    facts: totals.facts,
    warnings,
  };
}

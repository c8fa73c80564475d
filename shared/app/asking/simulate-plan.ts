import type { Fact } from "#domain/fact.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { FactCounts, Warning } from "#domain/line.ts";
import { parsePlan, planInstants } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { addDuration, formatInZone } from "#domain/time.ts";
import { type Comparison, compareSettlements } from "#engine/compare.ts";
import { hashOf } from "#engine/hash.ts";
import type { RuleSources } from "#engine/rules.ts";
import { settle } from "#engine/settle.ts";
import { loadRuleSources } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { instantOfQuestion } from "./question.ts";
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
}

/** How many of each group of payees and lines are named. Fixed, so that the hash does not depend on who looks. */
const SHOWN = 10;

/**
 * Settles a draft beside the plan in force, and compares. Stores nothing.
 *
 * @throws Refusal("invalid") when the plans are of different currencies, or one does not fit its organisation and targets
 */
export function simulate({ inForce, draft, shiftToPeriod = false, asOf, now }: SimulationInputs): Simulation {
  requireOneCurrency(inForce.plan, draft.plan);
  const { zone } = draft.plan.period;
  const days = shiftToPeriod ? daysBetween(inForce.plan, draft.plan) : 0;
  const moved = (instant: number) => movedBy(days, instant, zone);
  const facts = days === 0 ? draft.facts : draft.facts.map((fact) => movedFact(fact, moved));
  const cutOffOf = (plan: Plan, at: (instant: number) => number) =>
    asOf === undefined
      ? Math.min(planInstants(plan).cutOff, now === undefined ? Number.POSITIVE_INFINITY : at(now))
      : at(asOf);
  const before = settledAs("the plan in force", inForce, cutOffOf(inForce.plan, itself));
  const after = settledAs("the draft", { ...draft, facts }, cutOffOf(draft.plan, moved));
  const counts = after.totals.facts;
  const shown = {
    inForce: sideOf(inForce.plan, before),
    draft: sideOf(draft.plan, after),
    ...(shiftToPeriod
      ? { shift: { days, facts: counts.known, counted: counts.counted, told: shiftText(days, counts, inForce, draft) } }
      : {}),
    ...compareSettlements({ plan: inForce.plan, settlement: before }, { plan: draft.plan, settlement: after }, SHOWN),
  };
  return { simulationHash: hashOf(shown), ...shown };
}

export interface SimulationRequest {
  /** A document that should be a plan; without it the campaign's draft. */
  readonly plan?: unknown;
  /** The campaign whose plan is in force; without it the same. */
  readonly against?: string | undefined;
  readonly shiftToPeriod?: boolean | undefined;
  readonly asOf?: string | undefined;
}

/**
 * Simulates a campaign's draft, or another plan, on the stored facts.
 *
 * @throws Refusal("notFound"), Refusal("conflict") when no version is in force or too many facts are stored,
 *   Refusal("invalid") as {@link simulate} and for a plan that cannot be computed
 */
export async function simulatePlan(
  deps: Pick<Deps, "plans" | "facts" | "clock">,
  campaignId: string,
  { plan: document, against = campaignId, shiftToPeriod, asOf }: SimulationRequest,
): Promise<Simulation> {
  const campaign = await findCampaign(deps, campaignId);
  const plan = document === undefined ? parsePlan(campaign.draft) : planInBody(document);
  const other = against === campaignId ? campaign : await findCampaign(deps, against);
  const { sources } = await loadRuleSources(deps, other);
  const targets = against === campaignId ? sources.targets : await deps.plans.targets(campaignId);
  const cutOff = asOf === undefined ? undefined : instantOfQuestion(asOf, sources.plan.period.zone, "/asOf");
  const facts = await storedFacts(deps);
  return simulate({
    inForce: { ...sources, facts },
    draft: { ...sources, plan, targets, facts, ...(document === undefined ? {} : { placeOf: placeInBody }) },
    ...(shiftToPeriod === undefined ? {} : { shiftToPeriod }),
    ...(cutOff === undefined ? {} : { asOf: cutOff }),
    now: deps.clock.now(),
  });
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

/** From the start of one period to that of the other; a clock change between them does not make a day more or less. */
function daysBetween(from: Plan, to: Plan): number {
  return Math.round((planInstants(to).start - planInstants(from).start) / DAY_MS);
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

function shiftText(days: number, counts: FactCounts, inForce: SimulatedPlan, draft: SimulatedPlan): string {
  const outside = counts.notCounted["outside-period"] ?? 0;
  return (
    `the facts were moved by ${days} days, from the period that starts ${inForce.plan.period.start} onto the one that ` +
    `starts ${draft.plan.period.start}: ${counts.known} facts, of which ${counts.counted} count and ${outside} lie outside ` +
    "the draft's period; people are taken where they are on the days moved to"
  );
}

/** @throws Refusal of {@link settle}, saying whose it is */
function settledAs(name: string, { placeOf = itself, ...inputs }: SimulatedPlan, asOf: number) {
  try {
    return settle({ ...inputs, asOf });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, path: placeOf(problem.path) }));
    throw new Refusal(error.kind, `${name}: ${error.message}`, problems);
  }
}

function sideOf(plan: Plan, settlement: ReturnType<typeof settle>): SimulatedSide {
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

import { createHash } from "node:crypto";
import type { Fact } from "#domain/fact.ts";
import { compareFactKeys } from "#domain/ids.ts";
import { formatInstant } from "#domain/instant.ts";
import type { FactCounts, Settlement, Warning } from "#domain/line.ts";
import { compareText } from "#domain/text.ts";
import { NO_LEAF } from "./credit.ts";
import { type Asked, decide } from "./decide.ts";
import { requireFit } from "./fit.ts";
import { type FactState, fold, type Partial } from "./fold.ts";
import { hashOf } from "./hash.ts";
import { compileRules, type RuleSources, type Rules } from "./rules.ts";
import { standingsOf } from "./standings.ts";

export interface SettleInputs extends RuleSources {
  readonly facts: Iterable<Fact>;
  /** Milliseconds since the epoch; facts recorded up to and including this instant are known. */
  readonly asOf: number;
  /** Decide only slices whose late-facts window is over by then: what may be posted. */
  readonly closedOnly?: boolean;
}

/**
 * Plan, people, organisation, targets and facts as of a cut-off → lines, traces, totals, warnings, hashes.
 * Pure: no clock, no I/O; the same inputs give the same bytes on any machine.
 *
 * @throws Refusal("invalid") when the plan does not fit its organisation or targets.
 */
export function settle({ facts, asOf, closedOnly = false, ...sources }: SettleInputs): Settlement {
  const rules = compileRules(sources);
  requireFit(rules, asOf, closedOnly ? "closed" : "begun");
  return conclude(sources, rules, fold(rules, asOf, facts), { asOf, closedOnly });
}

/** The last step of a settlement, from the merged partial of all shards. */
export function conclude(sources: RuleSources, rules: Rules, partial: Partial, asked: Asked): Settlement {
  const { asOf } = asked;
  const decision = decide(rules, standingsOf(rules, partial), asked);
  const { lines, components, held, notAwarded, totals, warnings: found, openSlices } = decision;
  const states = [...partial.states.values()].sort((a, b) => compareFactKeys(a.key, b.key));
  const warnings = [...heldWarnings(states), ...unplacedWarnings(states), ...found];
  // What a plan does not have stays out of its result, so that its hash does not hang on what other plans can say.
  const result = {
    lines: [...lines],
    ...(components.length === 0 ? {} : { components: [...components] }),
    ...(held.length === 0 ? {} : { held: [...held] }),
    notAwarded: [...notAwarded],
    totals: { ...totals, facts: countFacts(states) },
    warnings,
  };
  return {
    inputHash: hashInputs(sources, states, asked.closedOnly && openSlices, asOf),
    resultHash: hashOf(result),
    asOf: formatInstant(asOf),
    ...result,
  };
}

/** Characters that are hashed together. */
const LINES_AT_ONCE = 1 << 16;

function hashInputs(
  { plan, units, memberships, targets }: RuleSources,
  states: readonly FactState[],
  leavesSlicesOut: boolean,
  asOf: number,
): string {
  const facts = createHash("sha256");
  let lines = "";
  for (const { key, version, content } of states) {
    lines += `${key} ${version} ${content}\n`;
    if (lines.length < LINES_AT_ONCE) continue;
    facts.update(lines);
    lines = "";
  }
  facts.update(lines);
  return hashOf({
    plan,
    units: sortedBy(units, ({ unit }) => unit),
    memberships: sortedBy(memberships, ({ participantId, from }) => `${participantId}#${from ?? ""}`),
    targets: sortedBy(targets, ({ subject, measure, label, slice }) => `${subject}#${measure}#${label}#${slice}`),
    asOf: formatInstant(asOf),
    ...(leavesSlicesOut ? { slices: "closed" } : {}),
    facts: facts.digest("hex"),
  });
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}

function countFacts(states: readonly FactState[]): FactCounts {
  const notCounted: Record<string, number> = {};
  const held: Record<string, number> = {};
  let counted = 0;
  let cancelled = 0;
  for (const { crediting } of states) {
    if (crediting.outcome === "counted") counted += 1;
    else if (crediting.outcome === "cancelled") cancelled += 1;
    else if (crediting.outcome === "held") held[crediting.reason] = (held[crediting.reason] ?? 0) + 1;
    else notCounted[crediting.reason] = (notCounted[crediting.reason] ?? 0) + 1;
  }
  return { known: states.length, counted, cancelled, notCounted, held };
}

/** How many facts a warning names before it only counts them. */
const NAMED_FACTS = 5;

function heldWarnings(states: readonly FactState[]): Warning[] {
  const groups = new Map<string, { message: string; code: string; subject: string; keys: string[] }>();
  for (const { key, crediting } of states) {
    if (crediting.outcome !== "held") continue;
    const group = groups.get(`${crediting.reason} ${crediting.message}`) ?? {
      message: crediting.message,
      code: `held-${crediting.reason}`,
      subject: crediting.subject,
      keys: [],
    };
    group.keys.push(key);
    groups.set(`${crediting.reason} ${crediting.message}`, group);
  }
  return [...groups.values()].map(({ code, subject, message, keys }) => ({
    code,
    subject,
    message: `${message}: ${factList(keys)} held until that is mended`,
    blocks: false,
  }));
}

function unplacedWarnings(states: readonly FactState[]): Warning[] {
  const bySeller = new Map<string, string[]>();
  for (const { key, crediting } of states) {
    if (crediting.outcome !== "counted") continue;
    for (const { participantId, leaf, rollsUp } of crediting.credits) {
      if (!rollsUp || leaf !== NO_LEAF) continue;
      const keys = bySeller.get(participantId);
      if (keys) keys.push(key);
      else bySeller.set(participantId, [key]);
    }
  }
  return [...bySeller].map(([participantId, keys]) => ({
    code: "no-membership-at-sale",
    subject: participantId,
    message: `${participantId} belonged to no unit when ${factList(keys)} occurred: counted for the seller, for no unit`,
    blocks: false,
  }));
}

function factList(keys: readonly string[]): string {
  const named = keys.slice(0, NAMED_FACTS).join(", ");
  return keys.length > NAMED_FACTS
    ? `${keys.length} facts (${named}, …)`
    : `${keys.length} fact${keys.length === 1 ? "" : "s"} (${named})`;
}

import { createHash } from "node:crypto";
import type { Fact } from "#domain/fact.ts";
import { formatInstant } from "#domain/instant.ts";
import type { FactCounts, Settlement, Warning } from "#domain/line.ts";
import type { Meaning } from "#domain/partial.ts";
import { compareText } from "#domain/text.ts";
import { withAdjustments } from "./adjust.ts";
import { CONTENT_BYTES, type FactTable } from "./columns/fact-table.ts";
import { sortByKey } from "./columns/sort.ts";
import { ByteWriter } from "./columns/writer.ts";
import { NO_LEAF } from "./credit.ts";
import { type Asked, decide } from "./decide.ts";
import { requireFit } from "./fit.ts";
import { fold, type Partial } from "./fold.ts";
import { meaningsOf } from "./meaning.ts";
import { hashResult } from "./result-hash.ts";
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
  const known = knownFacts(partial);
  const warnings = [...heldWarnings(known), ...unplacedWarnings(known), ...found];
  // What a plan does not have stays out of its result, so that its hash does not hang on what other plans can say.
  const result = {
    lines: [...lines],
    ...(components.length === 0 ? {} : { components: [...components] }),
    ...(held.length === 0 ? {} : { held: [...held] }),
    notAwarded: [...notAwarded],
    totals: { ...totals, facts: countFacts(known) },
    warnings,
  };
  const settlement = {
    inputHash: hashInputs(sources, known, asked.closedOnly && openSlices, asOf),
    resultHash: hashResult(result),
    asOf: formatInstant(asOf),
    ...result,
  };
  return withAdjustments(settlement, sources.adjustments ?? []);
}

/** The facts of a partial in the order of their keys. */
interface KnownFacts {
  readonly table: FactTable;
  readonly byKey: Uint32Array;
  readonly meanings: readonly Meaning[];
}

function knownFacts({ table }: Partial): KnownFacts {
  const byKey = Uint32Array.from({ length: table.size }, (_, fact) => fact);
  sortByKey(byKey, table.keys);
  return { table, byKey, meanings: meaningsOf(table) };
}

const [SPACE, NEW_LINE] = [0x20, 0x0a] as const;
/** Bytes that are hashed together. */
const BYTES_AT_ONCE = 1 << 16;

/** One row `key version content` for each fact. */
function hashFacts({ table, byKey }: KnownFacts): string {
  const sum = createHash("sha256");
  const rows = new ByteWriter();
  const { keys, contents, versions } = table;
  for (let place = 0; place < byKey.length; place += 1) {
    const fact = byKey[place] ?? 0;
    keys.write(fact, rows);
    rows.byte(SPACE);
    rows.integer(versions[fact] ?? 0);
    rows.byte(SPACE);
    rows.hex(contents, fact * CONTENT_BYTES, (fact + 1) * CONTENT_BYTES);
    rows.byte(NEW_LINE);
    if (rows.length < BYTES_AT_ONCE) continue;
    sum.update(rows.written);
    rows.reset();
  }
  return sum.update(rows.written).digest("hex");
}

function hashInputs(
  { plan, units, memberships, targets }: RuleSources,
  known: KnownFacts,
  leavesSlicesOut: boolean,
  asOf: number,
): string {
  return hashResult({
    plan,
    units: sortedBy(units, ({ unit }) => unit),
    memberships: sortedBy(memberships, ({ participantId, from }) => `${participantId}#${from ?? ""}`),
    targets: sortedBy(targets, ({ subject, measure, label, slice }) => `${subject}#${measure}#${label}#${slice}`),
    asOf: formatInstant(asOf),
    ...(leavesSlicesOut ? { slices: "closed" } : {}),
    facts: hashFacts(known),
  });
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  const isSorted = keyed.every(({ key }, index) => index === 0 || (keyed[index - 1]?.key ?? "") <= key);
  return isSorted ? items : keyed.sort((a, b) => compareText(a.key, b.key)).map(({ item }) => item);
}

function countFacts({ table, byKey, meanings }: KnownFacts): FactCounts {
  const counts = new Uint32Array(meanings.length);
  const order: number[] = [];
  for (let place = 0; place < byKey.length; place += 1) {
    const meaning = table.meaningOf[byKey[place] ?? 0] ?? 0;
    if (counts[meaning] === 0) order.push(meaning);
    counts[meaning] = (counts[meaning] ?? 0) + 1;
  }
  const notCounted: Record<string, number> = {};
  const held: Record<string, number> = {};
  let counted = 0;
  let cancelled = 0;
  for (const number of order) {
    const [meaning, count] = [meanings[number], counts[number] ?? 0];
    if (meaning?.outcome === "counted") counted += count;
    else if (meaning?.outcome === "cancelled") cancelled += count;
    else if (meaning?.outcome === "held") held[meaning.reason] = (held[meaning.reason] ?? 0) + count;
    else if (meaning) notCounted[meaning.reason] = (notCounted[meaning.reason] ?? 0) + count;
  }
  return { known: table.size, counted, cancelled, notCounted, held };
}

/** How many facts a warning names before it only counts them. */
const NAMED_FACTS = 5;

function heldWarnings({ table, byKey, meanings }: KnownFacts): Warning[] {
  const groups = new Map<string, { message: string; code: string; subject: string; keys: string[] }>();
  if (!meanings.some(({ outcome }) => outcome === "held")) return [];
  for (const fact of byKey) {
    const meaning = meanings[table.meaningOf[fact] ?? 0];
    if (meaning?.outcome !== "held") continue;
    const { reason, message, subject } = meaning;
    const group = groups.get(`${reason} ${message}`) ?? { message, code: `held-${reason}`, subject, keys: [] };
    group.keys.push(table.keys.textOf(fact));
    groups.set(`${reason} ${message}`, group);
  }
  return [...groups.values()].map(({ code, subject, message, keys }) => ({
    code,
    subject,
    message: `${message}: ${factList(keys)} held until that is mended`,
    blocks: false,
  }));
}

function unplacedWarnings({ table, byKey, meanings }: KnownFacts): Warning[] {
  const bySeller = new Map<string, string[]>();
  const nowhere = table.names.find(NO_LEAF);
  if (nowhere === undefined) return [];
  for (const fact of byKey) {
    if (meanings[table.meaningOf[fact] ?? 0]?.outcome !== "counted") continue;
    const first = table.firstCredit[fact] ?? 0;
    for (let credit = first; credit < first + (table.creditCount[fact] ?? 0); credit += 1) {
      if (table.rollsUp[credit] !== 1 || table.leafOf[credit] !== nowhere) continue;
      const participantId = table.names.textOf(table.creditedTo[credit] ?? 0);
      const keys = bySeller.get(participantId);
      if (keys) keys.push(table.keys.textOf(fact));
      else bySeller.set(participantId, [table.keys.textOf(fact)]);
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

import type { Bundle, StatedLine, StatedNotAwarded } from "#domain/bundle.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { Book, Cannot } from "./book.ts";
import { canonical, sha256 } from "./canonical.ts";
import { compare, type Difference } from "./compare.ts";
import { order } from "./exact.ts";
import { type Numbers, type Reckoned, Reckoner, type Value, type Warned } from "./reckon.ts";
import { reckon } from "./rewards.ts";

export type Verdict =
  | { readonly verdict: "agrees" }
  | { readonly verdict: "differs"; readonly differences: readonly Difference[] }
  /** Worked out here, not in the run. */
  | { readonly verdict: "missing"; readonly computed: string }
  /** In the run, not worked out here. */
  | { readonly verdict: "superfluous"; readonly stated: string }
  | { readonly verdict: "cannot"; readonly why: string };

export type LineVerdict = Verdict & { readonly list: "lines" | "notAwarded"; readonly lineId: string };
export type CheckVerdict = Verdict & { readonly check: string };

export interface Report {
  /** Every line, and everyone who was looked at and won nothing. */
  readonly lines: readonly LineVerdict[];
  /** Cut-off, facts, totals, budgets, warnings and hashes. */
  readonly checks: readonly CheckVerdict[];
  readonly agrees: boolean;
}

type Results = ReadonlyMap<string, readonly Reckoned[] | Cannot>;

/** Works a run out again from its facts, and compares all that it states. */
export function verify(bundle: Bundle): Report {
  const book = new Book(bundle);
  const reckoner = new Reckoner(bundle, book);
  const results = new Map(bundle.plan.rewards.map(({ id, kind }) => [id, resultOf(bundle, reckoner, id, kind)]));
  const { settlement } = bundle;
  const known = [...results].flatMap(([reward, result]) =>
    result instanceof Cannot ? [] : result.map((entry) => ({ reward, ...entry })),
  );
  const lines = [
    ...compareEntries(
      "lines",
      settlement.lines.map((line) => ({ id: line.lineId, reward: line.reward, entry: line, shown: line.amount })),
      known
        .filter(({ amount }) => amount !== 0n)
        .map(({ reward, payee, amount, rank, trace }) => {
          const text = reckoner.moneyText(amount);
          const id = lineIdOf(reward, payee);
          const facts = { lineId: id, reward, payee: { ...payee }, amount: text, currency: bundle.plan.currency };
          return { id, entry: { ...facts, rank, trace }, shown: text };
        }),
      results,
    ),
    ...compareEntries(
      "notAwarded",
      settlement.notAwarded.map((entry) => ({
        id: lineIdOf(entry.reward, entry.subject),
        reward: entry.reward,
        entry,
        shown: "nothing",
      })),
      known
        .filter(({ amount }) => amount === 0n)
        .map(({ reward, payee, rank, trace }) => ({
          id: lineIdOf(reward, payee),
          entry: { reward, subject: { ...payee }, rank, trace },
          shown: "nothing",
        })),
      results,
    ),
  ].sort((a, b) => order(a.lineId, b.lineId));
  const checks = [
    check("as of", settlement.asOf, formatInstant(instantOf(bundle.asOf))),
    check("facts", settlement.totals.facts, factCounts(book)),
    ...totalChecks(bundle, reckoner, results),
    ...warningChecks(bundle, reckoner, results),
    check("input hash", settlement.inputHash, inputHash(bundle, book)),
    check("result hash", settlement.resultHash, resultHash(bundle)),
  ];
  return { lines, checks, agrees: [...lines, ...checks].every(({ verdict }) => verdict === "agrees") };
}

function resultOf({ rewards }: Bundle, reckoner: Reckoner, id: string, kind: string): readonly Reckoned[] | Cannot {
  const reward = rewards.find((candidate) => candidate.id === id);
  if (!reward) return new Cannot(`this verifier does not know the kind ${kind}`);
  try {
    return reckon(reckoner, reward);
  } catch (error) {
    if (error instanceof Cannot) return error;
    throw error;
  }
}

function lineIdOf(reward: string, { kind, id }: { readonly kind: string; readonly id: string }): string {
  return [reward, kind, id].join(":");
}

interface Stated {
  readonly id: string;
  readonly reward: string;
  readonly entry: StatedLine | StatedNotAwarded;
  readonly shown: string;
}

interface Computed {
  readonly id: string;
  readonly entry: Numbers;
  readonly shown: string;
}

function compareEntries(
  list: LineVerdict["list"],
  stated: readonly Stated[],
  computed: readonly Computed[],
  results: Results,
): LineVerdict[] {
  const open = new Map(computed.map((item) => [item.id, item]));
  const verdicts = stated.map(({ id, reward, entry, shown }): LineVerdict => {
    const result = results.get(reward);
    if (result instanceof Cannot) return { list, lineId: id, verdict: "cannot", why: result.message };
    const own = open.get(id);
    // Each is taken once: a line that is stated twice is superfluous the second time.
    open.delete(id);
    if (!own) return { list, lineId: id, verdict: "superfluous", stated: shown };
    return { list, lineId: id, ...verdictOf(compare("", entry, own.entry)) };
  });
  const missing = [...open.values()].map(
    ({ id, shown }): LineVerdict => ({ list, lineId: id, verdict: "missing", computed: shown }),
  );
  return [...verdicts, ...missing];
}

function verdictOf(differences: readonly Difference[]): Verdict {
  return differences.length === 0 ? { verdict: "agrees" } : { verdict: "differs", differences };
}

function check(name: string, stated: unknown, computed: Value): CheckVerdict {
  return { check: name, ...verdictOf(compare(name, stated, computed)) };
}

function factCounts({ entered }: Book): Numbers {
  const notCounted: Record<string, number> = {};
  const held: Record<string, number> = {};
  for (const { fate } of entered) {
    if (typeof fate === "string") continue;
    if ("held" in fate) held[fate.held] = (held[fate.held] ?? 0) + 1;
    else notCounted[fate.notCounted] = (notCounted[fate.notCounted] ?? 0) + 1;
  }
  const ending = (fate: string) => entered.filter((entry) => entry.fate === fate).length;
  return { known: entered.length, counted: ending("counted"), cancelled: ending("cancelled"), notCounted, held };
}

function totalChecks({ plan, settlement: { totals } }: Bundle, reckoner: Reckoner, results: Results): CheckVerdict[] {
  const sumOf = (ids: readonly string[]) =>
    ids.reduce<bigint | Cannot>((sum, id) => {
      const result = results.get(id) ?? [];
      if (sum instanceof Cannot) return sum;
      if (result instanceof Cannot) return new Cannot(`${id}: ${result.message}`);
      return result.reduce((part, { amount }) => part + amount, sum);
    }, 0n);
  const summed = (name: string, ids: readonly string[], stated: unknown, computedOf: (sum: bigint) => Value) => {
    const sum = sumOf(ids);
    if (sum instanceof Cannot) return { check: name, verdict: "cannot", why: sum.message } as const;
    return check(name, stated, computedOf(sum));
  };
  const ids = plan.rewards.map(({ id }) => id);
  const { byReward, all, budgets } = totals;
  const others = Object.keys(byReward).filter((id) => !ids.includes(id));
  const otherBudgets = budgets.slice(plan.budgets.length);
  return [
    ...ids.map((id) => summed(`total of ${id}`, [id], byReward[id], (sum) => reckoner.moneyText(sum))),
    summed("total", ids, all, (sum) => reckoner.moneyText(sum)),
    ...plan.budgets.map((budget, index) =>
      summed(`budget ${budget.id}`, budget.rewards, budgets[index], (used) => {
        const amount = reckoner.money(budget.amount);
        if (used > amount)
          reckoner.warnings.push({
            code: "budget-exceeded",
            subject: budget.id,
            blocks: budget.policy === "stopAndFlag",
          });
        const text = (value: bigint) => reckoner.moneyText(value);
        return { id: budget.id, amount: text(amount), used: text(used), left: text(amount - used) };
      }),
    ),
    ...others.map(
      (id): CheckVerdict => ({ check: `total of ${id}`, verdict: "superfluous", stated: byReward[id] ?? "" }),
    ),
    ...otherBudgets.map(({ id }): CheckVerdict => ({ check: `budget ${id}`, verdict: "superfluous", stated: id })),
  ];
}

/** By code, reward and subject; what a warning says in words is not compared. Called after all else, which collects them. */
function warningChecks({ plan, settlement }: Bundle, { book, warnings }: Reckoner, results: Results): CheckVerdict[] {
  const isOpen = (reward: string | undefined) => reward !== undefined && results.get(reward) instanceof Cannot;
  const openBudgets = plan.budgets.filter(({ rewards }) => rewards.some(isOpen)).map(({ id }) => id);
  const nameOf = (warning: {
    code: string;
    reward?: string | undefined;
    subject?: string | undefined;
    blocks: boolean;
  }) =>
    [warning.code, warning.reward, warning.subject, warning.blocks ? "(blocks approval)" : undefined]
      .filter((part) => part !== undefined)
      .join(" ");
  const computed = [...factWarnings(book), ...warnings].filter(({ reward }) => !isOpen(reward)).map(nameOf);
  const stated = settlement.warnings
    .filter(
      ({ code, reward, subject = "" }) =>
        !isOpen(reward) && !(code === "budget-exceeded" && openBudgets.includes(subject)),
    )
    .map(nameOf);
  return [check("warnings", stated.sort(order), computed.sort(order))];
}

function factWarnings(book: Book): Warned[] {
  const held = new Map<string, { code: string; subject: string; blocks: boolean }>();
  for (const { fate } of book.entered) {
    if (typeof fate === "string" || !("held" in fate)) continue;
    // One warning for each cause: an unknown person, or a currency with the first of its sellers.
    const cause = `${fate.held} ${fate.cause}`;
    if (!held.has(cause)) held.set(cause, { code: `held-${fate.held}`, subject: fate.subject, blocks: false });
  }
  const unplaced = new Set(book.entered.flatMap((entry) => book.unplaced(entry)));
  const code = "no-membership-at-sale";
  return [...held.values(), ...[...unplaced].map((subject) => ({ code, subject, blocks: false }))];
}

/** Plan, tables by their keys, cut-off, and the hash of one row `key version content` for each fact, by key. */
function inputHash({ plan, units, memberships, targets, asOf }: Bundle, { entered }: Book): string {
  const by = <T>(items: readonly T[], key: (item: T) => string) => [...items].sort((a, b) => order(key(a), key(b)));
  return sha256(
    canonical({
      plan,
      units: by(units, ({ unit }) => unit),
      memberships: by(memberships, ({ participantId, from }) => `${participantId}#${from ?? ""}`),
      targets: by(targets, ({ subject, measure, label, slice }) => [subject, measure, label, slice].join("#")),
      asOf: formatInstant(instantOf(asOf)),
      facts: sha256(entered.map(({ key, fact, content }) => `${key} ${fact.version} ${content}\n`).join("")),
    }),
  );
}

function resultHash({ settlement: { lines, notAwarded, totals, warnings } }: Bundle): string {
  return sha256(canonical({ lines, notAwarded, totals, warnings }));
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { parse } from "yaml";
import type { Fact } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import type { Line, NotAwarded, Settlement, Step } from "#domain/line.ts";
import { formatMoney, parseMoney } from "#domain/money.ts";
import type { Membership } from "#domain/org.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import type { Target } from "#domain/target.ts";
import { maximumLiability } from "#engine/liability.ts";
import { differences } from "#engine/post.ts";
import { settle } from "#engine/settle.ts";
import { type CaseRun, type ConformanceCase, defaultsSchema } from "./case.ts";

/** How Laurel runs a case; another engine needs a file like this one and nothing else. */

const DEFAULTS = defaultsSchema.parse(parse(readFileSync(join(import.meta.dirname, "defaults.yaml"), "utf8")));

export function runCase(example: ConformanceCase): void {
  const document = { ...DEFAULTS.plan, ...example.plan };
  if (example.refused) {
    expect(problemsOf(document).map(({ code, path }) => ({ code, path }))).toEqual(example.refused);
    return;
  }
  const plan = parsePlan(document);
  const facts = factsOf(example, plan.currency);
  const world = {
    plan,
    units: example.units ?? DEFAULTS.units,
    memberships: peopleOf(example),
    targets: targetsOf(example),
  };
  let posted: readonly Line[] = [];
  for (const run of example.runs) {
    const asOf = parseInstant(run.asOf ?? DEFAULTS.asOf) ?? Number.NaN;
    const settlement = settle({ ...world, facts, asOf });
    expect(settle({ ...world, facts: facts.toReversed(), asOf }).resultHash).toBe(settlement.resultHash);
    checkRun(run, settlement, posted);
    posted = settlement.lines;
  }
  if (example.liability) {
    const { totalMinor, byReward } = maximumLiability(plan);
    const unbounded = byReward.filter((liability) => liability.unboundedBecause).map(({ reward }) => reward);
    expect(totalMinor === undefined ? { unbounded } : { total: formatMoney(totalMinor, plan.currency) }).toEqual(
      example.liability,
    );
  }
}

function checkRun(run: CaseRun, settlement: Settlement, before: readonly Line[]): void {
  const { lines, totals } = settlement;
  const amounts = tableOf(lines.map((line) => [line.reward, payeeKey(line), line.amount]));
  if (run.lines) expect(amounts).toEqual(run.lines);
  const held = tableOf((settlement.held ?? []).map((line) => [line.reward, payeeKey(line), line.amount]));
  if (run.held) expect(held).toEqual(run.held);
  for (const [reward, payees] of Object.entries(run.contradicted ?? {}))
    for (const [payee, amount] of Object.entries(payees)) expect(amounts[reward]?.[payee]).not.toBe(amount);
  if (run.posted) {
    const balances = before.map((line) => ({
      ...line,
      balanceMinor: parseMoney(line.amount, line.currency) ?? Number.NaN,
    }));
    const moved = differences(lines, balances);
    const keys = new Map([...before, ...lines].map((line) => [line.lineId, payeeKey(line)]));
    expect(
      tableOf(
        moved.map((item) => [item.reward, keys.get(item.lineId) ?? "", formatMoney(item.deltaMinor, item.currency)]),
      ),
    ).toEqual(run.posted);
  }
  for (const [reward, payees] of Object.entries(run.pays ?? {}))
    for (const [payee, pays] of Object.entries(payees)) expect(paysIn(settlement, reward, payee)).toEqual(pays);
  for (const [reward, payees] of Object.entries(run.slices ?? {}))
    for (const [payee, slices] of Object.entries(payees))
      expect(traceOf(settlement, reward, payee).flatMap((step) => (step.step === "band" ? [step.amount] : []))).toEqual(
        slices,
      );
  for (const [reward, payees] of Object.entries(run.ranks ?? {}))
    for (const [payee, rank] of Object.entries(payees)) expect(rankOf(settlement, reward, payee)).toBe(rank);
  for (const [reward, payees] of Object.entries(run.traces ?? {}))
    for (const [payee, steps] of Object.entries(payees))
      expect(traceOf(settlement, reward, payee)).toEqual(
        expect.arrayContaining(steps.map((step) => expect.objectContaining(step))),
      );
  for (const [id, { used, left }] of Object.entries(run.budgets ?? {}))
    expect(totals.budgets.find((budget) => budget.id === id)).toMatchObject({ used, left });
}

/** `ann`, `ann@2026-01` of a slice, `ann@2026-01/draw` of a part of it. */
function payeeKey({ payee, slice, part }: Pick<Line, "payee" | "slice" | "part">): string {
  return `${payee.id}${slice === undefined ? "" : `@${slice}`}${part === undefined ? "" : `/${part}`}`;
}

function tableOf(rows: readonly (readonly [reward: string, payee: string, amount: string])[]) {
  const table: Record<string, Record<string, string>> = {};
  for (const [reward, payee, amount] of rows) table[reward] = { ...table[reward], [payee]: amount };
  return table;
}

function traceOf({ lines, notAwarded }: Settlement, reward: string, payee: string): readonly Step[] {
  const line = lines.find((item) => item.reward === reward && payeeKey(item) === payee);
  const isSame = ({ subject, ...item }: NotAwarded) => payeeKey({ payee: subject, ...item }) === payee;
  return line?.trace ?? notAwarded.find((item) => item.reward === reward && isSame(item))?.trace ?? [];
}

function paysIn(settlement: Settlement, reward: string, payee: string): (string | undefined)[] {
  return traceOf(settlement, reward, payee).flatMap((step) =>
    step.step === "measure" ? (step.contributions ?? []).map(({ pays }) => pays) : [],
  );
}

function rankOf({ lines, notAwarded }: Settlement, reward: string, payee: string): number | undefined {
  const line = lines.find((item) => item.reward === reward && item.payee.id === payee);
  return (line ?? notAwarded.find((item) => item.reward === reward && item.subject.id === payee))?.rank;
}

/** The n-th fact happens at noon of the n-th day, and is known at once, unless it says otherwise. */
function factsOf({ facts }: ConformanceCase, currency: string): Fact[] {
  const all = facts.flatMap(({ times, ...fact }) => Array.from({ length: times }, () => fact));
  return all.map(
    ({ by, id, at, known, kind, topic = "any", amount, product, splits, overlays, ...fact }, index): Fact => {
      const number = String(index + 1).padStart(2, "0");
      const occurredAt = at ?? `2026-01-${number}T12:00:00Z`;
      const { quantity, attributes, ...ofSales } = DEFAULTS.fact;
      const base = {
        quantity,
        attributes,
        ...fact,
        source: "suite",
        externalId: id ?? number,
        participantId: by,
        occurredAt,
        recordedAt: known ?? occurredAt,
      };
      if (kind === "evidence") return { ...base, kind, topic };
      const said = { ...(amount === undefined ? {} : { amount }), ...(product === undefined ? {} : { product }) };
      const shared = { ...(splits === undefined ? {} : { splits }), ...(overlays === undefined ? {} : { overlays }) };
      return { ...base, ...ofSales, ...said, ...shared, kind, currency };
    },
  );
}

function peopleOf({ people, facts }: ConformanceCase): Membership[] {
  const ids = new Set([...Object.keys(people), ...facts.map(({ by }) => by)]);
  return [...ids].map((id) => ({
    participantId: id,
    name: id,
    unit: people[id]?.unit ?? DEFAULTS.person.unit,
    role: people[id]?.role ?? DEFAULTS.person.role,
    from: null,
    to: null,
  }));
}

function targetsOf({ targets }: ConformanceCase): Target[] {
  return Object.entries(targets).flatMap(([subject, measures]) =>
    Object.entries(measures).flatMap(([measure, labels]) =>
      Object.entries(labels).map(([key, value]) => {
        const [label = "", slice = ""] = key.split("@");
        return { subject, measure, label, slice, value };
      }),
    ),
  );
}

function problemsOf(document: unknown) {
  try {
    parsePlan(document);
  } catch (error) {
    if (error instanceof Refusal) return error.problems;
    throw error;
  }
  return [];
}

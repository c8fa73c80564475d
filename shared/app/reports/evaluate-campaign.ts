import type { Approval } from "#domain/approval.ts";
import { addExact, type Rational } from "#domain/decimal.ts";
import type { Evaluation } from "#domain/evaluation.ts";
import type { Fact } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { Line } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { WHOLE } from "#domain/part.ts";
import type { Measure } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { compareText } from "#domain/text.ts";
import { fold } from "#engine/fold.ts";
import { hashOf } from "#engine/hash.ts";
import { exact, exactText, fromMinor, measured, measuredText, over } from "#engine/kinds/exact.ts";
import { maximumLiability } from "#engine/liability.ts";
import { compileRules, type RuleSources, type Rules } from "#engine/rules.ts";
import { settle } from "#engine/settle.ts";
import { type Standings, standingsOf } from "#engine/standings.ts";
import { instantOfQuestion } from "../asking/question.ts";
import { storedFacts } from "../asking/stored-facts.ts";
import { loadRuleSources } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { INTAKE_SETTLING_MS } from "../settlement/due.ts";

export type EvaluateDeps = Pick<Deps, "plans" | "facts" | "ledger" | "approvals" | "clock">;

/**
 * What a campaign cost and brought so far, or until an instant: settled on the stored facts, beside what the ledger holds.
 *
 * @param until only facts that occurred before: an instant, or a local date-time of the plan's zone
 * @throws Refusal `notFound`, `conflict` (nothing was ever in force, or too many facts are stored to be computed within one call), `invalid`
 */
export async function evaluateCampaign(deps: EvaluateDeps, campaignId: string, until?: string): Promise<Evaluation> {
  const campaign = await findCampaign(deps, campaignId);
  const [{ version, sources }, stored, balances, approvals] = await Promise.all([
    loadRuleSources(deps, campaign),
    storedFacts(deps),
    deps.ledger.balances(campaignId, WHOLE),
    deps.approvals.approvals(campaignId),
  ]);
  const { plan } = sources;
  const at = deps.clock.now() - INTAKE_SETTLING_MS;
  const before = until === undefined ? undefined : instantOfQuestion(until, plan.period.zone, "/until");
  const facts = stored.filter(({ occurredAt }) => before === undefined || instantOf(occurredAt) < before);
  const settlement = settle({ ...sources, facts, asOf: at });
  const { totals, lines } = settlement;
  const rules = compileRules(sources);
  const report = {
    campaign: campaignId,
    version: version.version,
    planHash: version.planHash,
    asOf: settlement.asOf,
    ...(before === undefined ? {} : { until: formatInstant(before) }),
    currency: plan.currency,
    facts: totals.facts,
    cost: {
      computed: totals.all,
      posted: formatMoney(
        balances.reduce(
          (sum, { currency, balanceMinor }) => (isBenefit(currency) ? sum : addExact(sum, balanceMinor)),
          0,
        ),
        plan.currency,
      ),
      byReward: rewardCosts(lines),
      ...maximumOf(rules),
    },
    ...resultsOf(rules, sources, facts, lines, at),
    ...approvedOf(approvals, version.version, totals.all, plan.currency),
    measures: Object.fromEntries(plan.measures.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]]))),
  };
  return { ...report, evaluationHash: hashOf(report) };
}

function maximumOf({ plan }: Rules): { maximum?: string } {
  const { totalMinor } = maximumLiability(plan);
  return totalMinor === undefined ? {} : { maximum: formatMoney(totalMinor, plan.currency) };
}

function rewardCosts(lines: readonly Line[]): Evaluation["cost"]["byReward"] {
  const sums = new Map<string, { reward: string; unit: string; minor: number }>();
  for (const { reward, currency: unit, amount } of lines) {
    const key = `${reward} ${unit}`;
    const minor = addExact(sums.get(key)?.minor ?? 0, parseMoney(amount, unit) ?? 0);
    sums.set(key, { reward, unit, minor });
  }
  return [...sums.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { reward, unit, minor }]) => ({ reward, unit, computed: formatMoney(minor, unit) }));
}

function resultsOf(
  rules: Rules,
  { targets }: RuleSources,
  facts: readonly Fact[],
  lines: readonly Line[],
  at: number,
): Pick<Evaluation, "results" | "byUnit" | "byProduct"> {
  const units = [...rules.directory.units()].sort((a, b) => compareText(a.unit, b.unit));
  const roots = units.filter(({ parent }) => parent === null).map(({ unit, level }) => ({ unit, level }));
  const measures = rules.plan.measures;
  const costs = costsByUnit(rules, lines);
  const told = (values: ReadonlyMap<string, Value>, cost?: Rational) =>
    measures.flatMap((measure) => resultOf(measure, values.get(measure.id), cost));
  const standings = standingsOf(rules, fold(rules, at, facts));
  const total = [...costs.all].reduce((sum, minor) => addExact(sum, minor), 0);
  return {
    results: told(valuesOf(rules, standings, roots), fromMinor(rules, total)),
    byUnit: units.map(({ unit, name, level }) => {
      const values = valuesOf(rules, standings, [{ unit, level }]);
      const minor = costs.byUnit.get(unit) ?? 0;
      return {
        unit,
        name,
        level,
        cost: formatMoney(minor, rules.plan.currency),
        results: told(values, fromMinor(rules, minor)),
        targets: targets.flatMap(({ subject, measure, label, slice, value: target }) => {
          if (subject !== unit || slice !== "") return [];
          const value = values.get(measure)?.value;
          const isZero = exact(target).num === 0n;
          const attained = value === undefined || isZero ? {} : { attained: exactText(over(value, exact(target))) };
          return [{ measure, label, target, ...attained }];
        }),
      };
    }),
    byProduct: byProduct(facts, at).map(([product, sold]) => ({
      product,
      facts: new Set(sold.map(factKey)).size,
      results: told(valuesOf(rules, standingsOf(rules, fold(rules, at, sold)), roots)),
    })),
  };
}

/** All versions of the facts whose newest known version is a sale of each product. */
function byProduct(facts: readonly Fact[], at: number): [string, Fact[]][] {
  const products = new Map<string, Fact[]>();
  for (const versions of Map.groupBy(facts, factKey).values()) {
    const known = versions.filter(({ recordedAt }) => instantOf(recordedAt) <= at);
    const newest = known.reduce<Fact | undefined>(
      (last, one) => (last && last.version > one.version ? last : one),
      undefined,
    );
    if (newest?.kind !== "sale") continue;
    products.set(newest.product, [...(products.get(newest.product) ?? []), ...versions]);
  }
  return [...products].sort(([a], [b]) => compareText(a, b));
}

interface Value {
  readonly value: Rational;
  readonly text: string;
}

type Place = { readonly unit: string; readonly level: string };

/** Of places that do not overlap. A value that does not add up, such as the newest, is told of one place only. */
function valuesOf(rules: Rules, standings: Standings, places: readonly Place[]): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const { id, ratio, aggregate } of rules.plan.measures) {
    if (ratio || (places.length !== 1 && aggregate !== "sum" && aggregate !== "count")) continue;
    const value = places.reduce((sum, { unit, level }) => addExact(sum, standings.measured(id, level, unit).value), 0);
    values.set(id, { value: measured(rules, id, value), text: measuredText(rules, id, value) });
  }
  for (const { id, ratio } of rules.plan.measures) {
    const numerator = ratio?.of === "same" ? values.get(ratio.numerator) : undefined;
    const denominator = ratio && values.get(ratio.denominator);
    if (!numerator || !denominator || denominator.value.num <= 0n) continue;
    const value = over(numerator.value, denominator.value);
    values.set(id, { value, text: exactText(value) });
  }
  return values;
}

function resultOf({ id, ratio }: Measure, told: Value | undefined, cost: Rational | undefined): Evaluation["results"] {
  if (!told) return [];
  const isPriced = cost !== undefined && ratio === undefined && told.value.num > 0n;
  return [{ measure: id, value: told.text, ...(isPriced ? { costPerUnit: exactText(over(cost, told.value)) } : {}) }];
}

/** Money of lines, for the unit of the payee and all above it. */
function costsByUnit({ directory, instants }: Rules, lines: readonly Line[]) {
  const byUnit = new Map<string, number>();
  const all: number[] = [];
  for (const { payee, amount, currency } of lines) {
    if (isBenefit(currency)) continue;
    const minor = parseMoney(amount, currency) ?? 0;
    all.push(minor);
    const home = payee.kind === "unit" ? payee.id : directory.membershipAt(payee.id, instants.last)?.unit;
    for (const { unit } of home === undefined ? [] : directory.lineage(home)) {
      byUnit.set(unit, addExact(byUnit.get(unit) ?? 0, minor));
    }
  }
  return { all, byUnit };
}

function approvedOf(
  approvals: readonly Approval[],
  version: number,
  computed: string,
  currency: string,
): Pick<Evaluation, "approved"> {
  const own = approvals.flatMap(({ id, state, decidedAt = "", content }) =>
    content.kind === "activation" && content.version === version && state === "done"
      ? [{ id, decidedAt, content }]
      : [],
  );
  const newest = own.sort((a, b) => compareText(a.decidedAt, b.decidedAt)).at(-1);
  if (!newest) return {};
  const { simulationHash, impact } = newest.content;
  const difference = impact && (parseMoney(computed, currency) ?? 0) - (parseMoney(impact.after, currency) ?? 0);
  return {
    approved: {
      approval: newest.id,
      ...(simulationHash === undefined ? {} : { simulationHash }),
      ...(impact === undefined ? {} : { expected: impact.after, expectedAsOf: impact.asOf }),
      ...(difference === undefined ? {} : { difference: formatMoney(difference, currency) }),
    },
  };
}

/** @throws Refusal("notFound") when none was made */
export async function keptEvaluation(
  deps: Pick<Deps, "files">,
  campaignId: string,
  of: "pilot" | "end",
): Promise<Evaluation> {
  const { evaluationSchema } = await import("#domain/evaluation.ts");
  const file = await deps.files.get(evaluationKey(campaignId, of));
  if (!file) throw new Refusal("notFound", `no evaluation of the ${of} of ${campaignId} was made yet`);
  return evaluationSchema.parse(JSON.parse(new TextDecoder().decode(file)));
}

export function evaluationKey(campaign: string, of: "pilot" | "end"): string {
  return `evaluations/${campaign}/${of}.json`;
}

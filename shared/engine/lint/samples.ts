import { ConditionCompiler, type ConditionFact, conditionFact } from "#domain/condition.ts";
import type { AttributeValue } from "#domain/fact.ts";
import { comparedTexts, conditionsOf, type PlacedCondition } from "./condition-text.ts";
import type { LintContext } from "./context.ts";
import { type Finding, listed } from "./finding.ts";

/** Conditions against the sample facts that occurred in the period. */
export function sampleFindings({ plan, facts, sampleSize }: LintContext): Finding[] {
  if (facts === undefined || sampleSize === 0) return [];
  if (facts.length === 0) {
    return [
      {
        code: "sample-outside-period",
        severity: "warns",
        path: "/period",
        message: `none of the ${sampleSize} sample facts occurred from ${plan.period.start} to ${plan.period.end}: no condition was tried`,
        mend: "check the period, or give facts that occurred in it",
      },
    ];
  }
  const compiler = new ConditionCompiler(plan.attributes);
  const facing = facts.map(conditionFact);
  const { counts, measures } = conditionsOf(plan);
  return [...counts, ...measures].flatMap((condition) => [
    ...verdicts(compiler, condition, facing),
    ...unseenTexts(plan.attributes, condition, facing),
  ]);
}

function verdicts(
  compiler: ConditionCompiler,
  { path, name, text }: PlacedCondition,
  facts: readonly ConditionFact[],
): Finding[] {
  const compiled = compiler.compile(text);
  const tested = facts.map((fact) => compiled.test(fact));
  const holding = tested.filter((verdict) => verdict === "holds").length;
  const undecided = tested.filter((verdict) => verdict === "undecided").length;
  const found = { severity: "warns", path, seen: text } as const;
  if (holding === 0) {
    const lacking = undecided === 0 ? "" : `; ${undecided} lack an attribute that it names`;
    return [
      {
        ...found,
        code: "condition-never-holds",
        message: `${name} holds for 0 of the ${facts.length} sample facts${lacking}`,
        mend: "correct the condition, or the sample",
      },
    ];
  }
  if (holding < facts.length) return [];
  return [
    {
      ...found,
      code: "condition-always-holds",
      message: `${name} holds for all ${facts.length} sample facts: it leaves nothing out`,
      mend: "remove it, or check that it says what is meant",
    },
  ];
}

/** Texts that a condition asks for and that no fact has: a product that is spelt otherwise. */
function unseenTexts(
  attributes: LintContext["plan"]["attributes"],
  { path, name: condition, text }: PlacedCondition,
  facts: readonly ConditionFact[],
): Finding[] {
  return [...comparedTexts(text)].flatMap(([name, asked]): Finding[] => {
    const values = new Set(facts.flatMap((fact) => textOf(fact, name, attributes) ?? []));
    const unseen = asked.filter((value) => !values.has(value));
    if (values.size === 0 || unseen.length === 0) return [];
    const seen = [...values].sort();
    return [
      {
        code: "value-unseen",
        severity: "warns",
        path,
        message: `${condition} names ${name} ${listed(unseen)}, which 0 of the ${facts.length} sample facts have`,
        seen: listed(unseen),
        allowed: listed(seen, 10),
        mend: "correct the spelling, or check that it is still sold",
      },
    ];
  });
}

function textOf(fact: ConditionFact, name: string, attributes: LintContext["plan"]["attributes"]): string | undefined {
  const own: Readonly<Record<string, AttributeValue | undefined>> = {
    kind: fact.kind,
    source: fact.source,
    product: fact.product,
    channel: fact.channel,
    topic: fact.topic,
  };
  const values: typeof own = Object.hasOwn(own, name) ? own : Object.hasOwn(attributes, name) ? fact.attributes : {};
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

import { allocate } from "#domain/allocate.ts";
import { type Condition, type ConditionFact, conditionFact } from "#domain/condition.ts";
import { canonicalDecimal, parseDecimal, roundRational, scaledNumber } from "#domain/decimal.ts";
import { type Fact, QUANTITY_DIGITS, rationalPart } from "#domain/fact.ts";
import { parseMoney } from "#domain/money.ts";
import type { Measure } from "#domain/plan/plan.ts";
import type { FactShare } from "./credit-shares.ts";
import type { CompiledMeasure, Rules } from "./rules.ts";

/** What a fact is worth, asked for one share at a time. */
export interface Worth {
  /** By the plan's order of measures. */
  values(share: FactShare): (number | null)[];
  /** By index of the measure. */
  texts(share: FactShare): Record<string, string>;
}

/** What one measure makes of a fact, before it is divided. */
interface Worthy {
  readonly index: number;
  /** Of each share; null where the fact is none of the measure's for that one. */
  readonly valueOf: (share: FactShare) => number | null;
  readonly text: string | undefined;
}

const NO_TEXTS: Record<string, string> = {};

/** The values of a fact under every measure whose condition it meets. */
export function valuesOf(rules: Rules, fact: Fact): Worth {
  let facing: ConditionFact | undefined;
  const holds = (when: Condition) => {
    facing ??= conditionFact(fact);
    return when.test(facing) === "holds";
  };
  const worthy: (Worthy | undefined)[] = [];
  for (const compiled of rules.measures.values()) {
    worthy.push(compiled.when && !holds(compiled.when) ? undefined : worthyOf(rules, compiled, fact));
  }
  const hasTexts = worthy.some((worth) => worth?.text !== undefined);
  return {
    values: (share) => worthy.map((worth) => worth?.valueOf(share) ?? null),
    texts: (share) =>
      !hasTexts
        ? NO_TEXTS
        : Object.fromEntries(
            worthy.flatMap((worth) =>
              worth?.text === undefined || worth.valueOf(share) === null ? [] : [[String(worth.index), worth.text]],
            ),
          ),
  };
}

function worthyOf(rules: Rules, { measure, index }: CompiledMeasure, fact: Fact): Worthy | undefined {
  const counted = (value: number) => (share: FactShare) => (share.counts ? value : null);
  switch (measure.aggregate) {
    case undefined:
      // A ratio has no value of its own.
      return undefined;
    case "count":
      return { index, valueOf: counted(1), text: undefined };
    case "distinct": {
      const text = distinctText(rules, measure, fact);
      return text === undefined ? undefined : { index, valueOf: counted(1), text };
    }
    default: {
      const value = numberOf(rules, measure, fact);
      if (value === undefined) return undefined;
      const isDivided = fact.kind === "sale" && (measure.aggregate === "sum" || isOfSale(measure));
      return { index, valueOf: isDivided ? divided(rules, fact, value) : counted(value), text: undefined };
    }
  }
}

/** Amount and quantity are what a share has of the sale; an attribute describes the sale, and is divided only where it is summed. */
function isOfSale({ of }: Measure): boolean {
  return of === "amount" || of === "quantity";
}

/** What is measured of a fact, as an integer at the measure's scale; undefined where it has none. */
function numberOf({ plan }: Rules, { of }: Measure, fact: Fact): number | undefined {
  switch (of) {
    case "amount":
      return fact.kind === "sale" ? parseMoney(fact.amount, fact.currency) : undefined;
    case "quantity":
      return fact.kind === "score" ? undefined : parseDecimal(fact.quantity, QUANTITY_DIGITS);
    case "value":
      return fact.kind === "score" ? parseDecimal(fact.value, QUANTITY_DIGITS) : undefined;
    default: {
      const value = declaredAttribute(plan.attributes, of, fact);
      return typeof value === "number" ? scaledNumber(value, QUANTITY_DIGITS) : undefined;
    }
  }
}

function distinctText({ plan }: Rules, { of }: Measure, fact: Fact): string | undefined {
  switch (of) {
    case "amount":
      return fact.kind === "sale" ? canonicalDecimal(fact.amount) : undefined;
    case "quantity":
      return fact.kind === "score" ? undefined : canonicalDecimal(fact.quantity);
    case "value":
      return fact.kind === "score" ? canonicalDecimal(fact.value) : undefined;
    default: {
      const value = declaredAttribute(plan.attributes, of, fact);
      return value === undefined ? undefined : String(value);
    }
  }
}

/** A value of another type than the plan declares is none. */
function declaredAttribute(
  types: Rules["plan"]["attributes"],
  name: string | undefined,
  { attributes }: Fact,
): Fact["attributes"][string] | undefined {
  if (name === undefined || !Object.hasOwn(attributes, name) || !Object.hasOwn(types, name)) return undefined;
  const value = attributes[name];
  return typeof value === types[name] ? value : undefined;
}

/**
 * A value of a sale divided among those who have a part in it. Splits sum exactly to the whole (largest remainder); an overlay
 * is the part of the whole that it says, a half of the last digit away from zero.
 */
function divided(rules: Rules, fact: Fact, value: number): Worthy["valueOf"] {
  const splits = fact.kind === "sale" && rules.plan.crediting.to === "splits" ? fact.splits : undefined;
  const direct = splits === undefined ? undefined : allocated(value, splits);
  return ({ participantId, part, rollsUp }) => {
    if (part.num === 0n) return null;
    if (!rollsUp) return roundRational(BigInt(value) * part.num, part.den, "halfUp");
    return direct?.get(participantId) ?? value;
  };
}

function allocated(
  value: number,
  splits: readonly { readonly participantId: string; readonly part: string }[],
): Map<string, number> {
  const parts = splits.map(({ participantId, part }) => ({ id: participantId, ...rationalPart(part) }));
  const common = parts.reduce((product, { den }) => product * den, 1n);
  return allocate(
    value,
    parts.map(({ id, num, den }) => ({ id, weight: (num * common) / den })),
  );
}

import { conditionFact } from "#domain/condition.ts";
import type { AttributeValue, Sale } from "#domain/fact.ts";
import { currencyDigits } from "#domain/money.ts";
import { isInStretch } from "#domain/plan/uncounted.ts";
import { valuesOf } from "./credit-values.ts";
import type { Rules } from "./rules.ts";

/** What a sale is worth in a measure that looks at its amount: that amount. */
export const AMOUNT = "amount";

/** What is the same of all sales that a plan cannot tell apart but by seller, time and amount. */
export interface Shape {
  /** Digits of an amount in the sale's currency. */
  readonly digits: number;
  readonly isOtherCurrency: boolean;
  /** Id of the first condition that does not hold. */
  readonly reason: string | undefined;
  /** By the plan's order of measures. */
  readonly values: readonly (number | null | typeof AMOUNT)[];
  /** By index of the measure, what a `distinct` measure tells apart. */
  readonly texts: Readonly<Record<string, string>>;
  readonly holds: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** The numbers that the fold gives to what such sales mean: of those that count, that were cancelled, and by why they do not count. */
  counted: number | undefined;
  cancelled: number | undefined;
  readonly notCounted: Map<string, number>;
  /** The number that the fold gives to the texts. */
  textsNumber: number | undefined;
}

const WHOLE = { num: 1n, den: 1n };

/** Bound of remembered shapes: beyond it a sale is looked at by itself, which costs time and nothing else. */
const MOST_NODES = 20_000;

type Value = AttributeValue | undefined;

class Node {
  readonly next = new Map<Value, Node>();
  shape: Shape | undefined;
}

/** Reads of a sale what the plan's conditions and measures can see. */
type Look = (sale: Sale) => Value;

const FIELDS: Readonly<Record<string, Look>> = {
  product: ({ product }) => product,
  channel: ({ channel }) => channel,
  source: ({ source }) => source,
  quantity: ({ quantity }) => quantity,
};

/** Conditions, measures and labels are worked out once for each distinct combination of what they name. */
export class Shapes {
  readonly #rules: Rules;
  readonly #looks: readonly Look[];
  readonly #root = new Node();
  #nodes = 1;
  /** Some condition names the amount, or an amount is told apart as a text: then each sale is looked at by itself. */
  readonly #isPlain: boolean;

  constructor(rules: Rules) {
    this.#rules = rules;
    const named = namedBy(rules);
    this.#isPlain = !named.has(AMOUNT);
    this.#looks = [({ currency }) => currency, ...[...named].flatMap(looksAt)];
  }

  /**
   * Undefined where the sale must be looked at by itself.
   *
   * @param kept where the shape of all sales that say the same is kept
   */
  of(sale: Sale, occurredAt: number, kept?: { shape: Shape | undefined }): Shape | undefined {
    if (this.#mayNotCount(occurredAt)) return undefined;
    if (kept?.shape !== undefined) return kept.shape;
    const shape = this.#find(sale);
    if (kept) kept.shape = shape;
    return shape;
  }

  #find(sale: Sale): Shape | undefined {
    if (!this.#isPlain || !this.#hasCurrency(sale) || sale.splits !== undefined || sale.overlays !== undefined)
      return undefined;
    let node = this.#root;
    for (const look of this.#looks) {
      const value = look(sale);
      let next = node.next.get(value);
      if (next === undefined) {
        if (this.#nodes >= MOST_NODES) return undefined;
        this.#nodes += 1;
        next = new Node();
        node.next.set(value, next);
      }
      node = next;
    }
    node.shape ??= shapeOf(this.#rules, sale);
    return node.shape;
  }

  /** Whether it does depends on when and where it occurred, which shapes do not tell apart. */
  #mayNotCount(occurredAt: number): boolean {
    const { uncounted } = this.#rules;
    return uncounted.length > 0 && uncounted.some((stretch) => isInStretch(stretch, occurredAt));
  }

  /** The plan's own is one that exists. */
  #hasCurrency({ currency }: Sale): boolean {
    return currency === this.#rules.plan.currency || currencyDigits(currency) !== undefined;
  }
}

/** Names that conditions, measures and labels may look at: a name inside a text literal is one too many, and does no harm. */
function namedBy(rules: Rules): Set<string> {
  const { plan, counts, measures, asked } = rules;
  const texts = [
    ...counts.map(({ condition }) => condition.text),
    ...[...measures.values()].flatMap(({ when }) => (when ? [when.text] : [])),
    ...asked.conditions.map(({ text }) => text),
  ];
  const names = [...Object.keys(FIELDS), AMOUNT, ...Object.keys(plan.attributes)];
  const inTexts = names.filter((name) => texts.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
  const measured = plan.measures.flatMap(({ of, aggregate }) =>
    of === undefined || (of === AMOUNT && aggregate !== "distinct") ? [] : [of],
  );
  return new Set([...inTexts, ...measured, ...asked.labels]);
}

/** An attribute may have the name of a field of sales: conditions mean the one, labels the other. */
function looksAt(name: string): Look[] {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  const attribute: Look = ({ attributes }) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
  return field ? [field, attribute] : [attribute];
}

function shapeOf(rules: Rules, sale: Sale): Shape {
  const facing = conditionFact(sale);
  const failing = rules.counts.find(({ condition }) => condition.test(facing) !== "holds");
  const share = {
    participantId: sale.participantId,
    leaf: "",
    rollsUp: true,
    isUnit: false,
    part: WHOLE,
    counts: true,
  };
  const worth = valuesOf(rules, sale);
  const values = worth.values(share);
  return {
    digits: currencyDigits(sale.currency) ?? 0,
    isOtherCurrency: sale.currency !== rules.plan.currency,
    reason: failing?.id,
    values: [...rules.measures.values()].map(({ measure, when, index }) => {
      if (measure.of !== AMOUNT || measure.aggregate === "count") return values[index] ?? null;
      return when && when.test(facing) !== "holds" ? null : AMOUNT;
    }),
    texts: worth.texts(share),
    holds: rules.asked.conditions.filter((condition) => condition.test(facing) === "holds").map(({ text }) => text),
    labels: Object.fromEntries(
      rules.asked.labels.flatMap((name) =>
        Object.hasOwn(sale.attributes, name) ? [[name, String(sale.attributes[name])]] : [],
      ),
    ),
    counted: undefined,
    cancelled: undefined,
    notCounted: new Map(),
    textsNumber: undefined,
  };
}

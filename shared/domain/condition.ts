import { Environment } from "@marcbachmann/cel-js";
import { costProblem } from "./condition-cost.ts";
import type { AttributeValue, FactMessage } from "./fact.ts";

/** What conditions can name of every fact; a plan adds the attributes it declares. */
const FACT_VARIABLES = {
  kind: "string",
  source: "string",
  product: "string",
  channel: "string",
  amount: "double",
  quantity: "double",
  topic: "string",
  value: "double",
} as const;

export const FACT_VARIABLE_NAMES: readonly string[] = Object.keys(FACT_VARIABLES);

export type AttributeTypes = Readonly<Record<string, "string" | "number" | "boolean">>;

/**
 * The values of one fact that conditions may look at. What a fact of its kind does not have is absent, as is a missing
 * attribute: product, channel and amount are of sales, topic of scores and evidence, value of scores, quantity not of scores.
 */
export interface ConditionFact {
  readonly kind: string;
  readonly source: string;
  readonly product?: string;
  readonly channel?: string;
  readonly amount?: number;
  readonly quantity?: number;
  readonly topic?: string;
  readonly value?: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A fact as conditions see it. */
export function conditionFact(fact: FactMessage): ConditionFact {
  const { kind, source, attributes } = fact;
  switch (fact.kind) {
    case "sale": {
      const { product, channel, amount, quantity } = fact;
      return { kind, source, attributes, product, channel, amount: Number(amount), quantity: Number(quantity) };
    }
    case "score":
      return { kind, source, attributes, topic: fact.topic, value: Number(fact.value) };
    case "evidence":
      return { kind, source, attributes, topic: fact.topic, quantity: Number(fact.quantity) };
  }
}

/** `undecided`: the condition could not be told, because the fact lacks something that it needs. */
export type Verdict = "holds" | "fails" | "undecided";

export interface Condition {
  readonly text: string;
  test(fact: ConditionFact): Verdict;
}

/** What is wrong with a condition, in a marketer's words. */
export interface ConditionProblem {
  readonly message: string;
  readonly allowed?: string;
  readonly mend?: string;
}

const CEL_TYPES = { string: "string", number: "double", boolean: "bool" } as const;

/** Bound of remembered verdicts; reaching it forgets them all, which costs time and nothing else. */
const MEMO_SIZE = 10_000;

/**
 * Compiles the conditions of one plan. Expressions are type-checked here, so a running plan meets no
 * unknown name; a verdict is computed once for each distinct combination of the values that the expression names.
 */
export class ConditionCompiler {
  readonly #environment: Environment;
  readonly #names: readonly string[];

  constructor(attributes: AttributeTypes) {
    let environment = new Environment();
    for (const [name, type] of Object.entries(FACT_VARIABLES)) environment = environment.registerVariable(name, type);
    for (const [name, type] of Object.entries(attributes))
      environment = environment.registerVariable(name, CEL_TYPES[type]);
    this.#environment = environment;
    this.#names = [...FACT_VARIABLE_NAMES, ...Object.keys(attributes)];
  }

  /** What is wrong with an expression, and how to mend it; undefined when it is a yes-or-no question about known names. */
  problem(text: string): ConditionProblem | undefined {
    const result = this.#environment.check(text);
    if (!result.valid) return this.#unreadable((result.error?.message ?? "it cannot be read").split("\n")[0] ?? "");
    if (result.type !== "bool") {
      return { message: `the condition gives ${result.type}, not true or false`, mend: "compare it with something" };
    }
    return costProblem(this.#environment.parse(text).ast);
  }

  #unreadable(reason: string): ConditionProblem {
    const allowed = this.#names.join(", ");
    const unknown = /^Unknown variable: (\S+)/.exec(reason)?.[1];
    if (unknown !== undefined) {
      const mend = "declare the attribute under `attributes`, or correct the name";
      return { message: `facts have no attribute ${unknown}`, allowed, mend };
    }
    if (/double.*int|int.*double/.test(reason)) {
      return { message: `numbers are decimals here (${reason})`, mend: "write 100.0 instead of 100" };
    }
    return { message: `the condition cannot be read: ${reason}`, allowed };
  }

  compile(text: string): Condition {
    const problem = this.problem(text);
    if (problem !== undefined) throw new RangeError(`${text}: ${problem.message}`);
    const evaluate = this.#environment.parse(text);
    // A superset of the names used (a name inside a text literal counts too): enough for the memo's key.
    const names = this.#names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
    const memo = new Map<AttributeValue | undefined, Verdict>();
    const [only] = names.length === 1 ? names : [];
    return {
      text,
      test(fact) {
        const key = only === undefined ? valuesKey(fact, names) : namedValue(fact, only);
        let verdict = memo.get(key);
        if (verdict === undefined) {
          verdict = decide(evaluate, contextOf(fact, names));
          if (memo.size >= MEMO_SIZE) memo.clear();
          memo.set(key, verdict);
        }
        return verdict;
      },
    };
  }
}

/** What an expression can look at; a name whose value is absent is not there. */
function contextOf(fact: ConditionFact, names: readonly string[]): Record<string, AttributeValue> {
  const context: Record<string, AttributeValue> = {};
  for (const name of names) {
    const value = namedValue(fact, name);
    if (value !== undefined) context[name] = value;
  }
  return context;
}

/** One text for the values under several names: their types and lengths keep apart what would read the same. */
function valuesKey(fact: ConditionFact, names: readonly string[]): string {
  let key = "";
  for (const name of names) {
    const value = namedValue(fact, name);
    const text = String(value);
    key += `${(typeof value)[0]}${text.length}:${text}`;
  }
  return key;
}

function decide(
  evaluate: (context: Record<string, AttributeValue>) => unknown,
  context: Record<string, AttributeValue>,
): Verdict {
  try {
    return evaluate(context) === true ? "holds" : "fails";
  } catch {
    // Checked expressions fail only on values that are absent or of another type than declared.
    return "undecided";
  }
}

function namedValue(fact: ConditionFact, name: string): AttributeValue | undefined {
  switch (name) {
    case "kind":
      return fact.kind;
    case "source":
      return fact.source;
    case "product":
      return fact.product;
    case "channel":
      return fact.channel;
    case "amount":
      return fact.amount;
    case "quantity":
      return fact.quantity;
    case "topic":
      return fact.topic;
    case "value":
      return fact.value;
    default:
      return Object.hasOwn(fact.attributes, name) ? fact.attributes[name] : undefined;
  }
}

import type { Plan } from "#domain/plan/plan.ts";

/** Conditions as texts: what can be told of them without an evaluation. */

export interface PlacedCondition {
  readonly path: string;
  /** `counts product`, `measure premium`. */
  readonly name: string;
  readonly text: string;
}

export function conditionsOf({ counts, measures }: Plan): { counts: PlacedCondition[]; measures: PlacedCondition[] } {
  return {
    counts: counts.map(({ id, when }, index) => ({ path: `/counts/${index}/when`, name: `counts ${id}`, text: when })),
    measures: measures.flatMap(({ id, when }, index) =>
      when === undefined ? [] : [{ path: `/measures/${index}/when`, name: `measure ${id}`, text: when }],
    ),
  };
}

/** The text with `§0§`, `§1§`, … for its quoted literals, so that what they say is not taken for an operator or a name. */
export function withoutLiterals(text: string): { readonly text: string; readonly literals: readonly string[] } {
  const literals: string[] = [];
  const masked = text.replace(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g, (_, double, single) => {
    literals.push(String(double ?? single));
    return `§${literals.length - 1}§`;
  });
  return { text: masked, literals };
}

/** The texts that a condition compares names with: `product in ["A", "B"]` → product: A, B. */
export function comparedTexts(condition: string): ReadonlyMap<string, readonly string[]> {
  const { text, literals } = withoutLiterals(condition);
  const compared = new Map<string, string[]>();
  for (const [, name = "", one = "", many = ""] of text.matchAll(
    /\b([a-zA-Z]\w*)\s*(?:==\s*(§\d+§)|in\s*\[([^\]]*)\])/g,
  )) {
    const values = [...(one || many).matchAll(/§(\d+)§/g)].flatMap(([, index]) => literals[Number(index)] ?? []);
    compared.set(name, [...(compared.get(name) ?? []), ...values]);
  }
  return compared;
}

/** What one part of a conjunction asks of a name: one of some texts, or a number between bounds. */
export type Ask =
  | { readonly name: string; readonly oneOf: readonly string[] }
  | { readonly name: string; readonly from: number; readonly to: number; readonly open: "from" | "to" | "none" };

const COMPARISON = /^([a-zA-Z]\w*)\s*(<=|>=|<|>|==)\s*(-?\d+(?:\.\d+)?)$/;

/**
 * What a condition surely asks for: the parts that are joined by `&&` alone and compare a name with literals. Other parts can
 * only narrow it further; a condition with alternatives asks for nothing surely.
 */
export function surelyAsked(condition: string): Ask[] {
  const { text, literals } = withoutLiterals(condition);
  if (/[|?()]/.test(text)) return [];
  return text.split("&&").flatMap((part): Ask[] => {
    const atom = part.trim();
    const membership = /^([a-zA-Z]\w*)\s*(?:==\s*(§\d+§)|in\s*\[\s*((?:§\d+§\s*(?:,\s*)?)*)\])$/.exec(atom);
    if (membership) {
      const [, name = "", one = "", many = ""] = membership;
      const values = [...(one || many).matchAll(/§(\d+)§/g)].flatMap(([, index]) => literals[Number(index)] ?? []);
      return [{ name, oneOf: values }];
    }
    const [, name = "", operator = "", number = ""] = COMPARISON.exec(atom) ?? [];
    const value = Number(number);
    switch (operator) {
      case "==":
        return [{ name, from: value, to: value, open: "none" }];
      case ">":
      case ">=":
        return [{ name, from: value, to: Number.POSITIVE_INFINITY, open: operator === ">" ? "from" : "none" }];
      case "<":
      case "<=":
        return [{ name, from: Number.NEGATIVE_INFINITY, to: value, open: operator === "<" ? "to" : "none" }];
      default:
        return [];
    }
  });
}

/** Both can hold of one fact. */
export function canBothHold(a: Ask, b: Ask): boolean {
  if (a.name !== b.name) return true;
  if ("oneOf" in a || "oneOf" in b) {
    return !("oneOf" in a && "oneOf" in b) || a.oneOf.some((text) => b.oneOf.includes(text));
  }
  const [low, high] = a.from >= b.from ? [a, b] : [b, a];
  const from = low.from;
  const to = Math.min(a.to, b.to, high.to);
  if (from !== to) return from < to;
  const excludes = (ask: typeof a) =>
    (ask.open === "from" && ask.from === from) || (ask.open === "to" && ask.to === to);
  return !excludes(a) && !excludes(b);
}

export function askText(ask: Ask): string {
  if ("oneOf" in ask) return `${ask.name} in [${ask.oneOf.map((text) => JSON.stringify(text)).join(", ")}]`;
  if (ask.from === ask.to) return `${ask.name} == ${ask.from}`;
  if (Number.isFinite(ask.from)) return `${ask.name} ${ask.open === "from" ? ">" : ">="} ${ask.from}`;
  return `${ask.name} ${ask.open === "to" ? "<" : "<="} ${ask.to}`;
}

import { compare, type Difference } from "./compare.ts";
import type { Value } from "./reckon.ts";

export type Verdict =
  | { readonly verdict: "agrees" }
  | { readonly verdict: "differs"; readonly differences: readonly Difference[] }
  /** Worked out here, not in the run. */
  | { readonly verdict: "missing"; readonly computed: string }
  /** In the run, not worked out here. */
  | { readonly verdict: "superfluous"; readonly stated: string }
  | { readonly verdict: "cannot"; readonly why: string };

/** The lists of a run. */
export type List = "lines" | "components" | "held" | "notAwarded";
export type LineVerdict = Verdict & { readonly list: List; readonly lineId: string };
export type CheckVerdict = Verdict & { readonly check: string };

export function verdictOf(differences: readonly Difference[]): Verdict {
  return differences.length === 0 ? { verdict: "agrees" } : { verdict: "differs", differences };
}

export function check(name: string, stated: unknown, computed: Value): CheckVerdict {
  return { check: name, ...verdictOf(compare(name, stated, computed)) };
}

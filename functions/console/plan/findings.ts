import { type PlanText, pathOfPointer, placeOf, pointerOf } from "./plan-text.ts";
import type { Path } from "./shape.ts";

/** What the server's check and the parser found, each where it belongs. */

interface Told {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly seen?: string | undefined;
  readonly allowed?: string | undefined;
  readonly mend?: string | undefined;
}

export type Severity = "wrong" | "blocks" | "warns";

export interface Found extends Told {
  readonly severity: Severity;
  readonly at: Path;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export interface Report {
  readonly problems: readonly Told[];
  readonly findings: readonly (Told & { readonly severity: "blocks" | "warns" })[];
}

export const SYNTAX = "yaml";

/** Broken places of the text first; then what the check says, worst first, in the text's order. */
export function foundIn(plan: PlanText, report: Report | undefined): Found[] {
  if (plan.broken.length > 0) {
    return plan.broken.map(({ from, to, line, message }) => ({
      code: SYNTAX,
      path: "",
      message,
      severity: "wrong",
      at: [],
      line,
      from,
      to,
    }));
  }
  const placed = (told: Told, severity: Severity): Found => {
    const at = pathOfPointer(told.path);
    const { line, from, to } = placeOf(plan, at);
    return { ...told, severity, at, line, from, to };
  };
  const all = [
    ...(report?.problems ?? []).map((problem) => placed(problem, "wrong")),
    ...(report?.findings ?? []).map((finding) => placed(finding, finding.severity)),
  ];
  return all.sort((a, b) => RANKS[a.severity] - RANKS[b.severity] || a.from - b.from);
}

const RANKS: Readonly<Record<Severity, number>> = { wrong: 0, blocks: 1, warns: 2 };

/** By the pointer of their place; what has no field of its own is told where the nearest field is that has. */
export function byPlace(found: readonly Found[], shown: ReadonlySet<string>): ReadonlyMap<string, readonly Found[]> {
  return Map.groupBy(found, ({ at }) => {
    const lengths = Array.from({ length: at.length + 1 }, (_, shorter) => at.length - shorter);
    return lengths.map((length) => pointerOf(at.slice(0, length))).find((pointer) => shown.has(pointer)) ?? "";
  });
}

/** How many there are of each at a place and below it. */
export function countsBelow(found: readonly Found[], path: Path): Readonly<Record<Severity, number>> {
  const below = found.filter(({ at }) => path.every((part, index) => at[index] === part));
  const count = (severity: Severity) => below.filter((one) => one.severity === severity).length;
  return { wrong: count("wrong"), blocks: count("blocks"), warns: count("warns") };
}

import { addExact, formatDecimal, parseDecimal } from "#domain/decimal.ts";
import type { Plan, Reward } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { addDuration, type NamedWindow } from "#domain/time.ts";
import { compiledMeasure, type Rules } from "./rules.ts";

/** One slice of a reward; the whole campaign has the empty id. */
export type Slice = NamedWindow;

/**
 * The slices of a reward that are decided as of a cut-off: those that began by then, or, with `closedOnly`, those whose
 * late-facts window is over as well. A campaign as a whole is always decided unless only closed slices are asked for.
 */
export function slicesOf(rules: Rules, reward: Reward, asOf: number, closedOnly: boolean): Slice[] {
  return sliceWindows(rules.plan, reward.per).filter(({ id, start, end }) =>
    closedOnly ? isClosed(rules.plan, end, asOf) : hasBegun({ id, start, end }, asOf),
  );
}

/** The campaign as a whole has begun at any time: it is looked at before its first fact. */
export function hasBegun({ id, start }: Slice, asOf: number): boolean {
  return id === "" || start <= asOf;
}

/** Whether everything that happened before an instant, and is not too late, is known. */
export function isClosed({ lateFacts, period }: Plan, end: number, asOf: number): boolean {
  return (addDuration(end, lateFacts, period.zone) ?? Number.POSITIVE_INFINITY) <= asOf;
}

/**
 * The rules as one slice sees them: a slice is decided as if it were a campaign of its own. Its targets are the campaign's
 * targets; memberships are those of its last instant. With `toDate` it reaches back to the first slice, and its targets
 * are the sums of all slices so far.
 */
export function rulesOfSlice(rules: Rules, slice: Slice, before: readonly Slice[] = []): Rules {
  if (slice.id === "") return rules;
  const ids = [...before, slice].map(({ id }) => id);
  const start = before[0]?.start ?? slice.start;
  return {
    ...rules,
    instants: { ...rules.instants, start, end: slice.end, last: slice.end - 1 },
    targets: targetsOfSlices(rules, ids),
  };
}

function targetsOfSlices(rules: Rules, ids: readonly string[]): ReadonlyMap<string, Target> {
  const wanted = new Set(ids);
  const sums = new Map<string, Target>();
  for (const target of rules.targets.values()) {
    if (!wanted.has(target.slice)) continue;
    const whole = { ...target, slice: "" };
    const key = targetKey(whole);
    const other = sums.get(key);
    sums.set(key, other ? { ...whole, value: sumText(rules, target.measure, other.value, target.value) } : whole);
  }
  return sums;
}

function sumText(rules: Rules, measure: string, a: string, b: string): string {
  const { digits } = compiledMeasure(rules, measure);
  const [x, y] = [parseDecimal(a, digits), parseDecimal(b, digits)];
  if (x === undefined || y === undefined) return x === undefined ? a : b;
  return formatDecimal(addExact(x, y), digits);
}

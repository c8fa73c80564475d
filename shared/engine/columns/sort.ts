import type { FactKeys } from "./keys.ts";

const DIGIT = 1 << 16;
/** Below this many, comparing is faster than counting. */
const FEW = 256;
/** Bytes of a key that are compared at once, as an integer. */
const PREFIX_BYTES = 6;

/**
 * Sorts numbers by a value of each, which is an integer that is not negative; equal ones stay in their order. By digits, so that
 * the time is proportional to how many there are.
 *
 * @param ofNumber by number, not by place
 */
export function sortByValue(numbers: Uint32Array, ofNumber: (number: number) => number): void {
  let values: Float64Array = new Float64Array(numbers.length);
  let isSorted = true;
  let before = Number.NEGATIVE_INFINITY;
  let most = 0;
  for (let place = 0; place < numbers.length; place += 1) {
    const value = ofNumber(numbers[place] ?? 0);
    values[place] = value;
    if (value < before) isSorted = false;
    if (value > most) most = value;
    before = value;
  }
  if (isSorted) return;
  let [from, to]: [Uint32Array, Uint32Array] = [numbers, new Uint32Array(numbers.length)];
  let moved: Float64Array = new Float64Array(numbers.length);
  for (let scale = 1; scale <= most; scale *= DIGIT) {
    byDigit(from, to, values, moved, scale);
    [from, to] = [to, from];
    [values, moved] = [moved, values];
  }
  if (from !== numbers) numbers.set(from);
}

function byDigit(from: Uint32Array, to: Uint32Array, values: Float64Array, moved: Float64Array, scale: number): void {
  const places = new Uint32Array(DIGIT + 1);
  for (let at = 0; at < from.length; at += 1) {
    const next = digitOf(values[at] ?? 0, scale) + 1;
    places[next] = (places[next] ?? 0) + 1;
  }
  for (let digit = 0; digit < DIGIT; digit += 1) places[digit + 1] = (places[digit + 1] ?? 0) + (places[digit] ?? 0);
  for (let at = 0; at < from.length; at += 1) {
    const value = values[at] ?? 0;
    const digit = digitOf(value, scale);
    const place = places[digit] ?? 0;
    places[digit] = place + 1;
    to[place] = from[at] ?? 0;
    moved[place] = value;
  }
}

function digitOf(value: number, scale: number): number {
  return Math.floor(value / scale) % DIGIT;
}

/** Sorts numbers of facts by key, by the bytes after those that all have in common. */
export function sortByKey(numbers: Uint32Array, keys: FactKeys): void {
  if (numbers.length <= FEW) {
    numbers.sort((a, b) => keys.compare(a, b));
    return;
  }
  if (isSorted(numbers, keys)) return;
  const common = commonLength(numbers, keys);
  const { all } = keys;
  const prefixOf = (number: number) => {
    const start = keys.startOf(number) + common;
    const end = keys.startOf(number + 1);
    let prefix = 0;
    for (let at = start; at < start + PREFIX_BYTES; at += 1) prefix = prefix * 256 + (at < end ? (all[at] ?? 0) : 0);
    return prefix;
  };
  sortByValue(numbers, prefixOf);
  sortRuns(numbers, prefixOf, (run) => {
    // All of one prefix after what all have in common: some key ends there, and zeros follow in another.
    if (run.length === numbers.length) run.sort((a, b) => keys.compare(a, b));
    else sortByKey(run, keys);
  });
}

/** Sorts numbers by an instant of each, and those of one instant by key. */
export function sortByTime(numbers: Uint32Array, occurredAt: Float64Array, keys: FactKeys): void {
  let first = Number.POSITIVE_INFINITY;
  for (let place = 0; place < numbers.length; place += 1) first = Math.min(first, occurredAt[numbers[place] ?? 0] ?? 0);
  const sinceFirst = (number: number) => (occurredAt[number] ?? 0) - first;
  sortByValue(numbers, sinceFirst);
  sortRuns(numbers, sinceFirst, (run) => sortByKey(run, keys));
}

/** Sorts each run of equal values by itself. */
function sortRuns(
  numbers: Uint32Array,
  ofNumber: (number: number) => number,
  sortRun: (run: Uint32Array) => void,
): void {
  let start = 0;
  let value = ofNumber(numbers[0] ?? 0);
  for (let end = 1; end <= numbers.length; end += 1) {
    const next = end < numbers.length ? ofNumber(numbers[end] ?? 0) : Number.NaN;
    if (next === value) continue;
    if (end - start > 1) sortRun(numbers.subarray(start, end));
    start = end;
    value = next;
  }
}

function isSorted(numbers: Uint32Array, keys: FactKeys): boolean {
  for (let at = 1; at < numbers.length; at += 1) {
    if (keys.compare(numbers[at - 1] ?? 0, numbers[at] ?? 0) > 0) return false;
  }
  return true;
}

function commonLength(numbers: Uint32Array, keys: FactKeys): number {
  const { all } = keys;
  const first = numbers[0] ?? 0;
  const start = keys.startOf(first);
  let common = keys.startOf(first + 1) - start;
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place] ?? 0;
    const own = keys.startOf(number);
    common = Math.min(common, keys.startOf(number + 1) - own);
    for (let at = 0; at < common; at += 1) if (all[own + at] !== all[start + at]) common = at;
  }
  return common;
}

import { order } from "./exact.ts";
import type { Value } from "./reckon.ts";

/** One number or name that a run states otherwise than it was worked out here. */
export interface Difference {
  /** `amount`, `rank`, `trace 3 (gate) threshold`, … */
  readonly at: string;
  readonly stated: string;
  readonly computed: string;
}

/** Sentences are for people; what they say is in the numbers beside them. */
const SENTENCE = "message";

/** Everything in which a stated value departs from a computed one, to the last field. */
export function compare(at: string, stated: unknown, computed: Value): Difference[] {
  if (isList(computed) && Array.isArray(stated)) {
    const steps = Array.from({ length: Math.max(stated.length, computed.length) }, (_, index) => index);
    return steps.flatMap((index) => {
      const item = computed[index];
      return compare(`${at} ${index + 1}${stepName(item ?? stated[index])}`, stated[index], item);
    });
  }
  if (isRecord(computed) && isRecord(stated)) {
    const names = [...new Set([...Object.keys(computed), ...Object.keys(stated)])].filter((name) => name !== SENTENCE);
    return names.sort(order).flatMap((name) => compare(`${at} ${name}`.trim(), stated[name], computed[name]));
  }
  return stated === computed ? [] : [{ at, stated: shown(stated), computed: shown(computed) }];
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isRecord<T>(value: T): value is T & Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stepName(item: unknown): string {
  return isRecord(item) && typeof item.step === "string" ? ` (${item.step})` : "";
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

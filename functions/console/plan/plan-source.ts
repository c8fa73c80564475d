import { readPlanText } from "./plan-text.ts";
import type { Fields } from "./shape.ts";
import { isSame, type Shape, withoutPresets } from "./shape.ts";
import { textOfPlan } from "./yaml-writing.ts";

/** The server keeps what a plan says, and of what was sent as YAML also how it was written. */

/** A plan of the server as people write it: in the schema's order, without what is so anyway. */
export function textOf(shape: Shape, plan: unknown): string {
  return textOfPlan(withoutPresets(shape, plan));
}

/** A plan of the server as it was written, where that is kept; else as {@link textOf}. */
export function writtenOf(shape: Shape, plan: unknown, text: string | undefined): string {
  return text !== undefined && saysPlan(shape, text, plan) ? text : textOf(shape, plan);
}

/** Whether a text says a plan, apart from what is so anyway. */
export function saysPlan(shape: Shape, text: string, plan: unknown): boolean {
  const { value, broken } = readPlanText(text);
  return broken.length === 0 && isSame(withoutPresets(shape, value), withoutPresets(shape, plan));
}

export interface Beginning {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  /** Days, the last one included. */
  readonly from: string;
  readonly to: string;
  /** Moves every other local time of the plan by as many days as the period's start. */
  readonly shifts: boolean;
}

const DAY_MS = 86_400_000;
const LOCAL = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d)?)?$/;

/** `2024-02-29` and 3 → `2024-03-03`. */
export function dayAfter(day: string, days: number): string {
  const ms = Date.parse(`${day}T00:00Z`);
  return Number.isNaN(ms) ? day : new Date(ms + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);
}

/** Every local time below a value, moved by whole days. */
export function shifted(value: unknown, days: number): unknown {
  if (typeof value === "string") {
    const [, day, time = ""] = LOCAL.exec(value) ?? [];
    return day === undefined ? value : dayAfter(day, days) + time;
  }
  if (Array.isArray(value)) return value.map((item) => shifted(item, days));
  if (typeof value !== "object" || value === null) return value;
  const fields: Fields = { ...value };
  return Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, shifted(inner, days)]));
}

/** A local time's day; the whole text where it is none. */
export function dayOf(text: unknown): string {
  const [, day] = LOCAL.exec(String(text)) ?? [];
  return day ?? "";
}

/** `Spring travel 2027` → `spring-travel-2027` */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 64);
}

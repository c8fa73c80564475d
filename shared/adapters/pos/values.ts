import { formatInstant, parseInstant } from "#domain/instant.ts";

/** Looking into JSON that others wrote: own names only, and never an exception. */

export function field(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

export function listAt(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const found = field(value, ...names);
  return Array.isArray(found) ? found : [];
}

/** A text that says something, or a whole number as its digits. */
export function textAt(value: unknown, ...names: readonly string[]): string | undefined {
  const found = field(value, ...names);
  if (typeof found === "string") return found === "" || !found.isWellFormed() ? undefined : found;
  return typeof found === "number" && Number.isSafeInteger(found) ? String(found) : undefined;
}

export function isTrue(value: unknown, ...names: readonly string[]): boolean {
  return field(value, ...names) === true;
}

/** Milliseconds of a time that is written with an offset, or with `zone` where it has none. */
export function timeAt(value: unknown, zone: string, ...names: readonly string[]): number | undefined {
  const text = textAt(value, ...names);
  if (text === undefined) return undefined;
  return parseInstant(text) ?? parseInstant(`${text.replace(" ", "T")}${zone}`);
}

/** The latest of several times; undefined when there is none. */
export function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

export function asText(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}

/** Every value at a path of {@link "#domain/source.ts"}: names, places, `*` for each of a list, `name=value` for those that say so. */
export function valuesAt(root: unknown, path: string): unknown[] {
  let found: unknown[] = [root];
  for (const step of path.split("/")) found = found.flatMap((value) => stepInto(value, step));
  return found;
}

function stepInto(value: unknown, step: string): unknown[] {
  if (Array.isArray(value)) {
    if (step === "*") return value;
    const [name = "", ...rest] = step.split("=");
    if (rest.length > 0) return value.filter((item) => textAt(item, name) === rest.join("="));
    return /^\d{1,6}$/.test(step) && Number(step) < value.length ? [value[Number(step)]] : [];
  }
  const inside = field(value, step);
  return inside === undefined ? [] : [inside];
}

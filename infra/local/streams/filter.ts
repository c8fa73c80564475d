import * as z from "zod";

const OPERATOR = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ exists: z.boolean() }),
]);
type Operator = z.infer<typeof OPERATOR>;

/** Lambda's event filter pattern: an object of objects, whose leaves are lists of what is accepted. */
export type FilterPattern = { readonly [key: string]: FilterPattern | readonly Operator[] };

const patternSchema: z.ZodType<FilterPattern> = z.lazy(() =>
  z.record(z.string(), z.union([z.array(OPERATOR), patternSchema])),
);

/**
 * Lambda's event filtering for stream records: every key of the pattern must match. An operator that Lambda knows and this
 * does not is refused here, at start, rather than silently letting everything through.
 */
export function eventFilter(pattern: unknown): (event: unknown) => boolean {
  const parsed = patternSchema.parse(pattern);
  return (event) => matches(parsed, event);
}

function matches(pattern: FilterPattern, value: unknown): boolean {
  return Object.entries(pattern).every(([key, accepted]) => {
    const found = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
    return isList(accepted) ? accepted.some((operator) => accepts(operator, found)) : matches(accepted, found);
  });
}

function isList(accepted: FilterPattern | readonly Operator[]): accepted is readonly Operator[] {
  return Array.isArray(accepted);
}

function accepts(operator: Operator, found: unknown): boolean {
  if (operator === null || typeof operator !== "object") return found === operator;
  if ("exists" in operator) return (found !== undefined) === operator.exists;
  return typeof found === "string" && found.startsWith(operator.prefix);
}

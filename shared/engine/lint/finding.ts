import type { Problem } from "#domain/problem.ts";

/** `blocks`: the version cannot be activated; `warns`: a person should look at it. */
export const SEVERITIES = ["blocks", "warns"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something unwise in a valid plan. `path` is a JSON pointer in the plan; the message has the numbers. */
export interface Finding extends Problem {
  readonly severity: Severity;
  readonly mend: string;
}

/** Names in a sentence: the first few, and how many more. */
export function listed(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

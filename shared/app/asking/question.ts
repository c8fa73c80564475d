import { Refusal } from "#domain/problem.ts";
import { parseInstantOrLocal } from "#domain/time.ts";

/**
 * An instant that somebody asks about.
 *
 * @throws Refusal("invalid") with its place when it cannot be read
 */
export function instantOfQuestion(text: string, zone: string, path: string): number {
  const instant = parseInstantOrLocal(text, zone);
  if (instant !== undefined) return instant;
  throw new Refusal("invalid", "an instant cannot be read", [
    {
      code: "bad-value",
      path,
      message: `${JSON.stringify(text)} is not an instant`,
      seen: text,
      allowed: `an instant with an offset, or a date and time on the clock of ${zone}`,
      mend: "write it like 2018-10-20T12:00",
    },
  ]);
}

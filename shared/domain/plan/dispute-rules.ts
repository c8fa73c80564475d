import * as z from "zod";
import type { Problem } from "../problem.ts";
import { addDuration, isDuration } from "../time.ts";

/** Whether payees can question what they are paid, and by when both sides have to speak. It is no rule of pay: no run looks at it. */
export const disputeRulesSchema = z.strictObject({
  within: z
    .string()
    .describe(
      "ISO 8601 duration after the line was posted last, on the plan's calendar: until then its payee can question it",
    )
    .meta({ examples: ["P10D"] }),
  decideWithin: z
    .string()
    .describe(
      "ISO 8601 duration after a dispute was opened: one that nobody decided by then is listed as overdue, and stays open",
    )
    .meta({ examples: ["P15D"] }),
});
export type DisputeRules = z.infer<typeof disputeRulesSchema>;

/** Both are durations that the calendar has room for. @param end of the plan's period, local */
export function disputeRuleProblems(disputes: DisputeRules | undefined, end: string): Problem[] {
  if (disputes === undefined) return [];
  return (["within", "decideWithin"] as const).flatMap((field) => {
    const seen = disputes[field];
    // Longer than that nobody means; and a calendar that ends is told here, not when somebody complains.
    if (isDuration(seen) && addDuration(0, seen, "UTC") !== undefined && isWithinCalendar(seen, end)) return [];
    const message = `${seen} is not an ISO 8601 duration that the calendar has room for`;
    return [{ code: "bad-duration", path: `/disputes/${field}`, message, seen, allowed: "P10D, P1M, PT48H, …" }];
  });
}

function isWithinCalendar(duration: string, end: string): boolean {
  const from = Date.parse(`${end}Z`);
  return Number.isNaN(from) || addDuration(from, duration, "UTC") !== undefined;
}

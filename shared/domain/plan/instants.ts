import { addDuration, localToInstant } from "../time.ts";
import type { Plan } from "./plan.ts";

// Apart from the checks, which bring the condition language with them: much code asks for instants alone.

/** The plan's instants: the period, and the last `recordedAt` that still enters the final run. */
export interface PlanInstants {
  readonly start: number;
  readonly end: number;
  /** The period's last instant: the membership in force then is "the one at the period's end". */
  readonly last: number;
  readonly cutOff: number;
  /** Until when facts count for what is looked back on after the end; the end itself without a follow-up. */
  readonly followUpEnd: number;
}

export function planInstants({
  period,
  lateFacts,
  followUp = "P0D",
}: Pick<Plan, "period" | "lateFacts" | "followUp">): PlanInstants {
  const start = localToInstant(period.start, period.zone);
  const end = localToInstant(period.end, period.zone);
  if (start === undefined || end === undefined) throw new RangeError("the plan's period was not checked");
  const cutOff = addDuration(end, lateFacts, period.zone);
  if (cutOff === undefined) throw new RangeError("the plan's late facts were not checked");
  const followUpEnd = addDuration(end, followUp, period.zone);
  if (followUpEnd === undefined) throw new RangeError("the plan's follow-up was not checked");
  return { start, end, last: end - 1, cutOff, followUpEnd };
}

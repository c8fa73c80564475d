import * as z from "zod";
import { slugSchema } from "./ids.ts";
import { formatInstant, instantOf } from "./instant.ts";
import { planInstants } from "./plan/instants.ts";
import { policySchema } from "./plan/parts.ts";
import type { Plan } from "./plan/plan.ts";
import type { Uncounted } from "./plan/uncounted.ts";
import { localToInstant } from "./time.ts";

/** What becomes of sales that units outside a pilot made before it was rolled out. */
export const rollOutPolicySchema = policySchema(
  "which sales of units outside the pilot count after its roll-out on 10 May (here a sale of 3 May)",
  ["fromRollOut", "wholePeriod"],
  {
    fromRollOut: "those from the roll-out on: the sale of 3 May does not count",
    wholePeriod: "those of the whole period: the sale of 3 May counts",
  },
);

export const pilotSchema = z.strictObject({
  units: z.array(slugSchema).min(1).describe("Where it is tried, with all below"),
  since: z.string().describe("When it began"),
  until: z.string().describe("What occurs from here on counts for nobody until the pilot is rolled out"),
  rolledOut: z.strictObject({ at: z.string(), others: rollOutPolicySchema }).exactOptional(),
});
export type Pilot = z.infer<typeof pilotSchema>;

export const pauseSchema = z.strictObject({
  from: z.string(),
  until: z.string().exactOptional().describe("Absent while it lasts"),
  counts: z.boolean().describe("Whether what occurs meanwhile counts"),
  reason: z.string(),
});
export type Pause = z.infer<typeof pauseSchema>;

export const stopSchema = z.strictObject({
  end: z.string().describe("Local date-time of the plan's zone: where the period ends instead"),
  at: z.string().describe("When it was decided: the final run knows all that was recorded until then"),
  reason: z.string(),
});
export type Stop = z.infer<typeof stopSchema>;

/**
 * How a campaign is conducted, beside its plan: where it is piloted, when it paused, that it was stopped. It is kept with the campaign and
 * holds for whichever version is in force.
 */
export const conductSchema = z.strictObject({
  pilot: pilotSchema.exactOptional(),
  pauses: z.array(pauseSchema).exactOptional(),
  stop: stopSchema.exactOptional(),
});
export type Conduct = z.infer<typeof conductSchema>;

/**
 * The plan that is computed by: the version's, with how the campaign is conducted written into it. It is a plan like any other, so that
 * workers, settlements, boards and whoever checks a published run all mean the same; without conduct it is the version's own.
 */
export function planInEffect(plan: Plan, conduct: Conduct | undefined): Plan {
  if (!conduct) return plan;
  const uncounted = [...pilotUncounted(conduct.pilot), ...(conduct.pauses ?? []).flatMap(pauseUncounted)];
  return stopped(
    {
      ...plan,
      ...piloted(plan, conduct.pilot),
      ...(uncounted.length === 0 ? {} : { uncounted: [...(plan.uncounted ?? []), ...uncounted] }),
    },
    conduct.stop,
  );
}

function pilotUncounted(pilot: Pilot | undefined): Uncounted[] {
  if (!pilot) return [];
  const { units, until, rolledOut } = pilot;
  const scope = { id: "pilot-scope", outside: [...units] };
  if (!rolledOut) return [scope, { id: "pilot-over", from: until }];
  return rolledOut.others === "wholePeriod" ? [] : [{ ...scope, until: rolledOut.at }];
}

function pauseUncounted({ from, until, counts }: Pause): Uncounted[] {
  // Resumed at the instant it began, it left nothing out.
  if (counts || until === from) return [];
  return [{ id: "paused", from, ...(until === undefined ? {} : { until }) }];
}

/** While it is a pilot nobody else is judged: a penalty for selling nothing is not for those who could not sell. */
function piloted({ audience }: Plan, pilot: Pilot | undefined): Partial<Pick<Plan, "audience">> {
  if (!pilot || pilot.rolledOut) return {};
  return { audience: { ...audience, units: [...pilot.units], membership: audience.membership ?? "occurrence" } };
}

/**
 * The period ends there. Windows after it are gone; one that it cuts ends there too. The time for late facts lasts until the stop was
 * decided: no run that was posted before knows more than the final one.
 */
function stopped(plan: Plan, stop: Stop | undefined): Plan {
  if (!stop) return plan;
  const { zone } = plan.period;
  const { end } = stop;
  const period = { ...plan.period, end };
  const at = localToInstant(end, zone);
  if (at === undefined) return { ...plan, period };
  const instant = (local: string) => localToInstant(local, zone) ?? Number.NEGATIVE_INFINITY;
  const windows = plan.windows.map((list) => ({
    ...list,
    windows: list.windows
      .filter(({ start }) => instant(start) < at)
      .map((window) => (instant(window.end) <= at ? window : { ...window, end })),
  }));
  const cut = { ...plan, period, windows };
  const decided = Date.parse(stop.at);
  if (decided <= planInstants(cut).cutOff) return cut;
  return { ...cut, lateFacts: `PT${Math.ceil((decided - at) / 1000)}S` };
}

/** The pause that lasts. */
export function openPause(conduct: Conduct | undefined): Pause | undefined {
  return conduct?.pauses?.find(({ until }) => until === undefined);
}

/** Ends the pause that lasts, if one does; never before it began. */
export function resumed(conduct: Conduct, now: number): Conduct {
  if (!conduct.pauses) return conduct;
  const pauses = conduct.pauses.map((pause) =>
    pause.until === undefined ? { ...pause, until: formatInstant(Math.max(now, instantOf(pause.from))) } : pause,
  );
  return { ...conduct, pauses };
}

import { calendarSlices, localToInstant, type NamedWindow } from "../time.ts";
import { planInstants } from "./instants.ts";
import type { Per } from "./parts.ts";
import type { Plan } from "./plan.ts";

/**
 * The slices that a plan's period falls into, in order. Calendar slices are cut at the period's ends; listed windows stand as
 * the plan lists them; the whole campaign is one slice with the empty id.
 */
export function sliceWindows(
  plan: Pick<Plan, "period" | "lateFacts" | "windows">,
  per: Per = "campaign",
): NamedWindow[] {
  const { start, end } = planInstants(plan);
  if (per === "campaign") return [{ id: "", start, end }];
  const { zone } = plan.period;
  if (typeof per === "string") return calendarSlices(start, end, per, zone);
  const list = plan.windows.find(({ id }) => id === per.windows)?.windows ?? [];
  return list.map((window) => {
    const [from, to] = [localToInstant(window.start, zone), localToInstant(window.end, zone)];
    if (from === undefined || to === undefined) throw new RangeError(`window ${window.id} was not checked`);
    return { id: window.id, start: from, end: to };
  });
}

import type { Problem } from "../../problem.ts";
import { isZone, localToInstant } from "../../time.ts";
import type { Plan } from "../plan.ts";

/** What is wrong with the lists of windows that rewards can be sliced by. */
export function windowProblems({ windows, period }: Plan): Problem[] {
  if (!isZone(period.zone)) return [];
  return windows.flatMap((list, index) => listProblems(list, period, `/windows/${index}/windows`));
}

type List = Plan["windows"][number];

function listProblems({ id: list, windows }: List, period: Plan["period"], path: string): Problem[] {
  const instant = (local: string) => localToInstant(local, period.zone);
  const [first, last] = [instant(period.start), instant(period.end)];
  return windows.flatMap(({ id, start, end }, index): Problem[] => {
    const at = `${path}/${index}`;
    if (windows.findIndex((other) => other.id === id) !== index) {
      const message = `${id} stands twice in the windows ${list}`;
      return [{ code: "duplicate-id", path: `${at}/id`, message, seen: id, mend: "give each its own id" }];
    }
    const [from, to] = [instant(start), instant(end)];
    if (from === undefined || to === undefined) {
      const [field, seen] = from === undefined ? ["start", start] : ["end", end];
      const message = `${seen} is not one instant in ${period.zone}`;
      const allowed =
        "a local date-time without offset, such as 2018-05-01T00:00, that the zone's clock shows exactly once";
      return [{ code: "bad-local-time", path: `${at}/${field}`, message, seen, allowed }];
    }
    if (from >= to) {
      const message = `the window ${id} ends at ${end}, not after it starts at ${start}`;
      return [{ code: "empty-window", path: `${at}/end`, message, seen: end, allowed: `later than ${start}` }];
    }
    if (first !== undefined && last !== undefined && (to <= first || from >= last)) {
      const message = `the window ${id} lies outside the period, where no fact counts`;
      const allowed = `from ${period.start} to ${period.end}`;
      return [{ code: "window-outside-period", path: at, message, seen: `${start} to ${end}`, allowed }];
    }
    const before = windows[index - 1];
    const beforeEnd = before && instant(before.end);
    if (!before || beforeEnd === undefined || beforeEnd <= from) return [];
    const message = `the window ${id} starts at ${start}, before ${before.id} ends at ${before.end}`;
    return [
      {
        code: "overlapping-windows",
        path: `${at}/start`,
        message,
        seen: start,
        mend: "list the windows in order of time, each starting where the one before ends or later",
      },
    ];
  });
}

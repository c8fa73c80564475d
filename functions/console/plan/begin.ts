import { type Edit, editPlanText } from "./plan-edit.ts";
import { type Beginning, dayAfter, dayOf, daysBetween, shifted } from "./plan-source.ts";
import { readPlanText } from "./plan-text.ts";
import { isFields, isSame, type Path, valueAt } from "./shape.ts";

/** A new plan from a text: its id, names and period, and the other dates moved along. Comments stay. */
export function begun(text: string, beginning: Beginning): string {
  const { value } = readPlanText(text);
  const days = daysBetween(dayOf(valueAt(value, ["period", "start"])), beginning.from);
  const edits: Edit[] = [
    { do: "set", path: ["id"], value: beginning.id },
    { do: "set", path: ["name", "en"], value: beginning.en },
    ...(beginning.zh === "" ? zhGone(value) : [set(["name", "zh"], beginning.zh)]),
    ...(beginning.shifts && Number.isFinite(days) ? shifts(value, days) : []),
    set(["period", "start"], `${beginning.from}T00:00`),
    set(["period", "end"], `${dayAfter(beginning.to, 1)}T00:00`),
  ];
  return edits.reduce(editPlanText, text);
}

function set(path: Path, value: unknown): Edit {
  return { do: "set", path, value };
}

function zhGone(plan: unknown): Edit[] {
  return valueAt(plan, ["name", "zh"]) === undefined ? [] : [{ do: "remove", path: ["name", "zh"] }];
}

/** One edit a date, so that everything around it stays as it is written. */
function shifts(plan: unknown, days: number): Edit[] {
  const moved = shifted(plan, days);
  return placesThatDiffer(plan, moved, []).map((path) => set(path, valueAt(moved, path)));
}

function placesThatDiffer(before: unknown, after: unknown, path: Path): Path[] {
  if (isSame(before, after)) return [];
  const keys = isFields(before) ? Object.keys(before) : Array.isArray(before) ? before.map((_, at) => at) : undefined;
  if (keys === undefined) return [path];
  return keys.flatMap((key) => placesThatDiffer(valueAt(before, [key]), valueAt(after, [key]), [...path, key]));
}

/** What every plan has, and nothing that somebody has to decide. */
export const EMPTY_PLAN = `schema: laurel.plan/1
id: new-campaign
name: { en: New campaign }
currency: CNY
period: { start: 2027-01-01T00:00, end: 2027-04-01T00:00, zone: Asia/Shanghai }
lateFacts: P15D

# Conditions that every sale must meet; the first that it does not is the reason that is told.
counts: []

crediting: { to: seller, rollUp: occurrence }

measures:
  - { id: sales, name: { en: sales, zh: 销售额 }, aggregate: sum, of: amount }

rewards: []
`;

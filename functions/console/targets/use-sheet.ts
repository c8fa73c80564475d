import { useMemo, useState } from "react";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { Plan } from "../api/plan-names.ts";
import { useEverything } from "../api/use-everything.ts";
import { lineageOf, type Unit, useUnits } from "../api/use-units.ts";
import { type Column, columnsWith, isAsked, type Row, storedValues } from "./sheet.ts";

/** People that are fetched for the rows; more are found by choosing a unit. */
const PEOPLE_MOST = 1_000;

export type Kind = "units" | "people";

export interface Filter {
  readonly kind: Kind;
  readonly unit: string | undefined;
  readonly search: string;
  readonly measure: string | undefined;
  readonly slice: string | undefined;
}

/** Everything that the grid of a campaign's targets shows, and what of it is chosen. */
export function useSheet(campaign: string, plan: Plan | undefined) {
  const { may } = useCaller();
  const targets = useEverything("listTargets", { params: { campaign }, query: { limit: 200 } });
  const asked = useAnswer("listTargetColumns", { params: { campaign } });
  const units = useUnits();
  const [chosen, choose] = useState<Partial<Filter>>({});
  const stored = useMemo(() => storedValues(targets.data?.pages.flatMap(({ items }) => items) ?? []), [targets.data]);
  const columns = useMemo(
    () => columnsWith(asked.data?.items ?? [], targets.data?.pages.flatMap(({ items }) => items) ?? []),
    [asked.data, targets.data],
  );
  const levels = useMemo(
    () => new Set(columns.flatMap(({ asked: askers }) => askers.map(({ level }) => level))),
    [columns],
  );
  const withTargets = useMemo(() => new Set([...stored.keys()].map((key) => key.split("#")[0] ?? "")), [stored]);
  const below = (unit: string, above: string) => lineageOf(unit, units.byId).some((one) => one.unit === above);
  const asks = (row: Row, column: Column) => isAsked(column, row, below);
  const ofUnits = useMemo((): readonly Row[] => {
    const isBelow = (unit: string, above: string) => lineageOf(unit, units.byId).some((one) => one.unit === above);
    return (units.units ?? [])
      .map(({ unit, name, level }) => ({ subject: unit, name, level, lineage: idsOf(unit, units.byId) }))
      .filter((row) => withTargets.has(row.subject) || columns.some((column) => isAsked(column, row, isBelow)));
  }, [units.units, units.byId, columns, withTargets]);
  const hasPeople = levels.has("participant") || [...withTargets].some((subject) => !units.byId.has(subject));
  const kind = chosen.kind ?? (ofUnits.length > 0 || !hasPeople ? "units" : "people");
  const filter: Filter = {
    kind,
    unit: chosen.unit,
    search: chosen.search ?? "",
    measure: chosen.measure,
    slice: chosen.slice,
  };
  const on = plan === undefined ? undefined : dayWithin(plan);
  const people = useEverything(
    "listPeople",
    {
      query: {
        limit: 200,
        ...(filter.unit === undefined ? {} : { unit: filter.unit }),
        ...(on === undefined ? {} : { on }),
      },
    },
    { enabled: kind === "people" && may("listPeople"), most: PEOPLE_MOST },
  );
  const rows = useMemo((): readonly Row[] => {
    if (kind === "units") return ofUnits;
    return (people.data?.pages.flatMap(({ items }) => items) ?? []).map(({ participantId, memberships }) => {
      const then = memberships.find(({ from, to }) => isInForce(from, to, on));
      return {
        subject: participantId,
        name: memberships.at(-1)?.name ?? participantId,
        level: "participant",
        ...(then === undefined ? {} : { role: then.role }),
        lineage: then === undefined ? [] : idsOf(then.unit, units.byId),
      };
    });
  }, [kind, ofUnits, people.data, units.byId, on]);
  return {
    targets,
    asked,
    units,
    people,
    stored,
    asks,
    /** The smallest, where somebody wrote between two pages: saving is refused then, and all is read again. */
    revision: Math.min(...(targets.data?.pages.map(({ revision }) => revision) ?? [0])),
    columns,
    shownColumns: columns.filter((column) => isShown(column, filter, kind)),
    rows: rows.filter((row) => `${row.subject} ${row.name}`.toLowerCase().includes(filter.search.toLowerCase())),
    allRows: rows,
    filter,
    choose: (changes: Partial<Filter>) => choose({ ...chosen, ...changes }),
    kinds: { units: ofUnits.length > 0, people: hasPeople },
  };
}

export type Sheet = ReturnType<typeof useSheet>;

function idsOf(unit: string, byId: ReadonlyMap<string, Unit>): readonly string[] {
  return lineageOf(unit, byId).map((one) => one.unit);
}

function isInForce(from: string | null, to: string | null, day: string | undefined): boolean {
  return day === undefined ? to === null : (from === null || from <= day) && (to === null || day < to);
}

function isShown({ measure, slice, asked }: Column, filter: Filter, kind: Kind): boolean {
  if (filter.measure !== undefined && filter.measure !== measure) return false;
  if (filter.slice !== undefined && filter.slice !== slice) return false;
  if (asked.length === 0) return true;
  return asked.some(({ level }) => (level === "participant") === (kind === "people"));
}

/** Today, or the day of the period that is nearest to it: who takes part then. */
function dayWithin({ period }: Plan): string {
  const today = new Date().toISOString().slice(0, 10);
  const first = period.start.slice(0, 10);
  // The end is the first instant that is no longer in the period.
  const last = new Date(new Date(`${period.end.slice(0, 16)}Z`).getTime() - 60_000).toISOString().slice(0, 10);
  return today < first ? first : today > last ? last : today;
}

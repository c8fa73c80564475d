import type { Answer } from "../api/client.ts";

export type Boards = Answer<"getBoards">;
export type Board = Boards["boards"][number];
export type BoardRow = Board["rows"][number];
export type ProgressRow = Boards["progress"][number];

/** Whose way to their values is looked at. */
export interface Subject {
  readonly kind: "participant" | "unit";
  readonly id: string;
  readonly name: string;
}

/** Units on their way to their targets, with the race that they run, where there is one. */
export interface RaceGroup {
  readonly level: string;
  readonly measure: string;
  readonly rows: readonly ProgressRow[];
  readonly board: Board | undefined;
}

export function racesOf({ progress, boards }: Boards): RaceGroup[] {
  const groups = Map.groupBy(
    progress.filter(({ targets }) => targets.length > 0),
    ({ level, measure }) => `${level} ${measure}`,
  );
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { level, measure } = first;
    const board = boards.find((one) => one.kind === "race" && one.level === level && one.measure === measure);
    return [{ level, measure, rows: sorted(rows, board), board }];
  });
}

/** Places first, in order; then by how far they are on the way. */
function sorted(rows: readonly ProgressRow[], board: Board | undefined): ProgressRow[] {
  const ranks = new Map(board?.rows.map(({ subject, rank }) => [subject, rank]));
  const rank = (unit: string) => ranks.get(unit) ?? Number.POSITIVE_INFINITY;
  const far = ({ targets }: ProgressRow) => Math.max(...targets.map((target) => target.percent));
  return [...rows].sort((a, b) => compare(rank(a.unit), rank(b.unit)) || far(b) - far(a));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export interface Reached {
  readonly key: string;
  readonly name: string;
  readonly label: string;
}

/** Every target that a unit has reached. */
export function reachedTargets({ progress }: Boards): Reached[] {
  return progress.flatMap(({ unit, name, measure, targets }) =>
    targets.flatMap(({ label, reached }) => (reached ? [{ key: `${unit} ${measure} ${label}`, name, label }] : [])),
  );
}

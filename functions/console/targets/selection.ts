import type { Place } from "./clipboard.ts";

/** Where somebody stands in the grid, and from where they have marked. */
export interface Selection {
  readonly anchor: Place;
  readonly active: Place;
}

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export const FIRST: Selection = at({ row: 0, column: 0 });

export function at(place: Place): Selection {
  return { anchor: place, active: place };
}

/** Its corners, first above and left of last. */
export function cornersOf({ anchor, active }: Selection): { readonly first: Place; readonly last: Place } {
  return {
    first: { row: Math.min(anchor.row, active.row), column: Math.min(anchor.column, active.column) },
    last: { row: Math.max(anchor.row, active.row), column: Math.max(anchor.column, active.column) },
  };
}

export function isWithin({ row, column }: Place, selection: Selection): boolean {
  const { first, last } = cornersOf(selection);
  return row >= first.row && row <= last.row && column >= first.column && column <= last.column;
}

/** Rows and columns may have become fewer since. */
export function kept({ anchor, active }: Selection, size: Size): Selection {
  return { anchor: inside(anchor, size), active: inside(active, size) };
}

function inside({ row, column }: Place, { rows, columns }: Size): Place {
  const clamped = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  return { row: clamped(row, rows), column: clamped(column, columns) };
}

export interface Key {
  readonly key: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
}

const ROWS_A_PAGE = 15;

/**
 * Where a key leads; undefined: it is no key of the grid's, or the grid ends there and the next thing on the page has its turn.
 */
export function moved(selection: Selection, { key, shift, ctrl }: Key, size: Size): Selection | undefined {
  const { active } = selection;
  if (key === "Tab") return tabbed(active, shift, size);
  if (key === "Enter") return at(inside({ ...active, row: active.row + (shift ? -1 : 1) }, size));
  const to = target(active, key, ctrl, size);
  if (to === undefined) return undefined;
  return shift ? { ...selection, active: inside(to, size) } : at(inside(to, size));
}

function target({ row, column }: Place, key: string, ctrl: boolean, { rows, columns }: Size): Place | undefined {
  switch (key) {
    case "ArrowUp":
      return { row: ctrl ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: ctrl ? rows : row + 1, column };
    case "ArrowLeft":
      return { row, column: ctrl ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: ctrl ? columns : column + 1 };
    case "Home":
      return { row: ctrl ? 0 : row, column: 0 };
    case "End":
      return { row: ctrl ? rows : row, column: columns };
    case "PageUp":
      return { row: row - ROWS_A_PAGE, column };
    case "PageDown":
      return { row: row + ROWS_A_PAGE, column };
    default:
      return undefined;
  }
}

/** From row to row; before the first cell and behind the last one out of the grid. */
function tabbed({ row, column }: Place, back: boolean, { rows, columns }: Size): Selection | undefined {
  const index = row * columns + column + (back ? -1 : 1);
  if (index < 0 || index >= rows * columns) return undefined;
  return at({ row: Math.floor(index / columns), column: index % columns });
}

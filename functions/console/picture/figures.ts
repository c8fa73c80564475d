/** What is drawn of a plan: charts as numbers, each with the same as a table. */

export type Point = readonly [x: number, y: number];

/** A stretch of a curve without a jump. Where it begins or ends with one, its ends belong to it or not. */
export interface Piece {
  readonly points: readonly Point[];
  readonly startsIn: boolean;
  readonly endsIn: boolean;
}

export interface Curve {
  readonly kind: "curve";
  readonly x: string;
  readonly y: string;
  /** Marks on the x axis are parts of a target. */
  readonly xIsPart: boolean;
  readonly yIsMoney: boolean;
  readonly lines: readonly { readonly name: string; readonly pieces: readonly Piece[] }[];
  /** Where bands begin. */
  readonly marks: readonly number[];
}

export interface Bars {
  readonly kind: "bars";
  readonly y: string;
  readonly unit: "money" | "part" | "number";
  readonly items: readonly { readonly name: string; readonly value: number }[];
}

export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Figure {
  readonly title: string;
  readonly chart?: Curve | Bars;
  readonly table: Sheet;
  /** What the drawing supposes. */
  readonly note?: string;
}

/** One piece without jumps. */
export function smooth(points: readonly Point[]): Piece[] {
  return points.length < 2 ? [] : [{ points, startsIn: true, endsIn: true }];
}

/**
 * A curve through its value at x, looked at between the marks. Where it jumps a new piece begins.
 *
 * @param edge to which side a value exactly at a mark belongs
 */
export function piecesOf(
  at: (x: number) => number,
  marks: readonly number[],
  edge: "lower" | "upper",
  steps = 1,
): Piece[] {
  const pieces: Piece[] = [];
  const size = Math.max(...marks.map((mark) => Math.abs(at(mark))), 1e-9);
  marks.slice(0, -1).forEach((from, index) => {
    const to = marks[index + 1] ?? from;
    const tiny = (to - from) / 1e6;
    const inner = Array.from({ length: steps - 1 }, (_, step) => from + ((to - from) * (step + 1)) / steps);
    const points: Point[] = [[from, at(from + tiny)], ...inner.map((x): Point => [x, at(x)]), [to, at(to - tiny)]];
    const last = pieces.at(-1);
    const jumps = last === undefined || Math.abs((last.points.at(-1)?.[1] ?? 0) - (points[0]?.[1] ?? 0)) > size * 1e-4;
    if (last !== undefined && !jumps) {
      pieces[pieces.length - 1] = { ...last, points: [...last.points, ...points.slice(1)] };
      return;
    }
    if (last !== undefined) pieces[pieces.length - 1] = { ...last, endsIn: edge === "lower" };
    pieces.push({ points, startsIn: last === undefined || edge === "upper", endsIn: true });
  });
  return pieces;
}

/** A round number at or above, so that axes end where people expect it. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** How differences are spread: how many lie in which stretch. Floats serve for drawing only. */

export interface Bucket {
  /** Exclusive below zero at its upper end, exclusive above zero at its lower end; 0 and 0 of those without a difference. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const SIDES = 6;

/** @param differences decimal texts */
export function bucketsOf(differences: readonly string[]): Bucket[] {
  const values = differences.map(Number).filter(Number.isFinite);
  const below = values.filter((value) => value < 0).map((value) => -value);
  const above = values.filter((value) => value > 0);
  const same = values.length - below.length - above.length;
  const step = stepOf(Math.max(...below, ...above, 0));
  const less = sideOf(below, step).map(({ from, to, count }) => ({ from: -to, to: -from, count }));
  return [...less.reverse(), { from: 0, to: 0, count: same }, ...sideOf(above, step)];
}

/** Round stretches, at most six on a side. */
function stepOf(most: number): number {
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most / SIDES));
  return ([1, 2, 5, 10].find((one) => one * power * SIDES >= most) ?? 10) * power;
}

function sideOf(sizes: readonly number[], step: number): Bucket[] {
  const last = Math.ceil(Math.max(...sizes, 0) / step - 1e-9);
  return Array.from({ length: last }, (_, index) => {
    const [from, to] = [index * step, (index + 1) * step];
    const isLast = index === last - 1;
    return { from, to, count: sizes.filter((size) => size > from && (size <= to || isLast)).length };
  });
}

import type { Problem } from "../../problem.ts";
import type { PrizeBand } from "../parts.ts";

/** Bands must run 1..n: a gap pays nobody in between, an overlap pays a place twice. */
export function prizeProblems(prizes: readonly PrizeBand[], path: string): Problem[] {
  let expected = 1;
  const problems: Problem[] = [];
  prizes.forEach((band, index) => {
    if (band.from !== expected) {
      problems.push({
        code: band.from > expected ? "band-gap" : "band-overlap",
        path: `${path}/${index}/from`,
        message: `places ${band.from} to ${band.to} do not follow on the places before, which end at ${expected - 1}`,
        seen: String(band.from),
        allowed: String(expected),
      });
    }
    if (band.to < band.from) {
      problems.push({
        code: "band-reversed",
        path: `${path}/${index}/to`,
        message: `the band ends at place ${band.to}, before it starts at ${band.from}`,
        seen: String(band.to),
        allowed: `${band.from} or more`,
      });
    }
    expected = Math.max(band.to, band.from) + 1;
  });
  return problems;
}

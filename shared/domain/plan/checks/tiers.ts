import type { Problem } from "../../problem.ts";
import type { Measure } from "../plan.ts";
import type { TiersReward } from "../rewards/tiers.ts";
import { differenceOf, markProblems } from "./marks.ts";
import { isMoney, isUnits, unitOfMoney } from "./units.ts";

/** Bands follow on one another: a gap pays nobody in between, an overlap prices a part twice. */
export function tierProblems(
  { bands, by, mode, scope, measure: id }: TiersReward,
  measure: Measure | undefined,
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  if (by !== "value" && scope === "perFact") {
    problems.push({
      code: "policy-impossible",
      path: `${path}/scope`,
      message: "a target is for the whole campaign, and no single sale attains it",
      seen: "perFact",
      allowed: "cumulative",
    });
  }
  bands.forEach((band, index) => {
    const at = `${path}/bands/${index}`;
    problems.push(...markProblems(by, band.from, `${at}/from`));
    if (band.to !== undefined) problems.push(...markProblems(by, band.to, `${at}/to`));
    const before = bands[index - 1];
    if (before && before.to !== undefined && differenceOf(band.from, before.to) !== 0) {
      const gap = differenceOf(band.from, before.to) > 0;
      problems.push({
        code: gap ? "band-gap" : "band-overlap",
        path: `${at}/from`,
        message: `the band starts at ${band.from}, and the one before ends at ${before.to}: ${gap ? "what lies between is in no band" : "what lies between is in two bands"}`,
        seen: band.from,
        allowed: before.to,
        mend: "start where the band before ends; `edge` says to which of the two the boundary belongs",
      });
    }
    if (band.to !== undefined && differenceOf(band.to, band.from) <= 0) {
      problems.push({
        code: "band-reversed",
        path: `${at}/to`,
        message: `the band ends at ${band.to}, not after it starts at ${band.from}`,
        seen: band.to,
        allowed: `more than ${band.from}`,
      });
    }
    if (band.to === undefined && index < bands.length - 1) {
      problems.push({
        code: "band-endless",
        path: `${at}/to`,
        message: "only the last band may go on without end; no value reaches those after this one",
        mend: `add to: "${bands[index + 1]?.from}"`,
      });
    }
    if (band.to === undefined && (band.mode ?? mode) === "interpolated") {
      problems.push({
        code: "policy-impossible",
        path: `${at}/to`,
        message: "an interpolated band grows to its full rate at its end, so it must have one",
        mend: "add to, or another mode for this band",
      });
    }
    if (band.rate === undefined && band.perUnit === undefined && band.flat === undefined) {
      problems.push({
        code: "band-empty",
        path: at,
        message: "the band does not say what it pays",
        mend: 'add rate, perUnit or flat; flat: "0" where it pays nothing',
      });
    }
    if (measure && isMoney(measure) && band.perUnit !== undefined) problems.push(unitOfMoney(`${at}/perUnit`, id));
    if (measure && isUnits(measure) && band.rate !== undefined) {
      problems.push({
        code: "rate-of-amount",
        path: `${at}/rate`,
        message: `a rate is of money, and ${id} does not sum the amount`,
        seen: band.rate,
        mend: "use perUnit or flat, or a measure that sums the amount",
      });
    }
  });
  return problems;
}

import type { RaceReward } from "#domain/plan/rewards/race.ts";
import { Cannot } from "../book.ts";
import { order } from "../exact.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner, reaching } from "../reckon.ts";
import { bandOf, prizeOf } from "./prizes.ts";

/** Prizes for those who reach a target first, then for those who reach its fallbacks. */
export function race(reckoner: Reckoner, reward: RaceReward, candidates: readonly Candidate[]): Reckoned[] {
  const text = (value: bigint) => reckoner.valueText(reward.measure, value);
  const runners = candidates
    .filter(({ passes }) => passes)
    .map((candidate) => {
      const legs = reward.targets.map((label) => {
        const threshold = reckoner.target(candidate.id, reward.measure, label);
        if (threshold === undefined) throw new Cannot(`${candidate.id} has no target ${label}`);
        const reached = reaching(candidate.sales, threshold);
        const missing = reached ? undefined : text(threshold - candidate.value);
        const step: Numbers = {
          step: "reach",
          target: label,
          threshold: text(threshold),
          reached: reached && {
            at: reckoner.time(reached.sale.at),
            fact: reached.sale.key,
            value: text(reached.running),
          },
          missing,
        };
        return { label, reached, missing, step };
      });
      // The leg that decides: the first of the plan's targets that was reached.
      const leg = legs.findIndex(({ reached }) => reached !== undefined);
      return { candidate, legs, leg, label: legs[leg]?.label, sale: legs[leg]?.reached?.sale };
    });
  const finishers = runners
    .flatMap((runner) => (runner.sale ? [{ ...runner, sale: runner.sale }] : []))
    .sort(
      (a, b) =>
        a.leg - b.leg ||
        a.sale.at - b.sale.at ||
        order(a.sale.key, b.sale.key) ||
        order(a.candidate.id, b.candidate.id),
    );
  const neighbour = (index: number) => {
    const other = finishers[index];
    if (!other) return undefined;
    const { candidate, label, sale } = other;
    return { subject: candidate.id, value: text(candidate.value), target: label, at: reckoner.time(sale.at) };
  };
  const placed = finishers.map(({ candidate, legs, label, sale }, index): Reckoned => {
    const rank = index + 1;
    const band = bandOf(reward.prizes, rank);
    const amount = prizeOf(reckoner, reward.prizes, rank);
    const place: Numbers = {
      step: "place",
      rank,
      of: finishers.length,
      by: { rule: "target", target: label },
      ahead: neighbour(index - 1),
      behind: neighbour(index + 1),
    };
    const outcome: Numbers = band
      ? { step: "prize", from: band.from, to: band.to, pooled: false, amount: reckoner.moneyText(amount) }
      : { step: "nothing", reason: "places-taken" };
    const trace = [...candidate.trace, ...legs.map(({ step }) => step), place, outcome];
    return { payee: candidate.payee, amount, rank, trace, claims: [{ at: sale.at, fact: sale.key, amount }] };
  });
  const unplaced = runners
    .filter(({ sale }) => !sale)
    .map(({ candidate: { payee, trace }, legs }): Reckoned => {
      const nothing = { step: "nothing", reason: "target-not-reached", missing: legs.at(-1)?.missing };
      return { payee, amount: 0n, trace: [...trace, ...legs.map(({ step }) => step), nothing] };
    });
  return [...placed, ...unplaced, ...candidates.filter(({ passes }) => !passes).map(failing)];
}

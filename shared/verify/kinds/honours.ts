import type { HonourReward } from "#domain/plan/rewards/honour.ts";
import type { Award, Earlier } from "../award.ts";
import { order } from "../exact.ts";
import { isBelow, lowest } from "../fractions.ts";
import { positionText } from "../positions.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner, reaching } from "../reckon.ts";

/** A badge for a slice: for the best, or for all who are at a mark; where nobody earns it, it stays or is vacant. */
export function honour(reckoners: readonly Reckoner[], reward: HonourReward, earlier: Earlier): Reckoned[][] {
  let before: readonly string[] = [];
  return reckoners.map((reckoner) => {
    const { candidates, barred } = reckoner.field(reward);
    const taking = candidates.filter(({ passes }) => passes);
    const { earners, thenId } = earnersOf(reckoner, reward, taking, earlier);
    const kept = earners.length === 0 && reward.nobody === "keeps" ? before : [];
    const held = before;
    const step = (how: string, more: Numbers = {}) => {
      return { step: "honour", badge: reward.badge, of: taking.length, how, before: held, ...more };
    };
    const awards = earners.map(({ id, payee, trace, ...own }): Reckoned => {
      const value = positionText(reckoner, reward, reachedBy(reckoner, reward, own));
      const ranking = "winnerOf" in reward.to ? reward.to.winnerOf : undefined;
      const more = { value, threshold: markOf(reckoner, reward, id), ranking, thenId: thenId || undefined };
      return { payee, amount: 1n, trace: [...trace, step(held.includes(id) ? "again" : "new", more)] };
    });
    const stays = kept.map((id): Reckoned => {
      const payee = { kind: reward.level === "participant" ? "participant" : "unit", id } as const;
      const own = candidates.find((candidate) => candidate.id === id);
      return { payee, amount: 1n, trace: [...(own?.trace ?? []), step("kept")] };
    });
    const without = candidates
      .filter((candidate) => !earners.includes(candidate) && !kept.includes(candidate.id))
      .map((candidate): Reckoned => {
        if (!candidate.passes) return failing(candidate);
        const { payee, trace } = candidate;
        return { payee, amount: 0n, trace: [...trace, { step: "nothing", reason: "not-honoured" }] };
      });
    before = [...earners.map(({ id }) => id), ...kept].sort(order);
    return [...barred.filter(({ payee }) => !kept.includes(payee.id)), ...awards, ...stays, ...without];
  });
}

function reachedBy(
  reckoner: Reckoner,
  { measure }: HonourReward,
  { value, ratio }: Pick<Candidate, "value" | "ratio">,
) {
  return lowest(ratio ?? reckoner.measured(measure, value));
}

function markOf(reckoner: Reckoner, { to, measure }: HonourReward, id: string): string | undefined {
  return "atLeast" in to ? reckoner.valueText(measure, reckoner.threshold(measure, to.atLeast, id)) : undefined;
}

function earnersOf(
  reckoner: Reckoner,
  reward: HonourReward,
  taking: readonly Candidate[],
  earlier: Earlier,
): { readonly earners: readonly Candidate[]; readonly thenId: boolean } {
  const { to, measure } = reward;
  const at = (candidate: Candidate) => reachedBy(reckoner, reward, candidate);
  if ("atLeast" in to) {
    const mark = (id: string) => reckoner.measured(measure, reckoner.threshold(measure, to.atLeast, id));
    return { earners: taking.filter((own) => !isBelow(at(own), mark(own.id))), thenId: false };
  }
  if ("winnerOf" in to) {
    const won = new Set(winners(earlier(to.winnerOf), reckoner.span.id));
    return { earners: taking.filter(({ id }) => won.has(id)), thenId: false };
  }
  const best = taking.filter((own) => !taking.some((other) => isBelow(at(own), at(other))));
  if (to.best === "all" || best.length < 2) return { earners: best, thenId: false };
  const reached = ({ sales, value }: Candidate) => reaching(sales, value)?.sale.at ?? Infinity;
  const earliest = Math.min(...best.map(reached));
  const first = best.filter((own) => reached(own) === earliest).sort((a, b) => order(a.id, b.id));
  const thenId = first.length > 1;
  if (thenId) {
    const subject = first.map(({ id }) => id).join(", ");
    reckoner.warnings.push({ code: "tie-unresolved", reward: reward.id, subject, blocks: false });
  }
  return { earners: first.slice(0, 1), thenId };
}

/** Who is on place 1 of a ranking and failed none of its gates. */
function winners(awards: readonly Award[], span: string): string[] {
  const isHeld = ({ trace }: Award) => trace.every(({ step, passed }) => step !== "gate" || passed === true);
  return awards
    .filter((award) => award.span.id === span && award.rank === 1 && isHeld(award))
    .map(({ winner }) => winner);
}

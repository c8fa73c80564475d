import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { HonourReward } from "#domain/plan/rewards/honour.ts";
import { compareText } from "#domain/text.ts";
import { type Award, type Deciding, type Entrant, measureText, payeeOf } from "../award.ts";
import { earlierInSlice, winnerOf } from "../earlier.ts";
import { entrantsOf } from "../entrants.ts";
import { thresholdValue } from "../rules.ts";
import { compare, exact } from "./exact.ts";
import type { CarryingKind } from "./kind.ts";
import { exactValue, valueText } from "./pieces.ts";
import { GATE_NOT_PASSED, nothingFor } from "./scale.ts";

/** Who earned a badge in a slice. */
interface Earners {
  readonly entrants: readonly Entrant[];
  readonly thenId: boolean;
}

/** A badge that each slice gives anew; where nobody earns it, it stays or is vacant, as the plan says. */
export const honour: CarryingKind<HonourReward> = {
  awardSlices(decidings, reward) {
    let before: readonly string[] = [];
    return decidings.map((deciding) => {
      const { entrants, excluded } = entrantsOf(deciding, reward);
      const taking = entrants.filter(({ qualified }) => qualified);
      const earners = earnersOf(deciding, reward, taking);
      const kept = earners.entrants.length === 0 && reward.nobody === "keeps" ? before : [];
      const held = (
        subject: string,
        steps: readonly Step[],
        step: Omit<HonourStep, "step" | "badge" | "of">,
      ): Award => ({
        subject: payeeOf(reward, subject),
        amountMinor: 1,
        steps: [...steps, { step: "honour", badge: reward.badge, of: taking.length, ...step }],
      });
      const awards = [
        ...excluded.filter(({ subject }) => !kept.includes(subject.id)),
        ...entrants
          .filter((entrant) => !earners.entrants.includes(entrant) && !kept.includes(entrant.subject))
          .map((entrant) => without(deciding, reward, entrant, earners)),
        ...earners.entrants.map((entrant) =>
          held(entrant.subject, entrant.steps, {
            value: valueText(deciding.rules, reward.measure, entrant),
            ...thresholdOf(deciding, reward, entrant.subject),
            ...("winnerOf" in reward.to ? { ranking: reward.to.winnerOf } : {}),
            how: before.includes(entrant.subject) ? "again" : "new",
            before: [...before],
            ...(earners.thenId ? { thenId: true } : {}),
          }),
        ),
        ...kept.map((subject) => held(subject, stepsOf(subject), { how: "kept", before: [...before] })),
      ];
      before = [...earners.entrants.map(({ subject }) => subject), ...kept].sort(compareText);
      return awards;

      function stepsOf(subject: string): readonly Step[] {
        return entrants.find((entrant) => entrant.subject === subject)?.steps ?? [];
      }
    });
  },
  liability: () => ({ amountMinor: 0 }),
};

type HonourStep = Extract<Step, { step: "honour" }>;

function earnersOf(deciding: Deciding, reward: HonourReward, taking: readonly Entrant[]): Earners {
  const { rules, standings, warnings } = deciding;
  const { measure, level, to } = reward;
  if ("atLeast" in to) {
    const reached = taking.filter((entrant) => {
      const { threshold } = thresholdOf(deciding, reward, entrant.subject);
      return threshold !== undefined && compare(exactValue(rules, measure, entrant), exact(threshold)) >= 0;
    });
    return { entrants: reached, thenId: false };
  }
  if ("winnerOf" in to) {
    const winners = winnersOf(deciding, to.winnerOf);
    return { entrants: taking.filter(({ subject }) => winners.has(subject)), thenId: false };
  }
  const valueIn = (entrant: Entrant) => exactValue(rules, measure, entrant);
  const highest = taking
    .map(valueIn)
    .reduce<Rational | undefined>((a, b) => (a && compare(a, b) >= 0 ? a : b), undefined);
  const best = taking.filter((entrant) => highest && compare(valueIn(entrant), highest) === 0);
  if (to.best === "all" || best.length < 2) return { entrants: best, thenId: false };
  const reachedAt = ({ subject }: Entrant) =>
    standings.measured(measure, level, subject).finalReach?.at ?? Number.POSITIVE_INFINITY;
  const first = Math.min(...best.map(reachedAt));
  const tied = best.filter((entrant) => reachedAt(entrant) === first).sort((a, b) => compareText(a.subject, b.subject));
  if (tied.length > 1) {
    const names = tied.map(({ subject }) => subject);
    warnings.push({
      code: "tie-unresolved",
      reward: reward.id,
      subject: names.join(", "),
      message: `${names.join(" and ")} are still tied after earliestReach; ${reward.badge} goes to the smaller id`,
      blocks: false,
    });
  }
  return { entrants: tied.slice(0, 1), thenId: tied.length > 1 };
}

/** Everybody on place 1, whatever it pays; a place that is kept although a gate was failed was not won. */
function winnersOf(deciding: Deciding, ranking: string): ReadonlySet<string> {
  const first = earlierInSlice(deciding, ranking).filter(
    ({ rank, steps }) => rank === 1 && steps.every((step) => step.step !== "gate" || step.passed),
  );
  return new Set(first.map((award) => winnerOf(award).id));
}

function thresholdOf({ rules }: Deciding, { to, measure }: HonourReward, subject: string): { threshold?: string } {
  if (!("atLeast" in to)) return {};
  return { threshold: measureText(rules, measure, thresholdValue(rules, measure, to.atLeast, subject)) };
}

function without(deciding: Deciding, reward: HonourReward, entrant: Entrant, { entrants: [best] }: Earners): Award {
  if (!entrant.qualified) return nothingFor(reward, entrant, GATE_NOT_PASSED);
  const { rules } = deciding;
  if ("winnerOf" in reward.to) {
    const message = `${reward.badge} goes to who wins ${reward.to.winnerOf}`;
    return nothingFor(reward, entrant, { step: "nothing", reason: "not-honoured", message });
  }
  const { threshold } = thresholdOf(deciding, reward, entrant.subject);
  const mark = threshold ?? (best === undefined ? undefined : valueText(rules, reward.measure, best));
  return nothingFor(reward, entrant, {
    step: "nothing",
    reason: "not-honoured",
    message: mark === undefined ? "nobody holds it" : `${reward.badge} asks for ${mark}`,
  });
}

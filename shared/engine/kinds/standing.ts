import type { Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, type Entrant, payeeOf } from "../award.ts";
import { earlierOf } from "../earlier.ts";
import { exactText, measured } from "./exact.ts";
import type { PlaceRule, Standing } from "./places.ts";
import { type Position, positionOf } from "./reading.ts";
import { nothingFor } from "./scale.ts";

/** Entrants with the exact number that they are compared by; those who have none are told why. */
export function standingIn(
  deciding: Deciding,
  reward: Reward,
  rule: Pick<PlaceRule, "measure" | "by">,
  entrants: readonly Entrant[],
): { readonly standing: readonly Standing[]; readonly without: readonly Award[] } {
  const standing: Standing[] = [];
  const without: Award[] = [];
  for (const entrant of entrants) {
    const position = standingOf(deciding, reward, rule, entrant);
    if ("obstacle" in position) without.push(nothingFor(reward, entrant, position.obstacle));
    else standing.push({ entrant: { ...entrant, steps: [...entrant.steps, ...position.steps] }, at: position.at });
  }
  return { standing, without };
}

function standingOf(
  deciding: Deciding,
  reward: Reward,
  { measure, by }: Pick<PlaceRule, "measure" | "by">,
  entrant: Entrant,
): Position {
  const { rules } = deciding;
  if (typeof by === "object" && "scorecard" in by) return totalIn(deciding, reward, by.scorecard, entrant.subject);
  const value = entrant.ratio ?? measured(rules, measure, entrant.value);
  return positionOf(rules, measure, by, entrant.subject, value);
}

function totalIn(deciding: Deciding, reward: Reward, scorecard: string, subject: string): Position {
  const total = earlierOf(deciding, scorecard, payeeOf(reward, subject))?.total;
  if (!total) return { obstacle: { step: "excluded", reason: "no-total", message: `has no total in ${scorecard}` } };
  return { at: total, steps: [{ step: "scored", scorecard, total: exactText(total) }] };
}

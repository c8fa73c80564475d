import type { Reward } from "#domain/plan/plan.ts";
import type { Award, Deciding, Entrant } from "../award.ts";
import { measured } from "./exact.ts";
import type { PlaceRule, Standing } from "./places.ts";
import { positionOf } from "./reading.ts";
import { nothingFor } from "./scale.ts";

/** Entrants with the exact number that they are compared by; those who have none are told why. */
export function standingIn(
  { rules }: Deciding,
  reward: Reward,
  { measure, by }: Pick<PlaceRule, "measure" | "by">,
  entrants: readonly Entrant[],
): { readonly standing: readonly Standing[]; readonly without: readonly Award[] } {
  const standing: Standing[] = [];
  const without: Award[] = [];
  for (const entrant of entrants) {
    const value = entrant.ratio ?? measured(rules, measure, entrant.value);
    const position = positionOf(rules, measure, by, entrant.subject, value);
    if ("obstacle" in position) without.push(nothingFor(reward, entrant, position.obstacle));
    else standing.push({ entrant: { ...entrant, steps: [...entrant.steps, ...position.steps] }, at: position.at });
  }
  return { standing, without };
}

import type { Directory } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Language } from "./texts/texts.ts";

/**
 * What a name is asked for. `subject` is a unit or a participant, `scored` a KPI, a grade or a consequence of a scorecard: a
 * trace does not say which.
 */
export type NamedKind = "subject" | "reward" | "measure" | "target" | "role" | "level" | "scored";

/** The name that readers know something by; the id where it has none. */
export type NameOf = (kind: NamedKind, id: string) => string;

/** Names from the plan and the people and organisation of today. */
export function namesOf(plan: Plan, directory: Directory, lang: Language): NameOf {
  const inLanguage = (name: Plan["name"] | undefined, id: string) =>
    name === undefined ? id : ((lang === "zh" ? name.zh : undefined) ?? name.en);
  const localized = (items: Plan["rewards"] | Plan["measures"], id: string) =>
    inLanguage(items.find((item) => item.id === id)?.name, id);
  return (kind, id) => {
    switch (kind) {
      case "subject":
        return directory.unit(id)?.name ?? directory.participantName(id);
      case "reward":
        return localized(plan.rewards, id);
      case "measure":
        return localized(plan.measures, id);
      case "scored": {
        // Two scorecards can name the same id otherwise; then the id says what is meant.
        const names = new Set(scoredIn(plan, id).map((name) => inLanguage(name, id)));
        const [name] = names;
        return name === undefined || names.size > 1 ? id : name;
      }
      case "target":
      case "role":
      case "level":
        return id;
    }
  };
}

/** The names, or their absence, of everything in scorecards that has an id. */
function scoredIn({ rewards }: Plan, id: string): (Plan["name"] | undefined)[] {
  return rewards
    .flatMap((reward) =>
      reward.kind === "scorecard" ? [...reward.kpis, ...reward.grades, ...reward.consequences] : [],
    )
    .filter((item) => item.id === id)
    .map(({ name }) => name);
}

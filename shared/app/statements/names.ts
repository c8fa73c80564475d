import type { Directory } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Language } from "./texts/texts.ts";

/** What a name is asked for. `subject` is a unit or a participant: a trace does not say which. */
export type NamedKind = "subject" | "reward" | "measure" | "target" | "role" | "level";

/** The name that readers know something by; the id where it has none. */
export type NameOf = (kind: NamedKind, id: string) => string;

/** Names from the plan and the people and organisation of today. */
export function namesOf(plan: Plan, directory: Directory, lang: Language): NameOf {
  const localized = (items: Plan["rewards"] | Plan["measures"], id: string) => {
    const name = items.find((item) => item.id === id)?.name;
    return name === undefined ? id : ((lang === "zh" ? name.zh : undefined) ?? name.en);
  };
  return (kind, id) => {
    switch (kind) {
      case "subject":
        return directory.unit(id)?.name ?? directory.participantName(id);
      case "reward":
        return localized(plan.rewards, id);
      case "measure":
        return localized(plan.measures, id);
      case "target":
      case "role":
      case "level":
        return id;
    }
  };
}

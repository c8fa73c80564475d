import type { Directory } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Language } from "./texts/texts.ts";

/**
 * What a name is asked for. `subject` is a unit or a participant, `scored` a KPI, a grade or a consequence of a scorecard: a
 * trace does not say which. `named` is what only the plan's `names` can name: items, programmes, badges, cards, flags,
 * allowances, factors, deductions, instalments, budgets, windows.
 */
export type NamedKind = "subject" | "reward" | "measure" | "target" | "role" | "level" | "scored" | "stock" | "named";

/** The name that readers know something by; the id where it has none. */
export type NameOf = (kind: NamedKind, id: string) => string;

type Localized = Plan["name"];

/** Names from the plan and the people and organisation of today. */
export function namesOf(plan: Plan, directory: Directory, lang: Language): NameOf {
  const inLanguage = (name: Localized) => (lang === "zh" ? name.zh : undefined) ?? name.en;
  const names = new Map(Object.entries(plan.names ?? {}));
  return (kind, id) => {
    if (kind === "subject") return directory.unit(id)?.name ?? directory.participantName(id);
    const own = ownNames(plan, kind, id);
    // Two scorecards can name the same id otherwise; then the id says what is meant.
    if (new Set(own.map((name) => name && inLanguage(name))).size > 1) return id;
    const name = own[0] ?? names.get(id);
    return name === undefined ? id : inLanguage(name);
  };
}

/** The names, or their absence, of everything of the kind that has the id. */
function ownNames(plan: Plan, kind: Exclude<NamedKind, "subject">, id: string): (Localized | undefined)[] {
  return itemsOf(plan, kind)
    .filter((item) => item.id === id)
    .map(({ name }) => name);
}

interface Item {
  readonly id: string;
  readonly name?: Localized | undefined;
}

function itemsOf({ rewards, measures, stocks }: Plan, kind: Exclude<NamedKind, "subject">): readonly Item[] {
  switch (kind) {
    case "reward":
      return rewards;
    case "measure":
      return measures;
    case "stock":
      return stocks;
    case "scored":
      return rewards.flatMap((reward) =>
        reward.kind === "scorecard" ? [...reward.kpis, ...reward.grades, ...reward.consequences] : [],
      );
    case "target":
    case "role":
    case "level":
    case "named":
      return [];
  }
}

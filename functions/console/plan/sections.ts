import type { Field, Fields, Path, Shape } from "./shape.ts";

/** The parts of a form, by the plan's fields. A field that is in no list is in the last part: a new field of the schema is shown, too. */

const PARTS = {
  general: ["schema", "id", "name", "currency"],
  period: ["period", "lateFacts", "followUp", "runs", "windows", "uncounted"],
  audience: ["audience", "counts", "attributes", "crediting"],
  measures: ["measures"],
  rewards: ["rewards"],
  limits: ["budgets", "stocks", "minimumPayout", "recovery"],
  shown: ["boards", "disputes", "names"],
} as const;

export type SectionKey = keyof typeof PARTS;

/** Sections that are lists, shown one thing at a time. */
export const SECTION_LISTS = ["measures", "rewards"] as const;

export interface Section {
  readonly key: SectionKey;
  readonly fields: readonly Field[];
  /** Fields of the plan that no schema knows; told in the last section. */
  readonly unknown: (plan: Fields) => readonly string[];
}

const KEYS: readonly SectionKey[] = ["general", "period", "audience", "measures", "rewards", "limits", "shown"];
const LAST: SectionKey = "shown";

export function sectionsOf(shape: Shape): readonly Section[] {
  const fields = shape.kind === "group" ? shape.fields : [];
  const known = new Set(fields.map(({ name }) => name));
  const listed = new Set<string>(Object.values(PARTS).flat());
  return KEYS.map((key) => {
    const names: readonly string[] = PARTS[key];
    const own = names.flatMap((name) => fields.filter((field) => field.name === name));
    const others = key === LAST ? fields.filter(({ name }) => !listed.has(name)) : [];
    const unknown = (plan: Fields) => (key === LAST ? Object.keys(plan).filter((name) => !known.has(name)) : []);
    return { key, fields: [...own, ...others], unknown };
  });
}

/** The section that a place lies in; the first one for none. */
export function openSection(sections: readonly Section[], at: Path): Section {
  const found = sections.find(({ fields }) => fields.some(({ name }) => name === at[0]));
  const [first = { key: "general", fields: [], unknown: () => [] } as const] = sections;
  return found ?? first;
}

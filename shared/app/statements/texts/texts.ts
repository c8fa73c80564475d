import { en, type Texts } from "./en.ts";
import { zh } from "./zh.ts";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

const TEXTS: Record<Language, Texts> = { en, zh };

export function textsFor(lang: Language): Texts {
  return TEXTS[lang];
}

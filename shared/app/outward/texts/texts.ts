import type { Channel } from "#domain/channel.ts";
import { en } from "./en.ts";
import type { OutwardTexts } from "./words.ts";
import { zh } from "./zh.ts";

export type Language = Channel["language"];

const TEXTS: Record<Language, OutwardTexts> = { en, zh };

export function outwardTexts(language: Language): OutwardTexts {
  return TEXTS[language];
}

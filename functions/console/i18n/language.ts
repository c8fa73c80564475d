import { createContext, useContext } from "react";
import type { TextKey } from "./en.ts";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

/** What numbers and dates are written by. */
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", zh: "zh-CN" };

type Texts = Readonly<Record<TextKey, string>>;

const FETCHED: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import("./en.ts")).en,
  zh: async () => (await import("./zh.ts")).zh,
};
const loaded = new Map<Language, Texts>();
const KEPT = "laurel.language";

export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, values?: Values) => string;

/** Fetches the texts of a language: nobody needs those of another. */
export async function loadTexts(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, await FETCHED[language]());
}

/** @throws Error for a language whose texts are not loaded */
export function translator(language: Language): Translate {
  const texts = loaded.get(language);
  if (texts === undefined) throw new Error(`the texts of ${language} are not loaded`);
  return (key, values = {}) => texts[key].replaceAll(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

export function isTextKey(key: string): key is TextKey {
  const [texts] = loaded.values();
  return texts !== undefined && Object.hasOwn(texts, key);
}

/** As it was chosen before; else as the browser asks. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  const known = LANGUAGES.find((language) => language === kept);
  return known ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}

export interface LanguageState {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

export const LanguageContext = createContext<LanguageState>({ language: "en", setLanguage: () => {} });

export function useLanguage() {
  const { language, setLanguage } = useContext(LanguageContext);
  return { language, setLanguage, locale: LOCALES[language], t: translator(language) };
}

/** A name in several languages, or in none: then `otherwise`. */
export function nameIn(language: Language, name: unknown, otherwise: string): string {
  if (typeof name === "string") return name;
  if (typeof name !== "object" || name === null) return otherwise;
  const texts = new Map<string, unknown>(Object.entries(name));
  const found = texts.get(language) ?? texts.get("en") ?? texts.get("zh");
  return typeof found === "string" ? found : otherwise;
}

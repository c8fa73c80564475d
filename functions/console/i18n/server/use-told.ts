import { useSyncExternalStore } from "react";
import { type Language, useLanguage } from "../language.ts";
import type { Tell } from "./match.ts";

/** A sentence of the server as the reader is shown it. */
export interface Told {
  readonly text: string;
  /** It is in the server's own words, which are not the reader's: shown, and marked as English. */
  readonly isForeign: boolean;
}

export type ToldIn = (text: string) => Told;

let chinese: Tell | undefined;
let isAsked = false;
const waiting = new Set<() => void>();

function asked(): void {
  if (isAsked) return;
  isAsked = true;
  import("./zh.ts").then(
    ({ tellChinese }) => {
      chinese = tellChinese;
      for (const tell of waiting) tell();
    },
    () => {
      // Until they can be fetched, the server's own words stand.
      isAsked = false;
    },
  );
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}

const nothingYet = () => undefined;

/** Loads the sentences before they are needed, where a screen is about to show some. */
export function fetchSentences(language: Language): void {
  if (language === "zh") asked();
}

/** Tells what the server says, in the reader's language; in its own words until the catalogue is there. */
export function useTold(): ToldIn {
  const { language } = useLanguage();
  fetchSentences(language);
  const tell = useSyncExternalStore(subscribe, () => (language === "zh" ? chinese : nothingYet));
  return (text) => {
    if (language === "en") return { text, isForeign: false };
    const told = tell?.(text);
    return told === undefined ? { text, isForeign: true } : { text: told, isForeign: false };
  };
}

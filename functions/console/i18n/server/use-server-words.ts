import { useContext, useMemo, useSyncExternalStore } from "react";
import { ZoneContext } from "../../format/zone.ts";
import { LOCALES, useLanguage } from "../language.ts";
import { withTimes } from "./times.ts";

/** A sentence of the server as the reader is shown it. */
export interface Said {
  readonly text: string;
  /** It is in the server's own words, which are not the reader's: shown, and marked as English. */
  readonly isForeign: boolean;
}

/** A problem or finding, of which the message says what is wrong and the path where. */
export interface Wrong {
  readonly message: string;
  readonly path?: string;
}

export interface ServerWords {
  /** The reader's language is the server's: nothing needs to be told otherwise. */
  readonly isEnglish: boolean;
  readonly say: (text: string) => Said;
  readonly sayWrong: (wrong: Wrong) => Said;
}

type Chinese = typeof import("./zh.ts");

let chinese: Chinese | undefined;
let isAsked = false;
const waiting = new Set<() => void>();

function fetchChinese(): void {
  if (isAsked) return;
  isAsked = true;
  import("./zh.ts").then(
    (loaded) => {
      chinese = loaded;
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

const own = (text: string): Said => ({ text, isForeign: false });
export const ENGLISH: ServerWords = { isEnglish: true, say: own, sayWrong: ({ message }) => own(message) };

const notYet = (text: string): Said => ({ text, isForeign: true });
const NOT_YET: ServerWords = { isEnglish: false, say: notYet, sayWrong: ({ message }) => notYet(message) };

/** What somebody wrote in Chinese is told as it stands. */
const said = (told: string | undefined, text: string) =>
  told === undefined && !/[\u4e00-\u9fff]/.test(text) ? notYet(text) : own(told ?? text);

/** What the server says, by the catalogue of a language. */
export function wordsOf({ tellChinese, tellWrong }: Chinese): ServerWords {
  return {
    isEnglish: false,
    say: (text) => said(tellChinese(text), text),
    sayWrong: (wrong) => said(tellWrong(wrong), wrong.message),
  };
}

const made = new WeakMap<Chinese, ServerWords>();

function chineseWords(): ServerWords {
  if (chinese === undefined) return NOT_YET;
  const words = made.get(chinese) ?? wordsOf(chinese);
  made.set(chinese, words);
  return words;
}

/** The same with times as the reader's language writes them, on the clock of the plan's zone. */
export function timed(words: ServerWords, locale: string, zone: string | undefined): ServerWords {
  const shown = (said: string, { text, isForeign }: Said): Said => ({
    text: withTimes(said, text, isForeign ? LOCALES.en : locale, zone),
    isForeign,
  });
  return {
    isEnglish: words.isEnglish,
    say: (text) => shown(text, words.say(text)),
    sayWrong: (wrong) => shown(wrong.message, words.sayWrong(wrong)),
  };
}

/**
 * What the server says, in the reader's language; in its own words until the catalogue is there.
 *
 * @param ofZone where several campaigns are told of; else the zone of the one that is looked at
 */
export function useServerWords(ofZone?: string): ServerWords {
  const { language, locale } = useLanguage();
  const lookedAt = useContext(ZoneContext);
  const zone = ofZone ?? lookedAt;
  if (language === "zh") fetchChinese();
  const words = useSyncExternalStore(subscribe, language === "zh" ? chineseWords : english);
  return useMemo(() => timed(words, locale, zone), [words, locale, zone]);
}

const english = () => ENGLISH;

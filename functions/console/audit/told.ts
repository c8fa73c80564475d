import type { Answer } from "../api/client.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import type { Tone } from "../parts/state-mark.tsx";

export type Entry = Answer<"listAudit">["items"][number];

export const PHASE_TONES: Readonly<Record<Entry["phase"], Tone>> = {
  intent: "busy",
  done: "good",
  refused: "waiting",
  failed: "bad",
  noted: "quiet",
};

/** A deed as a sentence, and what its parts are called. */
export function useTold() {
  const { t } = useLanguage();
  const who = (actor: string) => {
    const key = `audit.actor.${actor}`;
    return isTextKey(key) ? t(key) : actor;
  };
  return {
    who,
    sentence: ({ action, actor, subject }: Entry) => {
      const key = `audit.did.${action}`;
      const values = { who: who(actor), subject, action };
      return t(isTextKey(key) ? key : "audit.did", values);
    },
    action: (action: string) => {
      const key = `audit.action.${action}`;
      return isTextKey(key) ? t(key) : action;
    },
    chain: (chain: string) => {
      if (chain === "company") return t("audit.chain.company");
      const [kind, name = ""] = chain.split(/:(.*)/s);
      return kind === "campaign" ? t("audit.chain.campaign", { name }) : t("audit.chain.machines", { name: chain });
    },
  };
}

/** An entry with the one that stands before the deed, where both are at hand: then they are told as one. */
export interface Told {
  readonly entry: Entry;
  readonly intent?: Entry;
}

/** @param apart both entries of a deed by themselves, as they stand in the chain */
export function foldedTogether(entries: readonly Entry[], apart: boolean): readonly Told[] {
  if (apart) return entries.map((entry) => ({ entry }));
  const place = ({ chain, seq }: { readonly chain: string; readonly seq: number }) => `${chain} ${seq}`;
  const byPlace = new Map(entries.map((entry) => [place(entry), entry]));
  const told = new Set(
    entries.flatMap(({ chain, intent }) => (intent === undefined ? [] : [place({ chain, seq: intent })])),
  );
  return entries
    .filter((entry) => !told.has(place(entry)))
    .map((entry) => {
      const intent = entry.intent === undefined ? undefined : byPlace.get(place({ ...entry, seq: entry.intent }));
      return intent === undefined ? { entry } : { entry, intent };
    });
}

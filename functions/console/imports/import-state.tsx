import { useLanguage } from "../i18n/language.ts";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import type { Import } from "./kinds.ts";

const TONES: Readonly<Record<Import["state"], Tone>> = {
  queued: "busy",
  ready: "waiting",
  confirmed: "busy",
  done: "good",
  waiting: "waiting",
  refused: "bad",
  failed: "bad",
};

export function ImportState({ state }: { readonly state: Import["state"] }) {
  const { t } = useLanguage();
  return <StateMark tone={TONES[state]}>{t(`imports.state.${state}`)}</StateMark>;
}

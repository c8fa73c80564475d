import { useLanguage } from "../i18n/language.ts";
import { StateMark } from "../parts/state-mark.tsx";
import type { Health, Source } from "./use-source.ts";

/** How a source fares, in a word: silence is only told of one that is expected to speak. */
export function HealthMark({ source, health }: { readonly source: Source; readonly health: Health }) {
  const { t } = useLanguage();
  if (health.silent) return <StateMark tone="bad">{t("sources.state.silent")}</StateMark>;
  if (health.lastHeardAt === undefined) return <StateMark tone="waiting">{t("sources.state.never")}</StateMark>;
  if ((health.counts.waiting ?? 0) > 0) return <StateMark tone="waiting">{t("sources.state.waiting")}</StateMark>;
  return <StateMark tone="good">{t(source.expected ? "sources.state.speaks" : "sources.state.heard")}</StateMark>;
}

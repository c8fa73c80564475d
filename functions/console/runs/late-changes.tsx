import { Alert } from "antd";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";

/** What became known after the last posted run, and that the next adjustment posts it. */
export function LateChanges({ campaign, words }: { readonly campaign: string; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const late = useAnswer("getLateChanges", { params: { campaign } }, { enabled: may("getLateChanges"), every: 30_000 });
  if (late.data === undefined || late.data.count === 0) return null;
  const { count: number, isMore, since, firstRecordedAt } = late.data;
  const at = (text: string | undefined) => (text === undefined ? "–" : date(text, locale, "minute", words.zone));
  return (
    <Alert
      type="info"
      showIcon
      title={t(isMore ? "runs.late.more" : "runs.late", { count: count(number, locale) })}
      description={t("runs.late.text", { since: at(since), first: at(firstRecordedAt) })}
    />
  );
}

import { LineChartOutlined } from "@ant-design/icons";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Subject } from "./standings.ts";

interface Props {
  readonly subject: Subject;
  readonly onOpen: (subject: Subject) => void;
}

/** A name; a button to the way day by day where the caller may look at it. */
export function SubjectName({ subject, onOpen }: Props) {
  const { t } = useLanguage();
  const { may, me } = useCaller();
  const isOwn = subject.id === me.subject;
  // Whose name is masked has no id either.
  const isMasked = /^other-\d+$/.test(subject.id);
  const opens = subject.kind === "unit" ? may("getUnitTrend") : may("getTrend") && (isOwn || may("getUnitTrend"));
  if (!opens || isMasked) return <strong>{subject.name}</strong>;
  return (
    <button type="button" className="name-button" title={t("board.trend.open")} onClick={() => onOpen(subject)}>
      {subject.name} <LineChartOutlined aria-hidden="true" />
      <span className="hidden">{t("board.trend.open")}</span>
    </button>
  );
}

import { useLanguage } from "../i18n/language.ts";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import type { Dispute } from "./types.ts";

const TONES: Readonly<Record<Dispute["state"], Tone>> = {
  open: "waiting",
  assigned: "waiting",
  answered: "busy",
  accepted: "busy",
  refused: "bad",
  withdrawn: "quiet",
};

/** How a dispute stands: an accepted one also whether it is approved and posted. */
export function DisputeState({ dispute }: { readonly dispute: Pick<Dispute, "state" | "overdue" | "closed"> }) {
  const { t } = useLanguage();
  const { state, overdue, closed } = dispute;
  if (closed !== undefined) return <StateMark tone="good">{t("disputes.state.closed")}</StateMark>;
  return (
    <>
      <StateMark tone={TONES[state]}>{t(`disputes.state.${state}`)}</StateMark>
      {overdue && <StateMark tone="bad">{t("disputes.overdue")}</StateMark>}
    </>
  );
}

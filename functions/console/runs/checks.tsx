import { Link } from "wouter";
import { useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { RebuildCard } from "./rebuild-card.tsx";
import { ReconciliationCard } from "./reconciliation-card.tsx";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  /** The look that was asked for last, as the address says. */
  readonly look: string | undefined;
}

/** Whether boards say what the stored facts say, and how far derived data is computed anew. */
export function Checks({ campaign, words, look }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  return (
    <div className="stack">
      <p>
        <Link href={`/campaigns/${campaign}/runs`}>{t("runs.all")}</Link>
      </p>
      {may("getReconciliation") && <ReconciliationCard campaign={campaign} words={words} look={look} />}
      {may("getRebuild") && <RebuildCard campaign={campaign} words={words} />}
    </div>
  );
}

import { Button, Modal } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { DisputeState } from "../disputes/dispute-state.tsx";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import type { LineDisputes } from "./line-disputes.ts";

const OpenDispute = lazy(() => import("../disputes/open-dispute.tsx"));

interface Props {
  readonly campaign: string;
  readonly lineId: string;
  /** What is questioned, as it is called. */
  readonly what: string;
  readonly until: string | undefined;
  readonly disputes: LineDisputes;
}

/** What became of the payee's question about a line; or the button that asks it, as long as that is possible. */
export function LineDispute({ campaign, lineId, what, until, disputes: { byLine, mayOpen } }: Props) {
  const { t, locale } = useLanguage();
  const [asks, setAsks] = useState(false);
  const known = byLine.get(lineId);
  const isOver = known?.state === "withdrawn";
  const opens = mayOpen && until !== undefined && (known === undefined || isOver || known.closed !== undefined);
  if (known === undefined && !opens) return null;
  return (
    <div className="line-dispute no-print">
      {known !== undefined && (
        <Link href={`/campaigns/${campaign}/disputes/${known.id}`}>
          {t("disputes.ofLine")} <DisputeState dispute={known} />
        </Link>
      )}
      {opens && (
        <>
          <Button size="small" onClick={() => setAsks(true)}>
            {t("disputes.open.button")}
          </Button>
          <span className="quiet">{t("disputes.open.until", { until: date(until, locale) })}</span>
          <Modal
            open={asks}
            title={t("disputes.open.title", { what })}
            footer={null}
            destroyOnHidden
            onCancel={() => setAsks(false)}
          >
            <Suspense fallback={<Loading />}>
              <OpenDispute campaign={campaign} lineId={lineId} until={until} />
            </Suspense>
          </Modal>
        </>
      )}
    </div>
  );
}

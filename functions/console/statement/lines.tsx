import { Button, Card } from "antd";
import { useState } from "react";
import { date } from "../format/dates.ts";
import { minorMoney } from "../format/minor-units.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { LineDispute } from "./line-dispute.tsx";
import type { LineDisputes } from "./line-disputes.ts";
import { LineView } from "./line-view.tsx";
import type { Names } from "./names.ts";
import type { Line, Statement } from "./types.ts";

interface Props {
  readonly statement: Statement;
  readonly names: Names;
}

/** How each amount came about. */
export function StatementLines({ statement, names, disputes }: Props & { readonly disputes: LineDisputes }) {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { lines, currency, campaign } = statement;
  if (lines.length === 0) return <EmptyView title={t("statement.lines.none")} next={t("statement.lines.none.next")} />;
  return (
    <>
      <Button size="small" onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? "statement.collapse" : "statement.expand")}
      </Button>
      {lines.map((line) => (
        <LineView
          key={line.lineId}
          line={line}
          names={names}
          currency={currency}
          isOpen={isOpen}
          note={<Changed line={line} statement={statement} />}
        >
          <LineDispute
            campaign={campaign}
            lineId={line.lineId}
            what={names.reward(line.reward)}
            until={line.disputableUntil}
            disputes={disputes}
          />
        </LineView>
      ))}
    </>
  );
}

/** What this run added to what had been posted before. */
function Changed({ line, statement }: { readonly line: Line; readonly statement: Statement }) {
  const { t, locale } = useLanguage();
  const posting = statement.postings.find(({ lineId }) => lineId === line.lineId);
  if (posting === undefined || posting.amountMinor === posting.balanceMinor) return null;
  const shown = minorMoney(posting.amountMinor, posting.currency, locale);
  return (
    <span className="quiet">{t("statement.changed", { amount: posting.amountMinor > 0 ? `+${shown}` : shown })}</span>
  );
}

/** What is earned and not due yet. */
export function HeldLines({ statement, names }: Props) {
  const { t, locale } = useLanguage();
  const held = statement.held ?? [];
  if (held.length === 0) return null;
  return (
    <Card title={<h2>{t("statement.held")}</h2>}>
      <p className="quiet">{t("statement.held.text")}</p>
      {held.map((line) => (
        <LineView
          key={line.lineId}
          line={line}
          names={names}
          currency={statement.currency}
          isOpen={false}
          note={
            <span className="quiet">
              {line.due === undefined
                ? t("statement.heldLater")
                : t("statement.heldDue", { at: date(line.due, locale, "day") })}
            </span>
          }
        />
      ))}
    </Card>
  );
}

/** Awards that another line counts, so that their way can be read too. */
export function OtherLines({ statement, names }: Props) {
  const { t } = useLanguage();
  const components = statement.components ?? [];
  if (components.length === 0) return null;
  return (
    <Card title={<h2>{t("statement.components")}</h2>}>
      <p className="quiet">{t("statement.components.text")}</p>
      {components.map((line) => (
        <LineView key={line.lineId} line={line} names={names} currency={statement.currency} isOpen={false} />
      ))}
    </Card>
  );
}

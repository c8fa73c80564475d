import { Card } from "antd";
import { useLanguage } from "../i18n/language.ts";
import { LineDispute } from "./line-dispute.tsx";
import type { LineDisputes } from "./line-disputes.ts";
import { LineView } from "./line-view.tsx";
import type { Names } from "./names.ts";
import type { Missed, Statement } from "./types.ts";

interface Props {
  readonly statement: Statement;
  readonly names: Names;
  readonly disputes: LineDisputes;
}

/** Each reward that gave nothing, with the step that decided it. */
export function NotAwarded({ statement, names, disputes }: Props) {
  const { t } = useLanguage();
  const { notAwarded, currency, campaign } = statement;
  return (
    <Card title={<h2>{t("statement.not")}</h2>}>
      {notAwarded.length === 0 && <p className="quiet">{t("statement.not.none")}</p>}
      {notAwarded.map((missed) => (
        <LineView
          key={`${missed.reward} ${missed.slice ?? ""} ${missed.part ?? ""}`}
          line={missed}
          names={names}
          currency={currency}
          isOpen={false}
          note={<span>{reasonOf(missed)}</span>}
        >
          {missed.lineId !== undefined && (
            <LineDispute
              campaign={campaign}
              lineId={missed.lineId}
              what={names.reward(missed.reward)}
              until={missed.disputableUntil}
              disputes={disputes}
            />
          )}
        </LineView>
      ))}
    </Card>
  );
}

/** A step that failed by a number says more than the sentence at the end. */
export function reasonOf({ trace, told = [] }: Pick<Missed, "trace" | "told">): string {
  const failed = trace.findIndex(
    (step) =>
      (step.step === "gate" && !step.passed) ||
      (step.step === "reach" && !step.reached) ||
      step.step === "excluded" ||
      step.step === "nothing",
  );
  return told[failed]?.sentence ?? told.at(-1)?.sentence ?? "";
}

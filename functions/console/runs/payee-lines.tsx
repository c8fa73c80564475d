import { useAnswer } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { Causes } from "./causes-view.tsx";
import { type LineChange, lineChanges } from "./compare.ts";
import { Gap } from "./gap.tsx";
import type { Payee, Run } from "./types.ts";

interface Props {
  readonly run: Run;
  readonly before: Run | undefined;
  readonly payee: Payee;
  /** Only what is given in this. */
  readonly currency?: string;
  readonly words: PlanWords;
}

/** Why a payee gets more or less: the lines that differ, each with what its steps say differently. */
export function PayeeLines({ run: { campaign, runId }, before, payee, currency, words }: Props) {
  const { t } = useLanguage();
  const compared = useAnswer(
    "comparePayee",
    {
      params: { campaign, runId, payeeKind: payee.kind, payeeId: payee.id },
      query: before ? { against: before.runId } : {},
    },
    { isFixed: true },
  );
  return (
    <Answered query={compared}>
      {(answer) => {
        const lines = lineChanges(answer.lines).filter((line) => currency === undefined || line.currency === currency);
        if (lines.length === 0) return <p className="quiet">{t("differences.payeeNone")}</p>;
        return <Lines lines={lines} words={words} />;
      }}
    </Answered>
  );
}

function Lines({ lines, words }: { readonly lines: readonly LineChange[]; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const side = (amount: string | undefined, currency: string) =>
    amount === undefined ? t("differences.nothing") : money(amount, currency, locale);
  return (
    <ul className="plain-list stack">
      {lines.map((line) => (
        <li key={`${line.lineId} ${line.currency}`}>
          <p>
            <strong>{words.reward(line.reward)}</strong>{" "}
            <span className="quiet">{[line.slice, line.part].filter((part) => part !== undefined).join(" · ")}</span>{" "}
            {side(line.before, line.currency)} → {side(line.after, line.currency)}{" "}
            <Gap amount={line.difference} currency={line.currency} />
          </p>
          <Causes line={line} words={words} />
        </li>
      ))}
    </ul>
  );
}

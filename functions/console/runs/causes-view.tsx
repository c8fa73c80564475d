import type { PlanWords } from "../api/plan-names.ts";
import { decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Cause, PartChange } from "./causes.ts";
import type { LineChange } from "./compare.ts";
import { type StepWords, titleOf, useSteps } from "./steps.tsx";

const MOST_PARTS = 20;

/** Why a line has another amount: what is told of it differently, and which sales made the difference. */
export function Causes({ line, words }: { readonly line: LineChange; readonly words: PlanWords }) {
  const { t } = useLanguage();
  const context = useSteps(words);
  if (line.before === undefined) return <p className="quiet">{t("differences.new")}</p>;
  if (line.after === undefined) return <p className="quiet">{t("differences.gone")}</p>;
  if (line.causes.length === 0) return <p className="quiet">{t("differences.sameTrace")}</p>;
  return (
    <ul className="causes">
      {line.causes.map((cause) => {
        const text = causeText(cause, context);
        return (
          <li key={text}>
            {text}
            {cause.parts.length > 0 && <Parts parts={cause.parts} />}
          </li>
        );
      })}
    </ul>
  );
}

function causeText({ before, after }: Cause, context: StepWords): string {
  const { t } = context;
  const title = (step: Cause["before"]) => (step ? titleOf(step, context).title : "");
  if (before === undefined) return t("differences.stepNew", { step: title(after) });
  if (after === undefined) return t("differences.stepGone", { step: title(before) });
  const [old, now] = [title(before), title(after)];
  // The same words on both sides: what differs lies below, or in a detail that the title does not tell.
  return old === now ? t("differences.stepOther", { step: now }) : `${old} → ${now}`;
}

function Parts({ parts }: { readonly parts: readonly PartChange[] }) {
  const { t, locale } = useLanguage();
  const value = (text: string | undefined) => (text === undefined ? "" : decimal(text, locale));
  const told = ({ name, before, after }: PartChange) => {
    if (before === undefined) return t("differences.partNew", { name, value: value(after) });
    if (after === undefined) return t("differences.partGone", { name, value: value(before) });
    return t("differences.partChanged", { name, before: value(before), after: value(after) });
  };
  return (
    <ul>
      {parts.slice(0, MOST_PARTS).map((part) => (
        <li key={part.name}>{told(part)}</li>
      ))}
      {parts.length > MOST_PARTS && <li>{t("differences.partMore", { count: parts.length - MOST_PARTS })}</li>}
    </ul>
  );
}

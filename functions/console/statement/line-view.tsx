import type { ReactNode } from "react";
import { useLanguage } from "../i18n/language.ts";
import type { TraceWords } from "./fields.ts";
import { amountText, figure } from "./figures.ts";
import { type Names, unitName } from "./names.ts";
import { TraceSteps } from "./trace-steps.tsx";
import type { Line } from "./types.ts";

/** A line, or what was not awarded: then without an amount. */
export type Shown = Pick<Line, "reward" | "slice" | "part" | "rank" | "trace" | "told"> &
  Partial<Pick<Line, "amount" | "currency">>;

interface Props {
  readonly line: Shown;
  readonly names: Names;
  /** Of the statement: what its figures are in where the line has none. */
  readonly currency: string;
  /** Opens every step of it. */
  readonly isOpen: boolean;
  readonly stepsShown?: boolean;
  /** Beside the amount, as when it is due. */
  readonly note?: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** What it is for, how much, and how it came about. */
export function LineView({ line, names, currency, isOpen, stepsShown = true, note, children }: Props) {
  const { t, locale } = useLanguage();
  const { reward, slice, rank, amount, trace, told } = line;
  const unit = line.currency ?? currency;
  const words: TraceWords = { t, locale, names, currency: unit };
  const part = partName(line, names, t("statement.manual"));
  return (
    <article className="statement-line">
      <header>
        <h3>{names.reward(reward)}</h3>
        {slice !== undefined && <span className="quiet">{names.slice(slice)}</span>}
        {part !== undefined && <span className="quiet">{part}</span>}
        {rank !== undefined && <span className="quiet">{t("statement.rank", { rank })}</span>}
        {note}
        {amount !== undefined && <strong className="figure">{lineAmount(amount, unit, names, locale)}</strong>}
      </header>
      {stepsShown && <TraceSteps key={String(isOpen)} trace={trace} told={told} words={words} isOpen={isOpen} />}
      {children}
    </article>
  );
}

/** Money with its currency; of a benefit in kind how many of what. */
export function lineAmount(amount: string, unit: string, names: Names, locale: string): string {
  const name = unitName(unit, names);
  return name === unit ? amountText(amount, unit, locale) : `${figure(amount, locale)} × ${name}`;
}

function partName({ part }: Shown, names: Names, byHand: string): string | undefined {
  if (part === undefined) return undefined;
  return part.startsWith("manual-") ? byHand : names.other(part);
}

import { decimal, difference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";

/** What is used of a budget, as totals of runs and simulations tell it: decimal texts of one currency. */
export interface BudgetUse {
  readonly amount: string;
  readonly used: string;
  readonly left: string;
  /** The most that its rewards can cost. */
  readonly atMost?: string | undefined;
}

interface Props {
  readonly name: string;
  readonly budget: BudgetUse;
}

/** A bar of what is used of a budget, with the most that its rewards can ask for, and both in words. */
export function BudgetBar({ name, budget }: Props) {
  const { t, locale } = useLanguage();
  const { amount, used, left, atMost } = budget;
  const isOver = left.startsWith("-");
  // Floats serve for drawing only.
  const whole = Math.max(Number(amount), Number(used), Math.min(Number(atMost ?? 0), 2 * Number(amount))) || 1;
  const width = (text: string) => `${Math.max(0, Math.min(100, (Number(text) / whole) * 100))}%`;
  const shown = (text: string) => decimal(text, locale);
  return (
    <div className="budget">
      <div className="budget-line">
        <strong>{name}</strong>
        <span>{t("simulate.budget.text", { used: shown(used), amount: shown(amount) })}</span>
        <span className={isOver ? "bad" : "quiet"}>
          {isOver
            ? t("simulate.budget.over", { over: shown(difference("0", left)) })
            : t("simulate.budget.left", { left: shown(left) })}
        </span>
      </div>
      <div
        className="budget-track"
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={Number(amount)}
        aria-valuenow={Math.min(Number(used), Number(amount))}
        aria-valuetext={t("simulate.budget.text", { used: shown(used), amount: shown(amount) })}
      >
        <span className={isOver ? "budget-used budget-over" : "budget-used"} style={{ width: width(used) }} />
        <span className="budget-end" style={{ left: width(amount) }} />
        {atMost !== undefined && <span className="budget-most" style={{ left: width(atMost) }} />}
      </div>
      {atMost !== undefined && (
        <small className="quiet">{t("simulate.budget.atMost", { amount: shown(atMost) })}</small>
      )}
    </div>
  );
}

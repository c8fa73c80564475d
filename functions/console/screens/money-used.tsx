import { Tooltip } from "antd";
import { useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { difference, money } from "../format/numbers.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { isOver, placesOf, type Summary, type Used, usedOf } from "./money.ts";

interface Props {
  readonly item: Summary;
}

/** What a campaign's newest run uses of its budgets, and the most that the version in force can pay; the same in whole sentences. */
export function MoneyUsed({ item }: Props) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const told = useTold(item);
  const { newestRun, liability } = item;
  if (liability === undefined && newestRun === undefined) return "–";
  const used = usedOf(newestRun?.budgets ?? []);
  // Who may read no lines is told no pay: of them it is not known whether there was a run.
  const isUnsettled = newestRun === undefined && may("listLines");
  return (
    <Tooltip
      title={told.map((sentence) => (
        <span key={sentence} className="money-told">
          {sentence}
        </span>
      ))}
      placement="bottom"
      trigger={["hover", "focus"]}
    >
      <div className="money-used">
        {isUnsettled && <span className="quiet">{t("campaigns.money.noRun")}</span>}
        {newestRun !== undefined && used === undefined && (
          <span>{t("campaigns.money.paid", { amount: money(newestRun.all, newestRun.currency, locale) })}</span>
        )}
        {newestRun !== undefined && used !== undefined && (
          <Bar item={item} used={used} currency={newestRun.currency} told={told} />
        )}
        {liability !== undefined && (
          // Reached by keys and by a finger, it opens what a mouse finds by pointing.
          <button type="button" className="money-most quiet">
            {liability.total === undefined
              ? t("campaigns.money.noBound")
              : t("campaigns.money.most", { amount: money(liability.total, liability.currency, locale) })}
          </button>
        )}
      </div>
    </Tooltip>
  );
}

interface BarProps extends Props {
  readonly used: Used;
  readonly currency: string;
  readonly told: readonly string[];
}

function Bar({ item: { id, name, liability }, used, currency, told }: BarProps) {
  const { t, language, locale } = useLanguage();
  const places = placesOf(used, liability?.total);
  const shown = (text: string) => money(text, currency, locale);
  const amounts = t("campaigns.money.used", { used: shown(used.used), amount: shown(used.amount) });
  return (
    <>
      <div className="budget-line">
        <span>{amounts}</span>
        {used.over !== undefined && (
          <span className="bad">{t("campaigns.money.over", { over: shown(used.over) })}</span>
        )}
      </div>
      <div
        className="budget-track"
        role="progressbar"
        aria-label={t("campaigns.money", { campaign: nameIn(language, name, spoken(id)) })}
        aria-valuemin={0}
        aria-valuemax={Number(used.amount)}
        aria-valuenow={Math.min(Number(used.used), Number(used.amount))}
        aria-valuetext={told.join(" ")}
      >
        <span
          className={used.over === undefined ? "budget-used" : "budget-used budget-over"}
          style={{ width: `${places.used}%` }}
        />
        <span className="budget-end" style={{ left: `${places.end}%` }} />
        {places.most !== undefined && <span className="budget-most" style={{ left: `${places.most}%` }} />}
      </div>
    </>
  );
}

/** All that is known of a campaign's money, sentence by sentence; the last is of its liability. */
function useTold({ names, period, newestRun, liability }: Summary): string[] {
  const { t, language, locale } = useLanguage();
  const called = (id: string) => nameIn(language, names?.[id], spoken(id));
  const told: string[] = [];
  if (newestRun !== undefined) {
    const { kind, asOf, all, currency, budgets } = newestRun;
    const shown = (text: string) => money(text, currency, locale);
    const day = date(asOf, locale, "minute", period.zone);
    told.push(t("campaigns.money.told.run", { kind: t(`runs.kind.${kind}`), date: day, amount: shown(all) }));
    for (const { id, amount, used, left } of budgets) {
      const said = { name: called(id), used: shown(used), amount: shown(amount) };
      told.push(
        isOver({ left })
          ? t("campaigns.money.told.budgetOver", { ...said, over: shown(difference("0", left)) })
          : t("campaigns.money.told.budget", { ...said, left: shown(left) }),
      );
    }
  }
  if (liability !== undefined) {
    const { version, total, bounded, currency, unbounded } = liability;
    const rewards = new Intl.ListFormat(locale).format(unbounded.map(({ reward }) => called(reward)));
    told.push(
      total === undefined
        ? t("campaigns.money.told.noBound", { version, rewards, amount: money(bounded, currency, locale) })
        : t("campaigns.money.told.most", { version, amount: money(total, currency, locale) }),
    );
  }
  return told;
}

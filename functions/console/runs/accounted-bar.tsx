import { Progress } from "antd";
import { count, percent } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { accountedOf } from "./accounted.ts";
import type { Reconciliation } from "./types.ts";

/** How much of what came in is accounted for: as a bar, and in words with the exact counts. */
export function AccountedBar({ report: { days, state } }: { readonly report: Reconciliation }) {
  const { t, locale } = useLanguage();
  const found = accountedOf(days);
  if (found === undefined || state === "superseded") return null;
  const { all, accounted, inMotion, open } = found;
  const shown = (value: number) => count(value, locale);
  const said = [
    accounted === all
      ? t("runs.checks.accounted.all", { all: shown(all) })
      : t("runs.checks.accounted", {
          percent: percent(found.percent, locale),
          accounted: shown(accounted),
          all: shown(all),
        }),
    ...(inMotion > 0 ? [t("runs.checks.accounted.inMotion", { count: shown(inMotion) })] : []),
    ...(open > 0 ? [t("runs.checks.accounted.open", { count: shown(open) })] : []),
  ].join(" ");
  return (
    <div>
      <Progress
        percent={found.percent}
        showInfo={false}
        status={open > 0 ? "exception" : "normal"}
        aria-label={t("runs.checks.accounted.bar")}
        aria-valuetext={said}
      />
      <p>{said}</p>
    </div>
  );
}

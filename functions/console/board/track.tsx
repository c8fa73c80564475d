import type { PlanWords } from "../api/plan-names.ts";
import { decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import type { ProgressRow } from "./standings.ts";

type Way = Pick<ProgressRow, "value" | "targets"> & {
  /** Absent where the same is told beside it in words. */
  readonly name?: string;
};

/** The way to the highest target, with a mark at each. Floats serve for drawing only. */
export function Track({ row, words }: { readonly row: Way; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const highest = Math.max(...row.targets.map(({ value }) => Number(value)), Number(row.value) || 0) || 1;
  const at = (value: string) => `${Math.max(0, Math.min(100, (Number(value) / highest) * 100))}%`;
  const best = Math.max(...row.targets.map((target) => target.percent));
  const told =
    row.name === undefined
      ? ({ "aria-hidden": true } as const)
      : ({
          role: "progressbar",
          "aria-label": row.name,
          "aria-valuemin": 0,
          "aria-valuemax": 100,
          "aria-valuenow": Math.max(0, Math.min(100, Math.round(best))),
        } as const);
  return (
    <div className="track" {...told}>
      <div
        className={`track-done ${row.targets.some(({ reached }) => reached) ? "track-reached" : ""}`}
        style={{ width: at(row.value) }}
      />
      {row.targets.map(({ label, value }) => (
        <span
          key={label}
          className="track-target"
          style={{ left: at(value) }}
          title={t("board.target", { label: words.label(label), value: decimal(value, locale) })}
        />
      ))}
    </div>
  );
}

import { lazy, Suspense, useMemo } from "react";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { barsOption, curveOption } from "./chart-options.ts";
import type { Figure, Sheet } from "./figures.ts";

const Chart = lazy(() => import("./chart.tsx"));

/** A chart, and the same as a table for who reads figures rather than lines. */
export function FigureView({ figure, currency }: { readonly figure: Figure; readonly currency: string }) {
  const { t, locale } = useLanguage();
  const { title, chart, table, note } = figure;
  const option = useMemo(() => {
    if (chart === undefined) return undefined;
    const shown = { locale, currency };
    return chart.kind === "curve" ? curveOption(chart, shown) : barsOption(chart, shown);
  }, [chart, locale, currency]);
  if (option === undefined) {
    return (
      <figure className="plan-figure">
        <figcaption>{title}</figcaption>
        <SheetView sheet={table} title={title} />
      </figure>
    );
  }
  const told = `${title}: ${table.rows.map((row) => row.join(" ")).join("; ")}`;
  return (
    <figure className="plan-figure">
      <figcaption>{title}</figcaption>
      <Suspense fallback={<Loading />}>
        <Chart option={option} told={told} />
      </Suspense>
      {note !== undefined && <p className="quiet">{note}</p>}
      <details>
        <summary>{t("picture.table")}</summary>
        <SheetView sheet={table} title={title} />
      </details>
    </figure>
  );
}

/** A wide table is moved by the keyboard too. */
const REACHED = { tabIndex: 0 } as const;

export function SheetView({ sheet, title }: { readonly sheet: Sheet; readonly title: string }) {
  return (
    <section className="sheet" aria-label={title} {...REACHED}>
      <table>
        <thead>
          <tr>
            {sheet.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <tr key={row.join(" | ")}>
              {row.map((cell, index) => (
                <td key={sheet.columns[index] ?? cell}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import { LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { date } from "../format/dates.ts";
import { decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useLook } from "../theme.ts";

use([LineChart, GridComponent, TooltipComponent, MarkLineComponent, CanvasRenderer]);

export interface MarkedTarget {
  readonly name: string;
  readonly value: number;
}

interface Props {
  readonly days: readonly { readonly day: string; readonly value: string }[];
  readonly name: string;
  readonly targets: readonly MarkedTarget[];
}

/** A value at the end of each day, with the targets as lines across. Floats serve for drawing only. */
export function TrendChart({ days, name, targets }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { locale } = useLanguage();
  const { look } = useLook();
  useEffect(() => {
    if (place.current === null) return;
    const ink = look === "dark" ? "#d5ddd8" : "#33403a";
    const line = look === "dark" ? "#7fd6ab" : "#1d6b47";
    const values = days.map(({ value }) => Number(value));
    const highest = Math.max(...values, 0);
    // A target far above would press the line flat: the nearest is enough.
    const near = targets.filter(({ value }) => value <= highest * 2).toSorted((a, b) => a.value - b.value);
    const chart = init(place.current);
    chart.setOption({
      animation: false,
      grid: { left: 8, right: 24, top: 24, bottom: 8, containLabel: true },
      // Drawn on the canvas: styles written into HTML are forbidden by the page's policy.
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        valueFormatter: (value: unknown) => decimal(String(value), locale),
      },
      xAxis: {
        type: "time",
        axisLabel: { color: ink, hideOverlap: true, formatter: (instant: number) => dayText(instant, locale) },
      },
      yAxis: {
        type: "value",
        max: Math.max(highest, ...near.map(({ value }) => value)),
        axisLabel: { color: ink, formatter: (value: number) => compact(value, locale) },
        splitLine: { lineStyle: { opacity: 0.25 } },
      },
      series: [
        {
          type: "line",
          name,
          step: "end",
          showSymbol: days.length < 3,
          lineStyle: { color: line, width: 2.5 },
          itemStyle: { color: line },
          areaStyle: { color: line, opacity: 0.12 },
          data: days.map(({ day, value }) => [day, Number(value)]),
          markLine: {
            silent: true,
            symbol: "none",
            lineStyle: { color: ink, type: "dashed" },
            label: { color: ink, position: "insideStartTop", formatter: "{b}" },
            data: near.map((target) => ({ name: target.name, yAxis: target.value })),
          },
        },
      ],
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [days, name, targets, look, locale]);
  const last = days.at(-1);
  const told = last ? `${name}: ${decimal(last.value, locale)}, ${date(last.day, locale, "day")}` : name;
  return <div ref={place} className="chart trend-chart" role="img" aria-label={told} />;
}

/** Days are drawn at the browser's midnight. */
function dayText(instant: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" }).format(instant);
}

function compact(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

import type { EChartsCoreOption } from "echarts/core";
import type { Inks } from "./chart.tsx";
import type { Bars, Curve, Piece } from "./figures.ts";

/** Figures as the options of the chart library. */

const GRID = { left: 8, right: 20, top: 34, bottom: 8, containLabel: true };

export interface Shown {
  readonly locale: string;
  readonly currency: string;
}

function numberIn({ locale, currency }: Shown, unit: "money" | "part" | "number"): (value: number) => string {
  if (unit === "part") {
    const format = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
    return (value) => format.format(value);
  }
  const isMoney = unit === "money" && /^[A-Z]{3}$/.test(currency);
  const format = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 2,
    ...(isMoney ? { style: "currency", currency, minimumFractionDigits: 0 } : {}),
  });
  return (value) => format.format(value);
}

function axis(inks: Inks, name: string, format: (value: number) => string) {
  return {
    name,
    nameTextStyle: { color: inks.ink, align: "left" },
    axisLabel: { color: inks.ink, hideOverlap: true, formatter: format },
    axisLine: { lineStyle: { color: inks.edge } },
    splitLine: { lineStyle: { color: inks.edge, opacity: 0.5 } },
  };
}

export function curveOption(curve: Curve, shown: Shown): (inks: Inks) => EChartsCoreOption {
  const xText = numberIn(shown, curve.xIsPart ? "part" : "number");
  const yText = numberIn(shown, curve.yIsMoney ? "money" : "number");
  return (inks) => ({
    grid: { ...GRID, bottom: 28 },
    ...(curve.lines.length > 1
      ? { legend: { data: curve.lines.map(({ name }) => name), textStyle: { color: inks.ink }, top: 0, right: 0 } }
      : {}),
    tooltip: { trigger: "item", renderMode: "richText" },
    xAxis: {
      type: "value",
      ...axis(inks, curve.x, xText),
      nameLocation: "middle",
      nameGap: 28,
      splitLine: { show: false },
      max: "dataMax",
    },
    yAxis: { type: "value", ...axis(inks, curve.y, yText) },
    series: curve.lines.flatMap(({ name, pieces }, index) =>
      lineSeries(
        name,
        pieces,
        inks.lines[index % inks.lines.length] ?? inks.ink,
        inks,
        index === 0 ? curve.marks : [],
        [xText, yText],
      ),
    ),
  });
}

type Texts = readonly [x: (value: number) => string, y: (value: number) => string];

/** A series a piece, so that a jump is a gap with a dashed line in it and an end that belongs to one side. */
function lineSeries(
  name: string,
  pieces: readonly Piece[],
  color: string,
  inks: Inks,
  marks: readonly number[],
  [x, y]: Texts,
) {
  const drawn = pieces.map(({ points, startsIn, endsIn }, index) => ({
    type: "line",
    name,
    z: 3,
    lineStyle: { color, width: 2.5 },
    itemStyle: { color },
    tooltip: { formatter: ({ value }: { value: readonly [number, number] }) => `${x(value[0])}: ${y(value[1])}` },
    ...(index > 0 || marks.length === 0 ? {} : { markLine: markLine(marks, inks) }),
    data: points.map((point, at) => {
      const isStart = at === 0 && index > 0;
      const isEnd = at === points.length - 1 && index < pieces.length - 1;
      const isHollow = (isStart && !startsIn) || (isEnd && !endsIn);
      return {
        value: point,
        symbol: isHollow ? "emptyCircle" : "circle",
        symbolSize: isStart || isEnd ? 8 : points.length > 12 ? 0 : 5,
      };
    }),
  }));
  const jumps = pieces.slice(1).map(({ points }, index) => ({
    type: "line",
    name,
    silent: true,
    symbol: "none",
    lineStyle: { color, width: 1, type: "dashed" },
    itemStyle: { color },
    data: [pieces[index]?.points.at(-1), points[0]],
  }));
  return [...drawn, ...jumps];
}

function markLine(marks: readonly number[], inks: Inks) {
  return {
    silent: true,
    symbol: "none",
    label: { show: false },
    lineStyle: { color: inks.edge, type: "dotted" },
    data: marks.map((xAxis) => ({ xAxis })),
  };
}

export function barsOption({ y, unit, items }: Bars, shown: Shown): (inks: Inks) => EChartsCoreOption {
  const text = numberIn(shown, unit);
  return (inks) => ({
    grid: GRID,
    tooltip: { trigger: "item", renderMode: "richText", valueFormatter: (value: unknown) => text(Number(value)) },
    xAxis: {
      type: "category",
      data: items.map(({ name }) => name),
      axisLabel: {
        color: inks.ink,
        hideOverlap: true,
        width: 90,
        overflow: "break",
        interval: items.length > 12 ? "auto" : 0,
      },
      axisLine: { lineStyle: { color: inks.edge } },
    },
    yAxis: { type: "value", ...axis(inks, y, text) },
    series: [
      {
        type: "bar",
        itemStyle: { color: inks.lines[0] },
        barMaxWidth: 42,
        label: {
          show: items.length <= 8,
          position: "top",
          color: inks.ink,
          formatter: ({ value }: { value: number }) => text(value),
        },
        data: items.map(({ value }) => value),
      },
    ],
  });
}

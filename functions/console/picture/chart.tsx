import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { type Look, useLook } from "../theme.ts";

use([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  AriaComponent,
  CanvasRenderer,
]);

/** Colours that stand out from the ground of each look, and from one another. */
export interface Inks {
  readonly ink: string;
  readonly edge: string;
  readonly lines: readonly string[];
  readonly good: string;
  readonly bad: string;
}

const INKS: Readonly<Record<Look, Inks>> = {
  light: {
    ink: "#33403a",
    edge: "#c3cec8",
    lines: ["#1d6b47", "#1f5fa8", "#8a5a00", "#7a3a8c"],
    good: "#1d6b47",
    bad: "#b3261e",
  },
  dark: {
    ink: "#d5ddd8",
    edge: "#4a584f",
    lines: ["#7fd6ab", "#9cc4f5", "#f0c060", "#d9a6e8"],
    good: "#7fd6ab",
    bad: "#ff9a91",
  },
};

interface Props {
  /** What is drawn, for the look that is chosen; the same function for the same drawing. */
  readonly option: (inks: Inks) => EChartsCoreOption;
  /** The drawing in words; the figures stand in a table beside it. */
  readonly told: string;
}

/** A chart on a canvas. Imported with `lazy` only: it brings the library with it. */
export default function Chart({ option, told }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { look } = useLook();
  useEffect(() => {
    if (place.current === null) return;
    const chart = init(place.current);
    // Tooltips on the canvas: styles written into HTML are forbidden by the page's policy.
    const base = { animation: false, aria: { enabled: true, label: { description: told } } };
    chart.setOption({ ...base, textStyle: { color: INKS[look].ink }, ...option(INKS[look]) });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option, told, look]);
  return <div ref={place} className="chart" role="img" aria-label={told} />;
}

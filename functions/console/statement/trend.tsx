import { Card } from "antd";
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { Answer } from "../api/client.ts";
import { useAnswer } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useLook } from "../theme.ts";

use([LineChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly participantId: string;
}

type Measure = Answer<"getTrend">["measures"][number];

/** How a person came to their values, day by day. */
export default function Trend({ campaign, words, participantId }: Props) {
  const { t } = useLanguage();
  const trend = useAnswer("getTrend", { params: { campaign, participant: participantId } });
  const measures = trend.data?.measures.filter(({ days }) => days.length > 1) ?? [];
  if (measures.length === 0) return null;
  return (
    <Card title={<h2>{t("statement.trend")}</h2>}>
      {measures.map((measure) => (
        <figure key={measure.measure}>
          <figcaption className="quiet">{words.measure(measure.measure)}</figcaption>
          <Chart measure={measure} name={words.measure(measure.measure)} />
        </figure>
      ))}
    </Card>
  );
}

function Chart({ measure, name }: { readonly measure: Measure; readonly name: string }) {
  const place = useRef<HTMLDivElement>(null);
  const { locale } = useLanguage();
  const { look } = useLook();
  useEffect(() => {
    if (place.current === null) return;
    const ink = look === "dark" ? "#d5ddd8" : "#33403a";
    const line = look === "dark" ? "#7fd6ab" : "#1d6b47";
    const chart = init(place.current);
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      // Drawn on the canvas: styles written into HTML are forbidden by the page's policy.
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        valueFormatter: (value: unknown) => decimal(String(value), locale),
      },
      xAxis: { type: "time", axisLabel: { color: ink, hideOverlap: true } },
      yAxis: { type: "value", axisLabel: { color: ink }, splitLine: { lineStyle: { opacity: 0.25 } } },
      series: [
        {
          type: "line",
          name,
          step: "end",
          showSymbol: false,
          lineStyle: { color: line, width: 2.5 },
          itemStyle: { color: line },
          areaStyle: { color: line, opacity: 0.12 },
          data: measure.days.map(({ day, value }) => [day, Number(value)]),
        },
      ],
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [measure, name, look, locale]);
  const last = measure.days.at(-1);
  const told = last ? `${name}: ${decimal(last.value, locale)}, ${date(last.day, locale, "day")}` : name;
  return <div ref={place} className="chart" role="img" aria-label={told} />;
}

import { lazy, Suspense, useMemo } from "react";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import type { Inks } from "../picture/chart.tsx";
import { type Bucket, bucketsOf } from "./distribution.ts";

const Chart = lazy(() => import("../picture/chart.tsx"));

interface Props {
  readonly differences: readonly string[];
  /** Compared with nothing: differences are amounts. */
  readonly isAlone: boolean;
}

/** How many get how much more or less. */
export function Distribution({ differences, isAlone }: Props) {
  const { t, locale } = useLanguage();
  const buckets = useMemo(() => {
    const all = bucketsOf(differences);
    return isAlone ? all.filter(({ from, to, count: many }) => many > 0 || from !== to) : all;
  }, [differences, isAlone]);
  const option = useMemo(() => optionOf(buckets, t("simulate.distribution.count"), locale), [buckets, t, locale]);
  const sum = (belongs: (bucket: Bucket) => boolean) =>
    count(
      buckets.filter(belongs).reduce((all, one) => all + one.count, 0),
      locale,
    );
  const told = t("simulate.distribution.told", {
    less: sum(({ to, from }) => to <= 0 && from < 0),
    same: sum(({ from, to }) => from === 0 && to === 0),
    more: sum(({ from, to }) => from >= 0 && to > 0),
  });
  return (
    <>
      <Suspense fallback={<Loading />}>
        <Chart option={option} told={told} />
      </Suspense>
      {!isAlone && <p>{told}</p>}
    </>
  );
}

function optionOf(buckets: readonly Bucket[], name: string, locale: string) {
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, notation: "compact" });
  const nameOf = ({ from, to }: Bucket) => {
    if (from === 0 && to === 0) return "0";
    // Below zero the last stretch ends at none, not at less than none.
    return `${short.format(from)} … ${short.format(to === 0 ? 0 : to)}`;
  };
  return (inks: Inks) => ({
    grid: { left: 8, right: 16, top: 44, bottom: 8, containLabel: true },
    tooltip: { trigger: "item", renderMode: "richText" },
    xAxis: {
      type: "category",
      data: buckets.map(nameOf),
      axisLabel: { color: inks.ink, rotate: buckets.length > 5 ? 40 : 0 },
      axisLine: { lineStyle: { color: inks.edge } },
    },
    yAxis: {
      type: "value",
      name,
      minInterval: 1,
      nameGap: 24,
      nameTextStyle: { color: inks.ink, align: "left" },
      axisLabel: { color: inks.ink },
      splitLine: { lineStyle: { color: inks.edge, opacity: 0.5 } },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 48,
        label: { show: true, position: "top", color: inks.ink },
        data: buckets.map((bucket) => ({
          value: bucket.count,
          itemStyle: {
            color: bucket.to === 0 && bucket.from === 0 ? inks.edge : bucket.from < 0 ? inks.bad : inks.good,
          },
        })),
      },
    ],
  });
}

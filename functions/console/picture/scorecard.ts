import { barsOf, curveOf, percentOrValue } from "./figure-parts.ts";
import { type Figure, piecesOf, roundUp } from "./figures.ts";
import { drawn, has, list, type RewardOf, textOf } from "./half.ts";
import type { Said } from "./said.ts";
import { MISSING, type Words } from "./words.ts";

type HalfKpi = NonNullable<NonNullable<RewardOf<"scorecard">["kpis"]>[number]>;
type HalfGrade = NonNullable<NonNullable<RewardOf<"scorecard">["grades"]>[number]>;

/** Weighted figures, a total, and what its grade is worth. */
export function scorecard(words: Words, who: string, reward: RewardOf<"scorecard">): Said {
  const { t } = words;
  const kpis = list(reward.kpis);
  const perPoint = textOf(reward.perPoint?.amount);
  return {
    sentence: t("picture.say.scorecard", { who, count: words.number(kpis.length) }),
    rules: [
      ...(perPoint === undefined ? [] : [t("picture.rule.perPoint", { amount: words.money(perPoint) })]),
      ...list(reward.consequences).map((one) =>
        t("picture.rule.consequence", {
          count: words.number(one.inARow),
          on: has(one.on, "grade") ? gradeName(words, list(reward.grades), one.on.grade) : t("picture.rule.fail"),
          flag: words.name(one.flag),
        }),
      ),
    ],
    figures: [
      ...weightFigure(words, kpis),
      ...gradeFigure(words, list(reward.grades)),
      ...kpis.flatMap((kpi) => scoreFigure(words, kpi)),
    ],
  };
}

function gradeName(words: Words, grades: readonly HalfGrade[], id: unknown): string {
  const known = grades.find((grade) => grade.id === id);
  return ownName(words, known?.name) ?? words.name(id);
}

/** A name that stands in the plan, in the language or in English. */
function ownName({ language }: Words, name: HalfGrade["name"]): string | undefined {
  return textOf(name?.[language]) ?? textOf(name?.en);
}

function kpiName(words: Words, kpi: HalfKpi): string {
  return ownName(words, kpi.name) ?? words.name(kpi.id);
}

function weightFigure(words: Words, kpis: readonly HalfKpi[]): Figure[] {
  if (kpis.length === 0) return [];
  const { t } = words;
  const rows = kpis.map((kpi) => [
    kpiName(words, kpi),
    words.rate(kpi.weight),
    percentOrValue(words, kpi.by, kpi.measure).text,
    scoringText(words, kpi),
  ]);
  const items = kpis.map((kpi) => ({ name: kpiName(words, kpi), value: drawn(kpi.weight) ?? 0 }));
  const columns = [t("picture.col.figure"), t("picture.col.weight"), t("picture.col.looksAt"), t("picture.col.score")];
  const chart = barsOf(t("picture.col.weight"), "part", items);
  return [{ title: t("picture.figure.weights"), chart, table: { columns, rows } }];
}

function scoringText(words: Words, { scoring, by, measure }: HalfKpi): string {
  const { t } = words;
  const scale = percentOrValue(words, by, measure);
  if (has(scoring, "linear")) {
    const { from, to } = scoring.linear ?? {};
    const said = {
      from: scale.mark(from?.at),
      low: words.number(from?.score),
      to: scale.mark(to?.at),
      high: words.number(to?.score),
    };
    return t("picture.scoring.linear", said);
  }
  if (has(scoring, "bands")) return t("picture.scoring.bands", { count: list(scoring.bands).length });
  return has(scoring, "asIs") ? t("picture.scoring.asIs") : MISSING;
}

/** How a result becomes points; of a judge's score nothing is drawn. */
function scoreFigure(words: Words, kpi: HalfKpi): Figure[] {
  const { t } = words;
  const scale = percentOrValue(words, kpi.by, kpi.measure);
  const marks = scoreMarks(kpi);
  if (marks.length < 1 || !marks.every(({ at }, index) => at > (marks[index - 1]?.at ?? -1))) return [];
  const isLine = has(kpi.scoring, "linear");
  const last = marks.at(-1)?.at ?? 1;
  const most = roundUp(last * 1.2);
  const stops = [...new Set([0, ...marks.map(({ at }) => at), most])].sort((a, b) => a - b);
  const edge = has(kpi.scoring, "bands") && kpi.scoring.edge === "lower" ? "lower" : "upper";
  const pieces = piecesOf(isLine ? lineThrough(kpi, marks) : stepsOf(marks), stops, edge);
  const rows = marks.map(({ at, score }) => [scale.mark(String(at)), words.number(score)]);
  const curve = curveOf(
    words,
    scale,
    [{ name: kpiName(words, kpi), pieces }],
    marks.map(({ at }) => at),
  );
  return [
    {
      title: t("picture.figure.scoring", { kpi: kpiName(words, kpi) }),
      chart: { ...curve, y: t("picture.col.score"), yIsMoney: false },
      table: { columns: [t("picture.col.result"), t("picture.col.score")], rows },
    },
  ];
}

interface Mark {
  readonly at: number;
  readonly score: number;
}

function scoreMarks({ scoring }: HalfKpi): Mark[] {
  const raw: { at: unknown; score: unknown }[] = [];
  if (has(scoring, "linear")) {
    for (const end of [scoring.linear?.from, scoring.linear?.to]) raw.push({ at: end?.at, score: end?.score });
  } else if (has(scoring, "bands")) {
    for (const { from, score } of list(scoring.bands)) raw.push({ at: from, score });
  }
  return raw.flatMap(({ at, score }) => {
    const [x, y] = [drawn(at), drawn(score)];
    return x === undefined || y === undefined ? [] : [{ at: x, score: y }];
  });
}

function lineThrough({ scoring }: HalfKpi, [low, high]: readonly Mark[]): (x: number) => number {
  const clamp = has(scoring, "linear") ? scoring.linear?.clamp : undefined;
  return (x) => {
    if (low === undefined || high === undefined) return 0;
    if (x <= low.at && (clamp === "both" || clamp === "low")) return low.score;
    if (x >= high.at && (clamp === "both" || clamp === "high")) return high.score;
    return low.score + ((x - low.at) * (high.score - low.score)) / (high.at - low.at);
  };
}

function stepsOf(marks: readonly Mark[]): (x: number) => number {
  return (x) => marks.findLast(({ at }) => at <= x)?.score ?? 0;
}

function gradeFigure(words: Words, grades: readonly HalfGrade[]): Figure[] {
  if (grades.length === 0) return [];
  const { t } = words;
  const hasFactors = grades.some(({ factor }) => textOf(factor) !== undefined);
  const hasPay = grades.some(({ pays }) => textOf(pays) !== undefined);
  const rows = grades.map((grade) => [
    gradeName(words, grades, grade.id),
    words.number(grade.from),
    ...(hasFactors ? [textOf(grade.factor) === undefined ? "–" : words.rate(grade.factor)] : []),
    ...(hasPay ? [textOf(grade.pays) === undefined ? "–" : words.money(grade.pays)] : []),
  ]);
  const columns = [
    t("picture.col.grade"),
    t("picture.col.total"),
    ...(hasFactors ? [t("picture.col.factor")] : []),
    ...(hasPay ? [t("picture.col.prize")] : []),
  ];
  const drawnOf = (grade: HalfGrade) => drawn(hasPay ? grade.pays : grade.factor) ?? 0;
  const items = grades.map((grade) => ({ name: gradeName(words, grades, grade.id), value: drawnOf(grade) }));
  const y = t(hasPay ? "picture.col.prize" : "picture.col.factor");
  const chart =
    hasPay || hasFactors ? { chart: barsOf(y, hasPay ? ("money" as const) : ("part" as const), items) } : {};
  return [{ title: t("picture.figure.grades"), ...chart, table: { columns, rows } }];
}

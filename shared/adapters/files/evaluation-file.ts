import type { Evaluation } from "#domain/evaluation.ts";
import { type ExportColumn, type ExportOptions, exportFile, number } from "./export-file.ts";

/** One figure of an evaluation. */
interface Row {
  readonly section: string;
  readonly key: string;
  readonly measure: string;
  readonly figure: string;
  readonly value: string;
}

const COLUMNS: readonly ExportColumn<Row>[] = [
  { en: "Section", zh: "部分", width: 12, cell: ({ section }) => section },
  { en: "Unit, reward or product", zh: "机构、奖励或产品", width: 24, cell: ({ key }) => key },
  { en: "Measure", zh: "指标", width: 16, cell: ({ measure }) => measure },
  { en: "Figure", zh: "项目", width: 20, cell: ({ figure }) => figure },
  { en: "Value", zh: "数值", width: 20, cell: ({ value }) => number(value) },
];

/** An evaluation as a flat table: a row for each figure. */
export function evaluationFile(evaluation: Evaluation, options: ExportOptions): Promise<Uint8Array> {
  return exportFile("Evaluation", COLUMNS, rowsOf(evaluation), options);
}

function rowsOf({ cost, results, byUnit, byProduct, approved, ...head }: Evaluation): Row[] {
  const { campaign, version, asOf, until, currency, evaluationHash } = head;
  const about = { version: String(version), asOf, until, currency, evaluationHash };
  return [
    ...figures("campaign", campaign, about),
    ...figures("cost", "", { computed: cost.computed, posted: cost.posted, maximum: cost.maximum }),
    ...cost.byReward.flatMap(({ reward, unit, computed }) => figures("reward", reward, { [unit]: computed })),
    ...resultRows("result", "", results),
    ...byUnit.flatMap(({ unit, cost: ofUnit, results: own, targets }) => [
      ...figures("unit", unit, { cost: ofUnit }),
      ...resultRows("unit", unit, own),
      ...targets.flatMap(({ measure, label, target, attained }) => [
        ...figures("target", unit, { [label]: target }, measure),
        ...figures("attained", unit, { [label]: attained }, measure),
      ]),
    ]),
    ...byProduct.flatMap(({ product, facts, results: own }) => [
      ...figures("product", product, { facts: String(facts) }),
      ...resultRows("product", product, own),
    ]),
    ...figures("approved", "", approved ?? {}),
  ];
}

function figures(
  section: string,
  key: string,
  values: Readonly<Record<string, string | undefined>>,
  measure = "",
): Row[] {
  return Object.entries(values).flatMap(([figure, value]) =>
    value === undefined ? [] : [{ section, key, measure, figure, value }],
  );
}

function resultRows(section: string, key: string, results: Evaluation["results"]): Row[] {
  return results.flatMap(({ measure, value, costPerUnit }) => figures(section, key, { value, costPerUnit }, measure));
}

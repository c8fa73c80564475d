import { Input, Segmented, Select } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Sheet } from "./use-sheet.ts";

/** Which rows and columns are shown. What is written elsewhere stays written. */
export function SheetFilter({ sheet, words }: { readonly sheet: Sheet; readonly words: PlanWords }) {
  const { t } = useLanguage();
  const { filter, choose, kinds, columns, units } = sheet;
  const measures = [...new Set(columns.map(({ measure }) => measure))];
  const slices = [...new Set(columns.map(({ slice }) => slice))];
  const kindOptions = [
    { value: "units" as const, label: t("targets.units") },
    { value: "people" as const, label: t("targets.people") },
  ];
  const unitOptions = (units.units ?? []).map(({ unit, name }) => ({ value: unit, label: `${name} (${unit})` }));
  return (
    <div className="row targets-filter">
      {kinds.units && kinds.people && (
        <Segmented
          aria-label={t("targets.rows")}
          options={kindOptions}
          value={filter.kind}
          onChange={(kind) => choose({ kind })}
        />
      )}
      {filter.kind === "people" && (
        <Select
          aria-label={t("targets.unit")}
          showSearch={{ optionFilterProp: "label" }}
          value={filter.unit ?? ""}
          options={[{ value: "", label: t("targets.everywhere") }, ...unitOptions]}
          onChange={(unit: string) => choose({ unit: unit === "" ? undefined : unit })}
        />
      )}
      <Input
        allowClear
        aria-label={t("targets.search")}
        placeholder={t("targets.search")}
        value={filter.search}
        onChange={({ target }) => choose({ search: target.value })}
      />
      {measures.length > 1 && (
        <Select
          aria-label={t("targets.measure")}
          value={filter.measure ?? ""}
          options={[
            { value: "", label: t("targets.measure.all") },
            ...measures.map((id) => ({ value: id, label: words.measure(id) })),
          ]}
          onChange={(measure: string) => choose({ measure: measure === "" ? undefined : measure })}
        />
      )}
      {slices.length > 1 && (
        <Select
          aria-label={t("targets.slice")}
          value={filter.slice ?? "*"}
          options={[
            { value: "*", label: t("targets.slice.all") },
            ...slices.map((id) => ({ value: id, label: id === "" ? t("targets.slice.whole") : id })),
          ]}
          onChange={(slice: string) => choose({ slice: slice === "*" ? undefined : slice })}
        />
      )}
    </div>
  );
}

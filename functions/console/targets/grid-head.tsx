import { useLanguage } from "../i18n/language.ts";
import type { GridProps } from "./grid-props.ts";

/** What is to be reached, as what, and when; measures side by side share their heading. */
export function GridHead({ columns, headOf }: Pick<GridProps, "columns" | "headOf">) {
  const { t } = useLanguage();
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="targets-corner">
          {t("targets.who")}
        </th>
        {columns.map((column, index) => {
          const { measure, label } = headOf(column);
          return (
            <th key={`${column.measure}#${column.label}#${column.slice}`} scope="col" aria-colindex={index + 2}>
              <span className="quiet">{measure}</span>
              <span>{label}</span>
              {column.slice !== "" && <span className="quiet">{column.slice}</span>}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

import { Tag } from "antd";
import { useLanguage } from "../i18n/language.ts";
import { differingFields, flat } from "./fields.ts";
import { Scrolled } from "./scrolled.tsx";

interface Column {
  readonly title: string;
  readonly message: object;
}

/** Messages about one fact side by side; fields in which they differ are marked by a word, not by colour alone. */
export function Versions({ columns }: { readonly columns: readonly Column[] }) {
  const { t } = useLanguage();
  const said = columns.map(({ message }) => flat(message));
  const differing = new Set(columns.length > 1 ? differingFields(said) : []);
  const names = [...new Set(said.flatMap((fields) => [...fields.keys()]))];
  const ordered = [...names.filter((name) => differing.has(name)), ...names.filter((name) => !differing.has(name))];
  return (
    <Scrolled className="facts-scroll" label={t("facts.versions")}>
      <table className="facts-versions">
        <thead>
          <tr>
            <th scope="col">{t("facts.field")}</th>
            {columns.map(({ title }) => (
              <th scope="col" key={title} className="facts-version">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.map((name) => (
            <tr key={name} className={differing.has(name) ? "facts-differs" : ""}>
              <th scope="row">
                <code>{name}</code> {differing.has(name) && <Tag>{t("facts.differs")}</Tag>}
              </th>
              {said.map((fields, index) => (
                <td key={columns[index]?.title ?? index}>{fields.get(name) ?? "–"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

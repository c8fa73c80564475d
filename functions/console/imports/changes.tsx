import { Card, Collapse } from "antd";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Versions } from "../inbox/versions.tsx";
import type { Import } from "./kinds.ts";

type Change = NonNullable<Import["preview"]>["changes"][number];

/** The first of what would change, as it is and as it would be. */
export function Changes({ changes, rows }: { readonly changes: readonly Change[]; readonly rows: number }) {
  const { t, locale } = useLanguage();
  return (
    <Card title={<h2>{t("imports.changes")}</h2>}>
      <p className="quiet">
        {t("imports.changes.text", { shown: count(changes.length, locale), rows: count(rows, locale) })}
      </p>
      <Collapse
        items={changes.map(({ about, before, after }) => ({
          key: about,
          label: t(before === undefined ? "imports.change.new" : "imports.change.changed", { about }),
          children: (
            <Versions
              columns={[
                ...(isObject(before) ? [{ title: t("imports.before"), message: before }] : []),
                ...(isObject(after) ? [{ title: t("imports.after"), message: after }] : []),
              ]}
            />
          ),
        }))}
        defaultActiveKey={changes.slice(0, 1).map(({ about }) => about)}
      />
    </Card>
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

import { Button, Card, Table } from "antd";
import { Link, useSearchParams } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { HERE } from "../inbox/here.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { saveFile } from "../parts/save-file.ts";
import { ImportState } from "./import-state.tsx";
import { IMPORT_KINDS, type Import, type ImportKind, templateOf } from "./kinds.ts";
import { StartImport } from "./start-import.tsx";

/** Files that are imported: a new one, those of before, and templates. */
export default function ImportsPage() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [params] = useSearchParams();
  const kinds = IMPORT_KINDS.filter(([, needs]) => may(needs)).map(([kind]) => kind);
  const asked = kinds.find((kind) => kind === params.get("kind")) ?? kinds[0];
  return (
    <div className="page">
      <h1>{t("imports.title")}</h1>
      <p className="quiet">{t("imports.text")}</p>
      {asked !== undefined && may("startImport") && <StartImport kinds={kinds} first={asked} key={asked} />}
      {kinds.length > 0 && <Templates kinds={kinds} />}
      <Recent />
    </div>
  );
}

function Templates({ kinds }: { readonly kinds: readonly ImportKind[] }) {
  const { t } = useLanguage();
  return (
    <Card title={<h2>{t("imports.templates")}</h2>}>
      <p className="quiet">{t("imports.templates.text")}</p>
      <ul className="facts-templates">
        {kinds.map((kind) => (
          <li key={kind}>
            <span>{t(`imports.kind.${kind}`)}</span>
            {(["zh", "en"] as const).map((headings) => (
              <Button
                key={headings}
                size="small"
                aria-label={`${t(`imports.kind.${kind}`)}: ${t(`imports.template.${headings}`)}`}
                onClick={() => saveFile(`${kind}-${headings}.csv`, templateOf(kind, headings))}
              >
                {t(`imports.template.${headings}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Recent() {
  const { t, locale } = useLanguage();
  const imports = usePages("listImports", { query: { limit: 20 } }, { every: 10_000 });
  return (
    <Card title={<h2>{t("imports.recent")}</h2>}>
      <Listed query={imports}>
        {(items) =>
          items.length === 0 ? (
            <EmptyView title={t("imports.none")} next={t("imports.none.next")} />
          ) : (
            <div className="facts-wide">
              <Table<Import>
                rowKey="id"
                dataSource={[...items]}
                pagination={false}
                columns={[
                  {
                    title: t("imports.file"),
                    render: (_, { id, fileName }) => <Link href={`/imports/${id}`}>{fileName}</Link>,
                  },
                  { title: t("imports.kind"), render: (_, { kind }) => t(`imports.kind.${kind}`) },
                  { title: t("imports.state"), render: (_, one) => <ImportState state={one.state} /> },
                  { title: t("imports.by"), dataIndex: "requestedBy" },
                  {
                    title: t("imports.at"),
                    render: (_, { requestedAt }) => date(requestedAt, locale, "minute", HERE),
                  },
                ]}
              />
            </div>
          )
        }
      </Listed>
    </Card>
  );
}

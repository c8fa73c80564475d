import { Button, Card, Table } from "antd";
import { Link, useLocation } from "wouter";
import { useAnswer, useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { count, percent } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { HERE } from "../inbox/here.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { HealthMark } from "./health-mark.tsx";
import { kindOf, refusedShare, type Source } from "./use-source.ts";
import { KIND_NAMES } from "./vendors.ts";

/** Every source, with how it fares. */
export default function SourcesPage() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const sources = usePages("listSources", { query: { limit: 100 } });
  return (
    <div className="page">
      <div className="title">
        <h1>{t("sources.title")}</h1>
        {may("registerSource") && (
          <Button type="primary" onClick={() => go("/sources/new")}>
            {t("sources.new")}
          </Button>
        )}
      </div>
      <p className="quiet">{t("sources.text")}</p>
      <Card>
        <Listed query={sources}>
          {(items) =>
            items.length === 0 ? (
              <EmptyView title={t("sources.none")} next={t("sources.none.next")} />
            ) : (
              <SourceTable items={items} />
            )
          }
        </Listed>
      </Card>
    </div>
  );
}

function SourceTable({ items }: { readonly items: readonly Source[] }) {
  const { t } = useLanguage();
  return (
    <div className="facts-wide">
      <Table<Source>
        rowKey="source"
        dataSource={[...items]}
        pagination={items.length > 50 ? { pageSize: 50 } : false}
        columns={[
          {
            title: t("sources.col.name"),
            render: (_, { source, name }) => (
              <Link href={`/sources/${source}`}>
                <strong>{name}</strong>
                <div className="quiet">{source}</div>
              </Link>
            ),
          },
          { title: t("sources.col.kind"), render: (_, source) => KIND_NAMES[kindOf(source)] },
          { title: t("sources.col.state"), render: (_, source) => <State source={source} /> },
          { title: t("sources.col.heard"), render: (_, { source }) => <Heard source={source} /> },
          { title: t("sources.col.refused"), render: (_, { source }) => <Refused source={source} /> },
          { title: t("sources.col.gaps"), render: (_, { source }) => <Gaps source={source} /> },
        ]}
      />
    </div>
  );
}

interface OfSource {
  readonly source: string;
}

function useHealth(source: string) {
  return useAnswer("getSourceHealth", { params: { source } }, { every: 60_000 }).data;
}

function State({ source }: { readonly source: Source }) {
  const health = useHealth(source.source);
  return health ? <HealthMark source={source} health={health} /> : <span aria-hidden="true">…</span>;
}

function Heard({ source }: OfSource) {
  const { t, locale } = useLanguage();
  const health = useHealth(source);
  if (!health) return null;
  return health.lastHeardAt === undefined ? t("sources.never") : date(health.lastHeardAt, locale, "minute", HERE);
}

function Refused({ source }: OfSource) {
  const { t, locale } = useLanguage();
  const health = useHealth(source);
  const share = health && refusedShare(health);
  if (share === undefined) return <span className="quiet">{t("sources.quiet")}</span>;
  return <span className={share > 0 ? "bad figure" : "figure"}>{percent(share, locale)}</span>;
}

function Gaps({ source }: OfSource) {
  const { locale } = useLanguage();
  const missing = (useHealth(source)?.gaps ?? []).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return <span className={missing > 0 ? "bad figure" : "figure"}>{count(missing, locale)}</span>;
}

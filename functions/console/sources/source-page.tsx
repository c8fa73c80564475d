import { Tabs } from "antd";
import { lazy, Suspense } from "react";
import { Link, useLocation, useRoute } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered, Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { Deliveries } from "./deliveries.tsx";
import { Overview } from "./overview.tsx";
import { Secrets } from "./secrets.tsx";
import { SettingsTab } from "./settings-tab.tsx";
import { kindOf, type Source, useSource } from "./use-source.ts";
import { KIND_NAMES } from "./vendors.ts";

const MappingTab = lazy(() => import("./mapping-tab.tsx"));
const NewSource = lazy(() => import("./new-source.tsx"));

/** A source, or the form for a new one: `/sources/new`. */
export default function SourcePage() {
  const { t } = useLanguage();
  const [, params] = useRoute("/sources/*");
  const [source = "", tab] = (params?.["*"] ?? "").split("/");
  const query = useSource(source);
  if (source === "new") {
    return (
      <Suspense fallback={<Loading />}>
        <NewSource />
      </Suspense>
    );
  }
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/sources">{t("sources.title")}</Link>
      </p>
      <Answered query={query}>
        {(found) =>
          found === null ? (
            <EmptyView title={t("sources.missing", { source })} next={t("sources.missing.next")} />
          ) : (
            <OneSource source={found} tab={tab} />
          )
        }
      </Answered>
    </div>
  );
}

function OneSource({ source, tab = "overview" }: { readonly source: Source; readonly tab: string | undefined }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const tabs = [
    { key: "overview", label: t("sources.tab.overview"), children: <Overview source={source} /> },
    { key: "deliveries", label: t("sources.tab.deliveries"), children: <Deliveries source={source.source} /> },
  ];
  if (may("changeSource")) {
    if (kindOf(source) !== "standard") {
      const children = (
        <Suspense fallback={<Loading />}>
          <MappingTab source={source} />
        </Suspense>
      );
      tabs.push({ key: "mapping", label: t("sources.tab.mapping"), children });
    }
    tabs.push(
      { key: "secrets", label: t("sources.tab.secrets"), children: <Secrets source={source} /> },
      { key: "settings", label: t("sources.tab.settings"), children: <SettingsTab source={source} /> },
    );
  }
  const shown = tabs.some(({ key }) => key === tab) ? tab : "overview";
  return (
    <>
      <div className="title">
        <h1>{source.name}</h1>
        <span className="quiet">
          {source.source} · {KIND_NAMES[kindOf(source)]}
        </span>
      </div>
      <Tabs activeKey={shown} items={tabs} destroyOnHidden onChange={(key) => go(`/sources/${source.source}/${key}`)} />
    </>
  );
}

import { Card, Input, Select, Table } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { periodText } from "../format/dates.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";

type Summary = Answer<"listCampaigns">["items"][number];
const STATES = ["draft", "active", "settled", "archived"] as const;

export default function Campaigns() {
  const { t, language } = useLanguage();
  const campaigns = useAnswer("listCampaigns", { query: { limit: 200 } });
  const [search, setSearch] = useState("");
  const [state, setState] = useState("all");
  const fits = (item: Summary) =>
    (state === "all" || item.state === state) &&
    `${item.id} ${nameIn(language, item.name, "")}`.toLowerCase().includes(search.toLowerCase());
  const states = [
    { value: "all", label: t("campaigns.all") },
    ...STATES.map((one) => ({ value: one, label: t(`state.${one}`) })),
  ];
  return (
    <div className="page">
      <h1>{t("campaigns.title")}</h1>
      <div className="row filters">
        <Input.Search
          allowClear
          aria-label={t("campaigns.search")}
          placeholder={t("campaigns.search")}
          onChange={({ target }) => setSearch(target.value)}
        />
        <Select aria-label={t("campaigns.col.state")} value={state} onChange={setState} options={states} />
      </div>
      <Card>
        <Answered query={campaigns}>{({ items }) => <List items={items.filter(fits)} />}</Answered>
      </Card>
    </div>
  );
}

function List({ items }: { readonly items: readonly Summary[] }) {
  const { t, language, locale } = useLanguage();
  return (
    <Table<Summary>
      rowKey="id"
      dataSource={[...items]}
      pagination={items.length > 50 ? { pageSize: 50 } : false}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: <EmptyView title={t("campaigns.none")} next={t("campaigns.none.next")} /> }}
      columns={[
        {
          title: t("campaigns.col.name"),
          render: (_, { id, name }) => (
            <Link href={`/campaigns/${id}`}>
              <strong>{nameIn(language, name, spoken(id))}</strong>
              <div className="quiet">{id}</div>
            </Link>
          ),
        },
        {
          title: t("campaigns.col.state"),
          render: (_, { state }) => <StateMark tone={CAMPAIGN_TONES[state]}>{t(`state.${state}`)}</StateMark>,
        },
        { title: t("campaigns.col.period"), render: (_, { period }) => periodText(period, locale) },
        {
          title: t("campaigns.col.version"),
          render: (_, { activeVersion }) =>
            activeVersion === undefined ? t("campaigns.noVersion") : t("campaigns.version", { version: activeVersion }),
        },
        { title: t("campaigns.col.currency"), dataIndex: "currency" },
      ]}
    />
  );
}

import { PlusOutlined } from "@ant-design/icons";
import { Button, Card, Grid, Input, Select, Table } from "antd";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { useCampaignPages } from "../api/use-campaigns.ts";
import { periodText } from "../format/dates.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";
import type { Summary } from "./money.ts";
import { MoneyUsed } from "./money-used.tsx";

const STATES = ["draft", "active", "settled", "archived"] as const;

export default function Campaigns() {
  const { t, language } = useLanguage();
  const campaigns = useCampaignPages();
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
      <div className="title">
        <h1>{t("campaigns.title")}</h1>
        <NewCampaign />
      </div>
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
        <Listed query={campaigns}>
          {(items, isReadingOn) => {
            const found = items.filter(fits);
            return found.length === 0 && isReadingOn ? (
              <Loading />
            ) : (
              <List items={found} isFiltered={items.length > 0} />
            );
          }}
        </Listed>
      </Card>
    </div>
  );
}

function NewCampaign() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  if (!may("createCampaign")) return null;
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => go("/campaigns/new")}>
      {t("campaigns.new")}
    </Button>
  );
}

/** `/campaigns/new` makes a new one: a campaign that is called so is shown by one of its tabs. */
function addressOf(id: string): string {
  return id === "new" ? "/campaigns/new/board" : `/campaigns/${id}`;
}

interface ListProps {
  readonly items: readonly Summary[];
  readonly isFiltered: boolean;
}

/** A table, or on a phone one below the other: a row of five columns would be wiped to and fro. */
function List(props: ListProps) {
  const { md = true } = Grid.useBreakpoint();
  return md ? <Rows {...props} /> : <Cards {...props} />;
}

function Empty({ isFiltered }: Pick<ListProps, "isFiltered">) {
  const { t } = useLanguage();
  if (isFiltered) return <EmptyView title={t("campaigns.noneFits")} next={t("campaigns.noneFits.next")} />;
  return (
    <EmptyView title={t("campaigns.none")} next={t("campaigns.none.next")}>
      <NewCampaign />
    </EmptyView>
  );
}

function Name({ item: { id, name } }: { readonly item: Summary }) {
  const { language } = useLanguage();
  return (
    <Link href={addressOf(id)}>
      <strong>{nameIn(language, name, spoken(id))}</strong>
      <div className="quiet">{id}</div>
    </Link>
  );
}

function Cards({ items, isFiltered }: ListProps) {
  const { t, locale } = useLanguage();
  if (items.length === 0) return <Empty isFiltered={isFiltered} />;
  return (
    <ul className="campaign-cards">
      {items.map((item) => (
        <li key={item.id}>
          <Name item={item} />
          <StateMark tone={CAMPAIGN_TONES[item.state]}>{t(`state.${item.state}`)}</StateMark>
          <span className="quiet">{periodText(item.period, locale)}</span>
          <MoneyUsed item={item} />
        </li>
      ))}
    </ul>
  );
}

function Rows({ items, isFiltered }: ListProps) {
  const { t, locale } = useLanguage();
  return (
    <Table<Summary>
      rowKey="id"
      dataSource={[...items]}
      pagination={items.length > 50 ? { pageSize: 50 } : false}
      scroll={{ x: 800 }}
      locale={{ emptyText: <Empty isFiltered={isFiltered} /> }}
      columns={[
        {
          title: t("campaigns.col.name"),
          render: (_, item) => <Name item={item} />,
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
        { title: t("campaigns.col.budgets"), render: (_, item) => <MoneyUsed item={item} /> },
      ]}
    />
  );
}

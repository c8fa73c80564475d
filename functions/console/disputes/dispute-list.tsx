import { Segmented, Select, Switch, Table } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import { usePlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { money } from "../format/numbers.ts";
import { type Translate, useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { DisputeState } from "./dispute-state.tsx";
import type { Dispute } from "./types.ts";

type Whose = "all" | "assigned" | "mine";
const STATES = ["open", "assigned", "answered", "accepted", "refused", "withdrawn"] as const;
type State = (typeof STATES)[number];

interface Props {
  /** Without one those of all campaigns. */
  readonly campaign?: string;
}

/** Disputes, the most urgent first, by whose they are, by state, and those that should have been decided by now. */
export function DisputeList({ campaign }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [whose, setWhose] = useState<Whose>("all");
  const [state, setState] = useState<State | "any">("any");
  const [isOverdue, setOverdue] = useState(false);
  const query = {
    whose,
    limit: 50,
    ...(state === "any" ? {} : { state }),
    ...(isOverdue ? { overdue: "true" as const } : {}),
  };
  const ofOne = usePages(
    "listDisputes",
    { params: { campaign: campaign ?? "" }, query },
    { enabled: campaign !== undefined, keeps: true },
  );
  const ofAll = usePages("listAllDisputes", { query }, { enabled: campaign === undefined, keeps: true });
  const handles = may("answerDispute");
  const isFiltered = whose !== "all" || state !== "any" || isOverdue;
  return (
    <div className="stack">
      <div className="row dispute-filters">
        {handles && (
          <Segmented<Whose>
            aria-label={t("disputes.whose")}
            value={whose}
            onChange={setWhose}
            options={whoseOptions(t)}
          />
        )}
        <Select<State | "any">
          aria-label={t("disputes.col.state")}
          value={state}
          onChange={setState}
          options={[
            { value: "any", label: t("disputes.state.any") },
            ...STATES.map((one) => ({ value: one, label: t(`disputes.state.${one}`) })),
          ]}
        />
        {handles && (
          <span className="switch">
            <Switch
              id="overdue-only"
              checked={isOverdue}
              onChange={setOverdue}
              aria-label={t("disputes.overdue.only")}
            />
            <label htmlFor="overdue-only">{t("disputes.overdue.only")}</label>
          </span>
        )}
      </div>
      <Listed query={campaign === undefined ? ofAll : ofOne}>
        {(items) => (
          <Rows
            items={items}
            hasCampaign={campaign === undefined}
            none={isFiltered ? "filtered" : handles ? "handled" : "own"}
          />
        )}
      </Listed>
    </div>
  );
}

function whoseOptions(t: Translate): { value: Whose; label: string }[] {
  return [
    { value: "all", label: t("disputes.whose.all") },
    { value: "assigned", label: t("disputes.whose.assigned") },
    { value: "mine", label: t("disputes.whose.mine") },
  ];
}

interface RowsProps {
  readonly items: readonly Dispute[];
  readonly hasCampaign: boolean;
  readonly none: "filtered" | "handled" | "own";
}

function Rows({ items, hasCampaign, none }: RowsProps) {
  const { t, locale } = useLanguage();
  return (
    <Table<Dispute>
      rowKey={({ campaign, id }) => `${campaign} ${id}`}
      dataSource={[...items]}
      pagination={false}
      size="small"
      scroll={{ x: "max-content" }}
      locale={{ emptyText: <EmptyView title={t(`disputes.none.${none}`)} next={t(`disputes.none.${none}.next`)} /> }}
      columns={[
        {
          title: t("disputes.col.claim"),
          render: (_, dispute) => <Claim dispute={dispute} />,
        },
        ...(hasCampaign
          ? [
              {
                title: t("disputes.col.campaign"),
                render: (_: unknown, { campaign }: Dispute) => <CampaignName id={campaign} />,
              },
            ]
          : []),
        { title: t("disputes.col.payee"), render: (_, { payee }) => payee.id },
        {
          title: t("disputes.col.amount"),
          align: "right",
          className: "figure",
          render: (_, { amount, currency = "" }) => (amount === undefined ? "–" : money(amount, currency, locale)),
        },
        { title: t("disputes.col.state"), render: (_, dispute) => <DisputeState dispute={dispute} /> },
        {
          title: t("disputes.col.decideBy"),
          render: (_, dispute) => <DecideBy dispute={dispute} />,
        },
        { title: t("disputes.col.assigned"), render: (_, { assignedTo }) => assignedTo ?? "–" },
      ]}
    />
  );
}

function Claim({ dispute: { campaign, id, claim, reward } }: { readonly dispute: Dispute }) {
  const words = usePlanWords(campaign);
  return (
    <Link href={`/campaigns/${campaign}/disputes/${id}`} className="dispute-claim">
      <strong>{words.reward(reward)}</strong>
      <div className="quiet">{claim}</div>
    </Link>
  );
}

function CampaignName({ id }: { readonly id: string }) {
  return usePlanWords(id).name;
}

/** On the clock of the plan: by when it has to be decided, or when it was. */
function DecideBy({ dispute: { campaign, decideBy, decidedAt } }: { readonly dispute: Dispute }) {
  const { t, locale } = useLanguage();
  const { zone } = usePlanWords(campaign);
  return decidedAt === undefined
    ? date(decideBy, locale, "day", zone)
    : t("disputes.decidedOn", { at: date(decidedAt, locale, "day", zone) });
}

import { App, Button, Card, Select, Table } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAction, useCaller, usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { RESERVATION_TONES, StateMark } from "../parts/state-mark.tsx";
import { amountText, Level, type Limit } from "./limit-level.tsx";
import { useLimitName } from "./limit-name.ts";

type Reservation = Answer<"listReservations">["items"][number];
const STATES = ["reserved", "committed", "released", "expired"] as const;

interface Props {
  readonly campaign: string;
  readonly limit: Limit;
  readonly words: PlanWords;
}

/** Who has taken a part of a stock or budget; what hangs can be released. */
export function Reservations({ campaign, limit, words }: Props) {
  const { t } = useLanguage();
  const nameOf = useLimitName(words);
  const params = { campaign, kind: limit.kind, limit: limit.id };
  const reservations = usePages("listReservations", { params, query: { limit: 100 } }, { every: 10_000 });
  return (
    <div className="stack">
      <p>
        <Link href={`/campaigns/${campaign}/limits`}>{t("limits.all")}</Link>
      </p>
      <Card title={<h2>{nameOf(limit)}</h2>}>
        <Level limit={limit} words={words} />
      </Card>
      <Listed query={reservations}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyView title={t("limits.reservations.none")} next={t("limits.reservations.none.next")} />
            </Card>
          ) : (
            <Rows items={items} limit={limit} campaign={campaign} words={words} />
          )
        }
      </Listed>
    </div>
  );
}

interface RowsProps extends Props {
  readonly items: readonly Reservation[];
}

function Rows({ items, limit, campaign, words }: RowsProps) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const { modal, message } = App.useApp();
  const [state, setState] = useState<Reservation["state"]>();
  const release = useAction("releaseReservation", () => message.success(t("limits.released")));
  const ask = ({ reservationId, subject, quantity }: Reservation) =>
    modal.confirm({
      title: t("limits.release.title", { id: reservationId }),
      content: t("limits.release.text", { subject, quantity: amountText(quantity, limit, words, locale) }),
      okText: t("limits.release"),
      cancelText: t("decide.cancel"),
      onOk: () => release.mutate({ params: { campaign, kind: limit.kind, limit: limit.id, reservationId } }),
    });
  const rows = items.filter((one) => state === undefined || one.state === state);
  return (
    <>
      <div className="row table-tools">
        <Select
          allowClear
          className="tool-select"
          placeholder={t("limits.everyState")}
          aria-label={t("adjustments.state")}
          options={STATES.map((value) => ({ value, label: t(`limits.state.${value}`) }))}
          value={state}
          onChange={setState}
        />
      </div>
      {release.error && <ProblemView error={release.error} />}
      <Table
        rowKey="reservationId"
        size="small"
        scroll={{ x: "max-content" }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t("payouts.shown.none") }}
        dataSource={rows}
        columns={[
          { title: t("limits.id"), dataIndex: "reservationId" },
          { title: t("limits.subject"), dataIndex: "subject" },
          {
            title: t("limits.quantity"),
            align: "right",
            className: "figure",
            render: (_, { quantity }) => amountText(quantity, limit, words, locale),
          },
          {
            title: t("adjustments.state"),
            render: (_, { state: is }) => <StateMark tone={RESERVATION_TONES[is]}>{t(`limits.state.${is}`)}</StateMark>,
          },
          {
            title: t("limits.created"),
            render: (_, { createdBy, createdAt }) => `${createdBy}, ${date(createdAt, locale, "minute", words.zone)}`,
          },
          {
            title: t("limits.ends"),
            render: (_, { closedAt, closedBy, expiresAt }) =>
              closedAt === undefined
                ? date(expiresAt, locale, "minute", words.zone)
                : `${closedBy ?? ""} ${date(closedAt, locale, "minute", words.zone)}`,
          },
          {
            title: "",
            render: (_, reservation) =>
              reservation.state === "reserved" &&
              may("releaseReservation") && (
                <Button size="small" onClick={() => ask(reservation)}>
                  {t("limits.release")}
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}

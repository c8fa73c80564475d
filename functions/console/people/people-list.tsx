import { Table } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import type { Unit } from "../api/use-units.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { isInForce, useDay } from "../organisation/on-day.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { useRole } from "./role-name.ts";

export type Person = Answer<"listPeople">["items"][number];

interface ListProps {
  readonly people: readonly Person[];
  readonly day: string;
  readonly byId: ReadonlyMap<string, Unit>;
  readonly isFiltered: boolean;
}

/** People with where they are on a day. */
export function PeopleList({ people, day, byId, isFiltered }: ListProps) {
  const { t, locale } = useLanguage();
  const role = useRole();
  const { query } = useDay();
  const then = ({ memberships }: Person) => memberships.find((one) => isInForce(one, day));
  const none = isFiltered
    ? { title: t("people.notFound"), next: t("people.notFound.next") }
    : { title: t("people.none"), next: t("people.none.next") };
  return (
    <Table<Person>
      rowKey="participantId"
      dataSource={[...people]}
      size="small"
      pagination={false}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: <EmptyView {...none} /> }}
      columns={[
        {
          title: t("people.name"),
          render: (_, { participantId, memberships }) => (
            <Link href={`/people/${encodeURIComponent(participantId)}${query}`}>
              <strong>{memberships.at(-1)?.name ?? participantId}</strong>
              <div className="quiet">{participantId}</div>
            </Link>
          ),
        },
        {
          title: t("people.where"),
          render: (_, person) => {
            const unit = then(person)?.unit;
            if (unit === undefined) return <span className="quiet">{t("people.nowhere")}</span>;
            return <Link href={`/organisation/${unit}${query}`}>{byId.get(unit)?.name ?? unit}</Link>;
          },
        },
        { title: t("people.role"), render: (_, person) => role(then(person)?.role) },
        {
          title: t("people.since"),
          render: (_, person) => {
            const membership = then(person);
            if (membership === undefined) return "";
            return membership.from === null ? t("people.sinceEver") : date(membership.from, locale, "day");
          },
        },
        { title: t("people.stretches"), align: "right", render: (_, { memberships }) => memberships.length },
      ]}
    />
  );
}

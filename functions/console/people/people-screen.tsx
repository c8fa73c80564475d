import { Card, Input, Select, Table } from "antd";
import { useEffect, useState } from "react";
import { Link, useParams } from "wouter";
import type { Answer } from "../api/client.ts";
import { useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { DayPicker, isInForce, useDay } from "../organisation/on-day.tsx";
import { type Unit, useUnits } from "../organisation/use-units.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { PersonPage } from "./person-page.tsx";
import { useRole } from "./role-name.ts";

export type Person = Answer<"listPeople">["items"][number];

/** Somebody who types a name is not asked after every letter. */
const REST_MS = 300;

export default function PeopleScreen() {
  const { person } = useParams<{ person?: string }>();
  return person === undefined ? <People /> : <PersonPage key={person} participantId={decoded(person)} />;
}

/** As it stands where the router has decoded it already. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function People() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { day, setDay } = useDay();
  const { units, byId } = useUnits();
  const [typed, setTyped] = useState("");
  const [unit, setUnit] = useState("");
  const q = useRested(typed.trim());
  const isFiltered = q !== "" || unit !== "";
  // With the unit at the top they come by id; without a filter in the order of the store.
  const roots = (units ?? []).filter(({ parent }) => parent === null || !byId.has(parent));
  const top = roots.length === 1 ? roots[0]?.unit : undefined;
  const where = unit === "" ? { ...(top === undefined ? {} : { unit: top }) } : { unit, on: day };
  const query = { limit: 50, ...(q === "" ? {} : { q }), ...where };
  const found = usePages("listPeople", { query }, { enabled: units !== undefined, keeps: true });
  const options = (units ?? []).map(({ unit: id, name }) => ({ value: id, label: `${name} (${id})` }));
  return (
    <div className="page">
      <div className="title">
        <h1>{t("people.title")}</h1>
        {may("importPeople") && <Link href="/imports">{t("company.import")}</Link>}
      </div>
      <div className="row company-filter">
        <Input
          allowClear
          aria-label={t("people.search")}
          placeholder={t("people.search")}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Select
          aria-label={t("people.unit")}
          showSearch={{ optionFilterProp: "label" }}
          value={unit}
          options={[{ value: "", label: t("people.everywhere") }, ...options]}
          onChange={setUnit}
        />
        <DayPicker day={day} onChange={setDay} />
      </div>
      <Card>
        <Listed query={found}>
          {(people) => <List people={people} day={day} byId={byId} isFiltered={isFiltered} />}
        </Listed>
      </Card>
    </div>
  );
}

interface ListProps {
  readonly people: readonly Person[];
  readonly day: string;
  readonly byId: ReadonlyMap<string, Unit>;
  readonly isFiltered: boolean;
}

export function List({ people, day, byId, isFiltered }: ListProps) {
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

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

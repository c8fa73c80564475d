import { Card, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { Link, useParams } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import { useUnits } from "../api/use-units.ts";
import { useLanguage } from "../i18n/language.ts";
import { DayPicker, useDay } from "../organisation/on-day.tsx";
import { Listed } from "../parts/listed.tsx";
import { PeopleList } from "./people-list.tsx";
import { PersonPage } from "./person-page.tsx";

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
          {(people) => <PeopleList people={people} day={day} byId={byId} isFiltered={isFiltered} />}
        </Listed>
      </Card>
    </div>
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

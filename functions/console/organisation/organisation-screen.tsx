import { Card } from "antd";
import { useMemo } from "react";
import { Link, useParams } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import { lineageOf, type Unit, useUnits } from "../api/use-units.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { useLevel } from "../parts/level-name.ts";
import { Listed } from "../parts/listed.tsx";
import { PeopleList } from "../people/people-list.tsx";
import { DayPicker, useDay } from "./on-day.tsx";
import { type Branch, treeOf } from "./tree.ts";
import { UnitTree } from "./unit-tree.tsx";

/** The organisation as a tree, and what stands in the unit that is chosen. */
export default function OrganisationScreen() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { unit } = useParams<{ unit?: string }>();
  const { day, setDay } = useDay();
  const found = useUnits(day);
  const roots = useMemo(() => treeOf(found.units ?? []), [found.units]);
  const shown = unit ?? roots[0]?.unit.unit;
  return (
    <div className="page">
      <div className="title">
        <h1>{t("organisation.title")}</h1>
        <DayPicker day={day} onChange={setDay} />
        {may("importOrgUnits") && <Link href="/imports">{t("company.import")}</Link>}
      </div>
      <p className="quiet">{t("organisation.dates")}</p>
      <Answered query={found}>
        {() =>
          roots.length === 0 ? (
            <Card>
              <EmptyView title={t("organisation.none")} next={t("organisation.none.next")} />
            </Card>
          ) : (
            <div className="organisation">
              <Card>
                <UnitTree roots={roots} shown={shown} byId={found.byId} />
              </Card>
              {shown !== undefined && <UnitView id={shown} roots={roots} byId={found.byId} day={day} />}
            </div>
          )
        }
      </Answered>
    </div>
  );
}

interface UnitViewProps {
  readonly id: string;
  readonly roots: readonly Branch[];
  readonly byId: ReadonlyMap<string, Unit>;
  readonly day: string;
}

function UnitView({ id, roots, byId, day }: UnitViewProps) {
  const { t, locale } = useLanguage();
  const level = useLevel();
  const { query } = useDay();
  const branch = findBranch(roots, id);
  const people = usePages("listPeople", { query: { limit: 50, unit: id, on: day } }, { keeps: true });
  if (branch === undefined)
    return (
      <Card>
        <EmptyView title={t("organisation.unknown", { unit: id })} next={t("organisation.unknown.next")} />
      </Card>
    );
  const { unit, children, people: all } = branch;
  const above = lineageOf(id, byId).slice(1);
  return (
    <section aria-labelledby="unit" className="unit-view">
      <div className="title">
        <h2 id="unit">{unit.name}</h2>
        <code>{unit.unit}</code>
        <span className="quiet">{level(unit.level)}</span>
      </div>
      {above.length > 0 && (
        <p className="quiet">
          {t("organisation.above")}{" "}
          {above.map(({ unit: up, name }, index) => (
            <span key={up}>
              {index > 0 && " · "}
              <Link href={`/organisation/${up}${query}`}>{name}</Link>
            </span>
          ))}
        </p>
      )}
      <div className="figures">
        <Figure name={t("organisation.own")} value={count(unit.people ?? 0, locale)} />
        <Figure name={t("organisation.all")} value={count(all, locale)} />
        <Figure name={t("organisation.children")} value={count(children.length, locale)} />
      </div>
      {children.length > 0 && (
        <Card title={<h3>{t("organisation.children")}</h3>}>
          <ul className="plain-list unit-children">
            {children.map(({ unit: child, people: below }) => (
              <li key={child.unit}>
                <Link href={`/organisation/${child.unit}${query}`}>{child.name}</Link>{" "}
                <span className="quiet figure">{t("organisation.people", { count: count(below, locale) })}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={<h3>{t("organisation.members")}</h3>}>
        <Listed query={people}>{(items) => <PeopleList people={items} day={day} byId={byId} isFiltered />}</Listed>
      </Card>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <div className="quiet">{name}</div>
      <strong className="figure">{value}</strong>
    </div>
  );
}

function findBranch(branches: readonly Branch[], id: string): Branch | undefined {
  for (const branch of branches) {
    const found = branch.unit.unit === id ? branch : findBranch(branch.children, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

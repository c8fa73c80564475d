import { Card } from "antd";
import { Link } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { useCampaignPages } from "../api/use-campaigns.ts";
import { lineageOf, type Unit, useUnits } from "../api/use-units.ts";
import { date, periodText } from "../format/dates.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { DayPicker, isInForce, lastDay, useDay } from "../organisation/on-day.tsx";
import { Answered, Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";
import type { Person } from "./people-list.tsx";
import { useRole } from "./role-name.ts";

type Membership = Person["memberships"][number];

/** One person: where and as what they worked when, and the campaigns of these days. */
export function PersonPage({ participantId }: { readonly participantId: string }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { query } = useDay();
  const person = useAnswer("getPerson", { params: { participantId } });
  return (
    <div className="page">
      <p className="crumbs">
        <Link href={`/people${query}`}>{t("people.title")}</Link>
      </p>
      <Answered
        query={person}
        missing={
          <EmptyView title={t("people.unknown", { id: participantId })} next={t("people.unknown.next")}>
            <Link href="/people">{t("people.title")}</Link>
          </EmptyView>
        }
      >
        {(found) => (
          <>
            <div className="title">
              <h1>{found.memberships.at(-1)?.name ?? participantId}</h1>
              <code>{participantId}</code>
            </div>
            <TimeLine memberships={found.memberships} />
            {may("listCampaigns") && <Campaigns person={found} />}
            {may("importPeople") && (
              <p className="quiet">
                {t("people.import.text")} <Link href="/imports">{t("company.import")}</Link>
              </p>
            )}
          </>
        )}
      </Answered>
    </div>
  );
}

function TimeLine({ memberships }: { readonly memberships: readonly Membership[] }) {
  const { t } = useLanguage();
  const { day, setDay } = useDay();
  const { byId } = useUnits();
  const newest = memberships.toSorted((a, b) => (b.from ?? "").localeCompare(a.from ?? ""));
  const isNowhere = !memberships.some((one) => isInForce(one, day));
  return (
    <section aria-labelledby="history">
      <div className="title">
        <h2 id="history">{t("people.history")}</h2>
        <DayPicker day={day} onChange={setDay} />
      </div>
      <Card>
        {isNowhere && <p className="quiet">{t("people.nowhereThen")}</p>}
        <ol className="time-line">
          {newest.map((membership) => (
            <Stretch
              key={`${membership.from} ${membership.unit}`}
              membership={membership}
              then={isInForce(membership, day)}
              byId={byId}
            />
          ))}
        </ol>
      </Card>
    </section>
  );
}

interface StretchProps {
  readonly membership: Membership;
  /** In force on the day that is looked at. */
  readonly then: boolean;
  readonly byId: ReadonlyMap<string, Unit>;
}

function Stretch({ membership, then, byId }: StretchProps) {
  const { t, locale } = useLanguage();
  const { query } = useDay();
  const role = useRole();
  const { from, to, unit } = membership;
  const start = from === null ? t("people.ever") : date(from, locale, "day");
  const end = to === null ? t("people.open") : date(lastDay(to), locale, "day");
  const above = lineageOf(unit, byId).slice(1);
  return (
    <li className={then ? "time-then" : ""} {...(then ? { "aria-current": "date" as const } : {})}>
      <span className="figure">
        {start} – {end}
      </span>{" "}
      {then && <StateMark tone="good">{t("people.then")}</StateMark>}
      <div>
        <strong>{role(membership.role)}</strong>,{" "}
        <Link href={`/organisation/${unit}${query}`}>{byId.get(unit)?.name ?? unit}</Link>
        {above.length > 0 && <span className="quiet"> · {above.map(({ name }) => name).join(" · ")}</span>}
      </div>
    </li>
  );
}

/** Campaigns whose period meets a day on which the person belonged somewhere. */
function Campaigns({ person }: { readonly person: Person }) {
  const { t, language, locale } = useLanguage();
  const { may } = useCaller();
  const campaigns = useCampaignPages();
  const meets = (period: { readonly start: string; readonly end: string }) =>
    person.memberships.some(
      ({ from, to }) => (from === null || from < period.end) && (to === null || period.start.slice(0, 10) < to),
    );
  return (
    <section aria-labelledby="campaigns">
      <h2 id="campaigns">{t("people.campaigns")}</h2>
      <Card>
        <Listed query={campaigns}>
          {(items, isReadingOn) => {
            const met = items.filter(({ period, activeVersion }) => activeVersion !== undefined && meets(period));
            if (met.length === 0 && isReadingOn) return <Loading />;
            if (met.length === 0)
              return <EmptyView title={t("people.campaigns.none")} next={t("people.campaigns.none.next")} />;
            return (
              <ul className="plain-list">
                {met.map(({ id, name, state, period }) => (
                  <li key={id} className="row">
                    <strong>{nameIn(language, name, spoken(id))}</strong>
                    <StateMark tone={CAMPAIGN_TONES[state]}>{t(`state.${state}`)}</StateMark>
                    <span className="quiet">{periodText(period, locale)}</span>
                    {may("getStatement") && (
                      <Link href={`/campaigns/${id}/statement/participant/${encodeURIComponent(person.participantId)}`}>
                        {t("people.statement")}
                      </Link>
                    )}
                  </li>
                ))}
              </ul>
            );
          }}
        </Listed>
      </Card>
    </section>
  );
}

import { Card } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { useCampaignPages } from "../api/use-campaigns.ts";
import { periodText } from "../format/dates.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";
import { CampaignStanding } from "./campaign-standing.tsx";
import { Section } from "./section.tsx";

type Summary = Answer<"listCampaigns">["items"][number];

/** So many boards are read to tell how campaigns stand; of the others their names are told. */
const MOST_STANDINGS = 12;

/** What runs, and what was settled, for who lists campaigns. */
export function Running() {
  const { t } = useLanguage();
  const campaigns = useCampaignPages();
  return (
    <Listed<Summary> query={campaigns}>
      {(items, isReadingOn) => {
        const running = items.filter(({ state }) => state === "active");
        const settled = items.filter(({ state }) => state === "settled");
        return (
          <>
            <Section title={t("home.running")}>
              {running.length === 0 && isReadingOn ? <Loading /> : <Cards items={running} stands />}
            </Section>
            {settled.length > 0 && (
              <Section title={t("home.settled")}>
                <Cards items={settled} />
              </Section>
            )}
          </>
        );
      }}
    </Listed>
  );
}

function Cards({ items, stands = false }: { readonly items: readonly Summary[]; readonly stands?: boolean }) {
  const { t, language, locale } = useLanguage();
  const { may } = useCaller();
  if (items.length === 0) {
    return (
      <Card>
        <EmptyView title={t("home.running.none")} next={t("home.running.none.next")}>
          <Link href="/campaigns">{t("nav.campaigns")}</Link>
        </EmptyView>
      </Card>
    );
  }
  return (
    <div className="cards">
      {items.map(({ id, name, state, period }, index) => (
        <Link key={id} href={`/campaigns/${id}`} className="card-link">
          <Card hoverable>
            <h3>{nameIn(language, name, spoken(id))}</h3>
            <p className="quiet">{periodText(period, locale)}</p>
            <StateMark tone={CAMPAIGN_TONES[state]}>{t(`state.${state}`)}</StateMark>
            {stands && may("getBoards") && index < MOST_STANDINGS && <CampaignStanding campaign={id} />}
          </Card>
        </Link>
      ))}
    </div>
  );
}

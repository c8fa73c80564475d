import { Button, Card, Statistic } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller, usePages } from "../api/hooks.ts";
import { spoken, usePlanWords } from "../api/plan-names.ts";
import { PlaceMovement, placeText } from "../board/place-text.tsx";
import { date, periodText } from "../format/dates.ts";
import { decimal, money } from "../format/numbers.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";
import { CampaignStanding } from "./campaign-standing.tsx";
import { Section } from "./section.tsx";

type Mine = Answer<"listMyCampaigns">["items"][number];

/** Places are asked of so many boards of a campaign; all are on the board. */
const MOST_PLACES = 3;
const EVERY_MS = 30_000;

/** Those in which one takes part, for who does not list campaigns: how one stands, and the ways to board and statement. */
export function MyCampaigns() {
  const { t } = useLanguage();
  const campaigns = usePages("listMyCampaigns", { query: { limit: 100 } });
  return (
    <Section title={t("home.yours")}>
      <Listed<Mine> query={campaigns}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyView title={t("home.yours.none")} next={t("home.yours.none.next")} />
            </Card>
          ) : (
            <div className="cards cards-wide">
              {items.toSorted(newestFirst).map((item) => (
                <MyCampaign key={item.campaign} item={item} />
              ))}
            </div>
          )
        }
      </Listed>
    </Section>
  );
}

/** What runs stands before what is settled. */
function newestFirst(a: Mine, b: Mine): number {
  return Number(b.state === "active") - Number(a.state === "active") || (a.period.end < b.period.end ? 1 : -1);
}

function MyCampaign({ item: { campaign, name, state, period, places } }: { readonly item: Mine }) {
  const { t, language, locale } = useLanguage();
  const { me } = useCaller();
  const sells = me.roles.includes("seller");
  return (
    <Card>
      <div className="title">
        <h3>{nameIn(language, name, spoken(campaign))}</h3>
        <StateMark tone={CAMPAIGN_TONES[state]}>{t(`state.${state}`)}</StateMark>
      </div>
      <p className="quiet">{periodText(period, locale)}</p>
      {sells ? <OwnFigures campaign={campaign} places={places} /> : <CampaignStanding campaign={campaign} />}
      <div className="row">
        <Link href={`/campaigns/${campaign}/board`}>
          <Button type={sells ? "default" : "primary"}>{t("home.open.board")}</Button>
        </Link>
        {sells && (
          <Link href={`/campaigns/${campaign}/statement`}>
            <Button type="primary">{t("home.open.statement")}</Button>
          </Link>
        )}
      </div>
    </Card>
  );
}

function OwnFigures({ campaign, places }: { readonly campaign: string; readonly places: readonly string[] }) {
  const { may } = useCaller();
  return (
    <div className="figures">
      {may("getStatement") && <OwnAmount campaign={campaign} />}
      {may("getBoardPlace") &&
        places.slice(0, MOST_PLACES).map((board) => <OwnPlace key={board} campaign={campaign} board={board} />)}
    </div>
  );
}

/** By the newest run; before the first there is none. */
function OwnAmount({ campaign }: { readonly campaign: string }) {
  const { t, locale } = useLanguage();
  const { me } = useCaller();
  const words = usePlanWords(campaign);
  const { data } = useAnswer("getStatement", { params: { campaign, payeeKind: "participant", payeeId: me.subject } });
  if (data === undefined) return <Statistic title={t("home.amount")} value={t("home.amount.none")} />;
  const asOf = date(data.asOf, locale, "day", words.zone);
  return (
    <div>
      <Statistic title={t("home.amount")} value={money(data.total, data.currency, locale)} />
      <p className="quiet">{t(data.provisional ? "home.amount.provisional" : "home.amount.final", { asOf })}</p>
    </div>
  );
}

function OwnPlace({ campaign, board }: { readonly campaign: string; readonly board: string }) {
  const { t, locale } = useLanguage();
  const { me } = useCaller();
  const words = usePlanWords(campaign);
  const params = { campaign, board, participant: me.subject };
  const { data } = useAnswer("getBoardPlace", { params }, { every: EVERY_MS });
  if (data === undefined || data.row === undefined) return null;
  return (
    <div>
      <Statistic title={words.reward(board)} value={placeText(t, locale, data.place)} />
      <PlaceMovement standing={data} />
      {data.ahead && (
        <p className="quiet">
          {t("board.ahead", { missing: decimal(data.ahead.missing, locale), rank: data.ahead.rank })}
        </p>
      )}
    </div>
  );
}

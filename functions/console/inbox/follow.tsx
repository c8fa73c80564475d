import { Card } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer } from "../api/hooks.ts";
import { usePlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { Answered } from "../parts/answered.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import { HERE } from "./here.ts";
import { reasonText, sentence } from "./told.ts";

type Credits = Answer<"getFactCredits">;
type InCampaign = Credits["campaigns"][number];

const AGAIN_MS = 3_000;

/** Where a fact counts. Asked again until every campaign has it, so that one can watch it arrive. */
export function Follow({ source, externalId }: { readonly source: string; readonly externalId: string }) {
  const { t } = useLanguage();
  const first = useAnswer("getFactCredits", { params: { source, externalId } });
  const waits = first.data !== undefined && (first.data.held !== undefined || isPending(first.data));
  const query = useAnswer("getFactCredits", { params: { source, externalId } }, { every: waits ? AGAIN_MS : 60_000 });
  return (
    <Answered query={query} missing={<p>{t("facts.follow.none")}</p>}>
      {(credits) => (
        <div className="stack">
          <Way credits={credits} />
          <Places campaigns={credits.campaigns} />
        </div>
      )}
    </Answered>
  );
}

function isPending({ campaigns }: Credits): boolean {
  return campaigns.some(({ state }) => state === "pending");
}

/** Stored, known, credited: one step after the other. */
function Way({ credits }: { readonly credits: Credits }) {
  const { t, locale } = useLanguage();
  const words = useServerWords();
  const { held, version, recordedAt } = credits;
  const looked = credits.campaigns.filter(({ state }) => state !== "outside");
  const counts = looked.filter(({ state, credits: own }) => state === "credited" && own.some(isCounted));
  const credited: Tone = held ? "quiet" : isPending(credits) ? "busy" : counts.length > 0 ? "good" : "quiet";
  return (
    <ol className="facts-way" aria-live="polite">
      <li>
        <StateMark tone="good">
          {t("facts.step.stored", { version, at: date(recordedAt, locale, "second", HERE) })}
        </StateMark>
      </li>
      <li>
        <StateMark tone={held ? "bad" : "good"}>
          {held ? t("facts.step.held", { message: sentence(held.message, t, words).text }) : t("facts.step.known")}
        </StateMark>
      </li>
      <li>
        <StateMark tone={credited}>
          {held
            ? t("facts.step.waits")
            : isPending(credits)
              ? t("facts.step.pending")
              : t(counts.length > 0 ? "facts.step.credited" : "facts.step.nowhere", { count: counts.length })}
        </StateMark>
      </li>
    </ol>
  );
}

const isCounted = ({ outcome }: InCampaign["credits"][number]) => outcome === "counted";

/** Campaigns that look at the time at which it occurred; the others are only counted. */
function Places({ campaigns }: { readonly campaigns: readonly InCampaign[] }) {
  const { t } = useLanguage();
  const looked = campaigns.filter(({ state }) => state !== "outside");
  const outside = campaigns.length - looked.length;
  return (
    <div className="stack">
      {campaigns.length === 0 && <p className="quiet">{t("facts.campaigns.none")}</p>}
      {looked.map((one) => (
        <InOneCampaign key={one.campaign} one={one} />
      ))}
      {outside > 0 && <p className="quiet">{t("facts.campaigns.outside", { count: outside })}</p>}
    </div>
  );
}

function InOneCampaign({ one: { campaign, state, credits } }: { readonly one: InCampaign }) {
  const { t, locale } = useLanguage();
  const words = usePlanWords(campaign);
  return (
    <Card size="small" title={<Link href={`/campaigns/${campaign}`}>{words.name}</Link>}>
      <ul className="plain-list spaced">
        {credits.map(({ participantId, unit, outcome, reason = "", values }) => (
          <li key={`${participantId} ${unit}`}>
            <StateMark tone={state === "pending" ? "busy" : outcome === "counted" ? "good" : "quiet"}>
              {state === "pending" ? t("facts.state.pending") : t(`facts.outcome.${outcome}`)}
            </StateMark>{" "}
            <strong>{participantId}</strong>
            {unit !== undefined && <span className="quiet"> · {unit}</span>}
            {outcome === "counted" ? (
              <ul>
                {Object.entries(values).map(([measure, value]) => (
                  <li key={measure}>
                    {words.measure(measure)}: <span className="figure">{decimal(value, locale)}</span>
                  </li>
                ))}
              </ul>
            ) : (
              <div>{reasonText(reason, words.label, t)}</div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

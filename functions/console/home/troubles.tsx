import { WarningFilled } from "@ant-design/icons";
import { Link } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { useCampaigns } from "../api/use-campaigns.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { Section } from "./section.tsx";
import { useEach } from "./use-each.ts";

const EVERY_MS = 60_000;
/** So many are asked how they are; a company has fewer, and each has a page of its own. */
const MOST_ASKED = 20;

interface Trouble {
  readonly key: string;
  readonly text: string;
  readonly href: string;
}

/** What has gone wrong and stays wrong until somebody looks: nothing is shown where nothing has. */
export function Troubles() {
  const { t } = useLanguage();
  const troubles = [...useFailedRuns(), ...useSources(), ...useDeadLetters()];
  if (troubles.length === 0) return null;
  return (
    <Section title={t("home.troubles")}>
      <ul className="counts">
        {troubles.map(({ key, text, href }) => (
          <li key={key}>
            <Link href={href} className="count-link count-bad">
              <WarningFilled aria-hidden="true" /> {text}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Of each campaign its newest run, where that failed; of very many campaigns those that end last are looked at. */
function useFailedRuns(): Trouble[] {
  const { t, language } = useLanguage();
  const { may } = useCaller();
  const open = useCampaigns(may("listRuns"))
    .filter(({ state }) => state === "active" || state === "settled")
    .sort((a, b) => b.period.end.localeCompare(a.period.end));
  const calls = open.slice(0, MOST_ASKED).map(({ id }) => ({ params: { campaign: id }, query: { limit: 200 } }));
  const runs = useEach("listRuns", calls, { every: EVERY_MS });
  return runs.flatMap(({ items }) => {
    const newest = items.at(-1);
    if (newest?.state !== "failed") return [];
    const campaign = open.find(({ id }) => id === newest.campaign);
    const name = nameIn(language, campaign?.name, spoken(newest.campaign));
    const text = t("home.troubles.run", { campaign: name, run: newest.runId });
    return [{ key: `run ${newest.campaign}`, text, href: `/campaigns/${newest.campaign}/runs` }];
  });
}

/** Sources that are silent, or whose messages could not be taken. */
function useSources(): Trouble[] {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const sources = useAnswer("listSources", { query: { limit: MOST_ASKED } }, { enabled: may("getSourceHealth") });
  const known = sources.data?.items ?? [];
  const health = useEach(
    "getSourceHealth",
    known.map(({ source }) => ({ params: { source } })),
    { every: EVERY_MS },
  );
  return health.flatMap(({ source, silent, lastHeardAt, gaps }) => {
    const name = known.find((one) => one.source === source)?.name ?? source;
    const since = lastHeardAt === undefined ? t("home.troubles.never") : date(lastHeardAt, locale);
    const href = `/sources/${encodeURIComponent(source)}`;
    return [
      ...(silent ? [{ key: `silent ${source}`, text: t("home.troubles.silent", { name, since }), href }] : []),
      ...(gaps.length > 0
        ? [{ key: `gaps ${source}`, text: t("home.troubles.gaps", { name, count: count(gaps.length, locale) }), href }]
        : []),
    ];
  });
}

/** Messages to others that were given up, by channel. */
function useDeadLetters(): Trouble[] {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const channels = useAnswer(
    "listChannels",
    { query: { limit: MOST_ASKED } },
    { enabled: may("listChannelDeliveries") },
  );
  const known = channels.data?.items ?? [];
  const sent = useEach(
    "listChannelDeliveries",
    known.map(({ channel }) => ({ params: { channel }, query: { limit: 50 } })),
    { every: EVERY_MS },
  );
  return sent.flatMap(({ items }) => {
    const dead = items.filter(({ state }) => state === "dead");
    const channel = dead[0]?.channel;
    if (channel === undefined) return [];
    const name = known.find((one) => one.channel === channel)?.name ?? channel;
    const text = t("home.troubles.dead", { name, count: count(dead.length, locale) });
    return [{ key: `dead ${channel}`, text, href: `/channels/${encodeURIComponent(channel)}` }];
  });
}

import { Card } from "antd";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller, usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useUnitName } from "../api/use-units.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { Answered } from "../parts/answered.tsx";
import type { TabProps } from "../parts/tab-props.ts";
import { Commands } from "./commands.tsx";
import { Evaluation } from "./evaluation.tsx";
import { type Happened, historyOf } from "./history.ts";
import { type Request, Requests, requestText } from "./requests.tsx";

type Life = Answer<"getLifecycle">;

const EVERY_MS = 15_000;

/** Where a campaign is in its life, what happened, what can be done now and what it cost and brought. */
export default function LifeTab({ campaign, words }: TabProps) {
  const { may } = useCaller();
  const life = useAnswer("getLifecycle", { params: { campaign } }, { every: EVERY_MS });
  const pages = usePages(
    "listApprovals",
    { query: { whose: "all", limit: 200 } },
    { enabled: may("listApprovals"), every: EVERY_MS },
  );
  const requests = (pages.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter((item) => isOfLife(item, campaign))
    .sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  return (
    <Answered query={life}>
      {(data) => (
        <div className="stack">
          <Now life={data} />
          <Commands campaign={campaign} words={words} life={data} />
          <Requests requests={requests} words={words} />
          <div className="columns">
            <History campaign={campaign} words={words} requests={requests} isOver={OVER.has(data.phase)} />
            <Versions life={data} words={words} />
          </div>
          {may("getEvaluation") && <Evaluation campaign={campaign} words={words} />}
        </div>
      )}
    </Answered>
  );
}

function isOfLife({ content }: Request, campaign: string): boolean {
  return (content.kind === "activation" || content.kind === "lifecycle") && content.campaign === campaign;
}

/** After the end of the period. */
const OVER: ReadonlySet<string> = new Set(["closing", "settled", "archived"]);
/** The ways that lives take; a phase beside the way stands in its place. */
const WAY = ["draft", "pilot", "active", "closing", "settled", "archived"] as const;
const INSTEAD: Readonly<Partial<Record<Life["phase"], (typeof WAY)[number]>>> = {
  pilotOver: "pilot",
  paused: "active",
};

function Now({ life: { phase, conduct } }: { readonly life: Life }) {
  const { t } = useLanguage();
  const at = INSTEAD[phase] ?? phase;
  const shown = WAY.filter((one) => one !== "pilot" || at === "pilot" || conduct?.pilot !== undefined);
  return (
    <Card title={<h2>{t("lifecycle.now")}</h2>}>
      <ol className="steps-line">
        {shown.map((one) => (
          <li key={one} {...(one === at ? { "aria-current": "step" as const } : {})}>
            {t(`lifecycle.phase.${one === at ? phase : one}`)}
          </li>
        ))}
      </ol>
      <p>{t(`lifecycle.phase.text.${phase}`)}</p>
    </Card>
  );
}

function History({
  campaign,
  words,
  requests,
  isOver,
}: {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly requests: readonly Request[];
  readonly isOver: boolean;
}) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const params = { campaign };
  const server = useServerWords();
  const unitName = useUnitName();
  const query = { limit: 200 };
  const versions = usePages("listVersions", { params, query }, { enabled: may("listVersions") });
  const runs = usePages("listRuns", { params, query }, { enabled: may("listRuns") });
  if (words.campaign === undefined || words.plan === undefined) return null;
  const happened = historyOf(
    {
      campaign: words.campaign,
      plan: words.plan,
      versions: (versions.data?.pages ?? []).flatMap(({ items }) => items),
      runs: (runs.data?.pages ?? []).flatMap(({ items }) => items),
      requests,
      isOver,
      nameOf: (request) => requestText(request, unitName, t, locale),
    },
    t,
    locale,
    server,
  );
  return (
    <Card title={<h2>{t("lifecycle.history")}</h2>}>
      <ol className="history">
        {happened.map((one) => (
          <li key={`${one.at} ${one.what}`} className={one.isAhead ? "history-ahead" : ""}>
            <Told one={one} zone={words.zone} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Told({ one, zone }: { readonly one: Happened; readonly zone: string | undefined }) {
  const { locale } = useLanguage();
  const isLocal = !/Z|[+-]\d\d:\d\d/.test(one.at);
  return (
    <>
      <div>{one.what}</div>
      <div className="quiet">
        {date(one.at, locale, "minute", isLocal ? undefined : zone)}
        {one.who !== undefined && ` · ${one.who}`}
      </div>
    </>
  );
}

function Versions({ life: { versions }, words }: { readonly life: Life; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  if (versions.length === 0) return null;
  return (
    <Card title={<h2>{t("lifecycle.versions")}</h2>}>
      <ul className="reward-rules">
        {versions.toReversed().map(({ version, publishedBy, inForce, linted, simulationHash, planHash }) => (
          <li key={version}>
            <strong>{t("lifecycle.version", { version })}</strong>
            {inForce && ` (${t("lifecycle.version.inForce")})`}
            <div className="quiet">
              {t("lifecycle.version.by", { who: publishedBy })}
              {linted !== undefined &&
                ` · ${t("lifecycle.version.linted", { at: date(linted.at, locale, "minute", words.zone), findings: count(linted.findings, locale) })}`}
            </div>
            <code className="hash">{planHash}</code>
            {simulationHash !== undefined && (
              <div className="quiet">{t("lifecycle.version.simulated", { hash: simulationHash.slice(0, 12) })}</div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

import { Button, Card } from "antd";
import { Link } from "wouter";
import { useAnswer } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { HERE } from "../inbox/here.ts";
import { Scrolled } from "../inbox/scrolled.tsx";
import { useCopy } from "../inbox/use-copy.ts";
import { Answered } from "../parts/answered.tsx";
import { HealthMark } from "./health-mark.tsx";
import { type Health, kindOf, type Source, webhookAddress } from "./use-source.ts";
import { curlOf, KIND_NAMES } from "./vendors.ts";

const OUTCOMES = [
  "stored",
  "duplicate",
  "held",
  "conflict",
  "rejected",
  "ignored",
  "waiting",
  "unauthenticated",
] as const;

/** How a source fares, what it left out, and where it delivers to. */
export function Overview({ source }: { readonly source: Source }) {
  const { t } = useLanguage();
  const health = useAnswer("getSourceHealth", { params: { source: source.source } }, { every: 30_000 });
  return (
    <div className="stack">
      <Answered query={health}>
        {(found) => (
          <>
            <HealthCard source={source} health={found} />
            <GapsCard source={source} gaps={found.gaps} />
          </>
        )}
      </Answered>
      <Card title={<h2>{t("sources.connect")}</h2>}>
        <Connect source={source} />
      </Card>
    </div>
  );
}

function HealthCard({ source, health }: { readonly source: Source; readonly health: Health }) {
  const { t, locale } = useLanguage();
  const { expected } = source;
  return (
    <Card
      title={<h2>{t("sources.health")}</h2>}
      extra={<Link href={`/inbox?source=${source.source}`}>{t("sources.inbox")}</Link>}
    >
      <div className="stack">
        <div className="row">
          <HealthMark source={source} health={health} />
          <span>
            {health.lastHeardAt === undefined
              ? t("sources.never")
              : t("sources.heard", { at: date(health.lastHeardAt, locale, "second", HERE) })}
          </span>
        </div>
        <p className="quiet">
          {expected === undefined
            ? t("sources.expected.none")
            : t("sources.expected", {
                minutes: expected.everyMinutes,
                from: expected.from,
                to: expected.to,
                zone: expected.zone,
              })}
        </p>
        <h3>{t("sources.day")}</h3>
        <dl className="facts-numbers">
          {OUTCOMES.map((outcome) => (
            <div key={outcome}>
              <dt>{t(`outcome.${outcome}`)}</dt>
              <dd className="figure">{count(health.counts[outcome] ?? 0, locale)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Card>
  );
}

function GapsCard({ source, gaps }: { readonly source: Source; readonly gaps: Health["gaps"] }) {
  const { t } = useLanguage();
  if (kindOf(source) !== "standard") return null;
  return (
    <Card title={<h2>{t("sources.gaps")}</h2>}>
      {gaps.length === 0 ? (
        <p className="quiet">{t("sources.gaps.none")}</p>
      ) : (
        <>
          <p>{t("sources.gaps.text")}</p>
          <ul>
            {gaps.map(({ first, last }) => (
              <li key={first} className="figure">
                {first === last ? first : `${first} – ${last}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** Address, and what to do at the sender's. No secret is ever shown: it is named, and lies in the secret store. */
export function Connect({ source }: { readonly source: Pick<Source, "source" | "kind"> }) {
  const { t } = useLanguage();
  const copy = useCopy();
  const kind = kindOf(source);
  const address = webhookAddress(source.source);
  const curl = curlOf(kind, address, source.source);
  return (
    <div className="stack">
      <div className="row">
        <span>{t("sources.address")}</span>
        <code>{address}</code>
        <Button size="small" onClick={() => copy(address)}>
          {t("sources.address.copy")}
        </Button>
      </div>
      <p>{t(`sources.guide.${kind}`)}</p>
      {curl === undefined ? (
        <p className="quiet">{t("sources.curl.none", { vendor: KIND_NAMES[kind] })}</p>
      ) : (
        <figure className="facts-message">
          <figcaption>
            <strong>{t("sources.curl")}</strong>{" "}
            <Button size="small" onClick={() => copy(curl)}>
              {t("facts.copy")}
            </Button>
          </figcaption>
          <Scrolled className="facts-body" label={t("sources.curl")}>
            <pre>{curl}</pre>
          </Scrolled>
        </figure>
      )}
    </div>
  );
}

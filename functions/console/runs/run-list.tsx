import { Card, Statistic } from "antd";
import { Link } from "wouter";
import { usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { difference, money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { RUN_TONES, StateMark } from "../parts/state-mark.tsx";
import { AskForRun } from "./ask-for-run.tsx";
import { LateChanges } from "./late-changes.tsx";
import { shareDone } from "./run-progress.tsx";
import type { Run } from "./types.ts";
import { postedBefore } from "./use-before.ts";

const EVERY_MS = 5_000;
const PAGE = 20;

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** The runs of a campaign, newest first, and what calls for the next one. */
export function RunList({ campaign, words }: Props) {
  const { t } = useLanguage();
  const runs = usePages(
    "listRuns",
    { params: { campaign }, query: { order: "newestFirst", limit: PAGE } },
    { every: EVERY_MS },
  );
  return (
    <div className="stack">
      <div className="row runs-actions">
        <AskForRun campaign={campaign} words={words} />
        <Link href={`/campaigns/${campaign}/runs/checks`}>{t("runs.checks.open")}</Link>
      </div>
      <LateChanges campaign={campaign} words={words} />
      <Listed query={runs}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyView title={t("runs.none")} next={t("runs.none.next")} />
            </Card>
          ) : (
            <ul className="plain-list stack">
              {items.map((run) => (
                <RunRow
                  key={run.runId}
                  run={run}
                  before={postedBefore(items, run.runId)}
                  isFirst={!runs.hasNextPage}
                  words={words}
                />
              ))}
            </ul>
          )
        }
      </Listed>
    </div>
  );
}

interface RowProps {
  readonly run: Run;
  readonly before: Run | undefined;
  /** Without one before it nothing was posted before it: all runs are there. */
  readonly isFirst: boolean;
  readonly words: PlanWords;
}

function RunRow({ run, before, isFirst, words }: RowProps) {
  const { t, locale } = useLanguage();
  const { runId, campaign, kind, state, totals, progress, warnings } = run;
  const currency = words.currency ?? "";
  const blocking = warnings.filter(({ blocks }) => blocks).length;
  return (
    <li>
      <Card size="small">
        <div className="run-line">
          <h2 className="run-title">
            <Link href={`/campaigns/${campaign}/runs/${runId}`}>
              {t(`runs.kind.${kind}`)} <small className="quiet">{runId}</small>
            </Link>
          </h2>
          <StateMark tone={RUN_TONES[state]}>{t(`runs.state.${state}`)}</StateMark>
        </div>
        <div className="figures">
          {totals && <Statistic title={t("runs.total")} value={money(totals.all, currency, locale)} />}
          {totals && (before || isFirst) && (
            <Statistic
              title={t("runs.difference")}
              value={
                before
                  ? moneyDifference(difference(totals.all, before.totals?.all ?? "0"), currency, locale)
                  : t("runs.difference.first")
              }
            />
          )}
          {run.postedTotal !== undefined && (
            <Statistic title={t("runs.postedTotal")} value={moneyDifference(run.postedTotal, currency, locale)} />
          )}
          {state === "computing" && progress && (
            <Statistic title={t("runs.progress.title")} value={`${shareDone(progress)} %`} />
          )}
        </div>
        <p className="quiet">
          {t("runs.by", { who: run.submittedBy, at: date(run.startedAt, locale, "minute", words.zone) })}
          {warnings.length > 0 && ` · ${t("runs.warnings.count", { count: warnings.length })}`}
          {blocking > 0 && ` · ${t("runs.warnings.blocking", { count: blocking })}`}
        </p>
      </Card>
    </li>
  );
}

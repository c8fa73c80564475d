import { Alert, Card, Statistic, Tabs } from "antd";
import { Link, useLocation } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { Decide } from "../approvals/decide.tsx";
import { count, difference, money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { RUN_TONES, StateMark } from "../parts/state-mark.tsx";
import { RunProgress } from "./run-progress.tsx";
import { sectionsOf } from "./run-sections.tsx";
import { RunStory } from "./run-story.tsx";
import type { Run } from "./types.ts";
import { type Before, useBefore } from "./use-before.ts";
import { Warnings } from "./warnings.tsx";

const EVERY_MS = 3_000;

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly runId: string;
  readonly section: string | undefined;
}

/** A run at its own address: what it says, what it changes, and the decision. */
export function RunPage({ campaign, words, runId, section }: Props) {
  const { t } = useLanguage();
  const run = useAnswer("getRun", { params: { campaign, runId } }, { every: EVERY_MS });
  const before = useBefore(campaign, runId);
  const missing = (
    <Card>
      <EmptyView title={t("runs.missing")} next={t("runs.missing.next")} />
    </Card>
  );
  return (
    <div className="stack">
      <p>
        <Link href={`/campaigns/${campaign}/runs`}>{t("runs.all")}</Link>
      </p>
      <Answered query={run} missing={missing}>
        {(data) => (
          <>
            <Head run={data} before={before} words={words} />
            {data.totals && before.isKnown && (
              <Sections run={data} before={before.run} words={words} section={section} />
            )}
          </>
        )}
      </Answered>
    </div>
  );
}

interface HeadProps {
  readonly run: Run;
  readonly before: Before;
  readonly words: PlanWords;
}

function Head({ run, before, words }: HeadProps) {
  const { t, locale } = useLanguage();
  const { runId, kind, state, totals } = run;
  const currency = words.currency ?? "";
  const change = totals && before.isKnown ? difference(totals.all, before.run?.totals?.all ?? "0") : undefined;
  return (
    <Card
      title={
        <h2 className="run-title">
          {t(`runs.kind.${kind}`)} <small className="quiet">{runId}</small>
        </h2>
      }
      extra={<StateMark tone={RUN_TONES[state]}>{t(`runs.state.${state}`)}</StateMark>}
    >
      <div className="stack">
        {totals && (
          <div className="figures">
            <Statistic title={t("runs.total")} value={money(totals.all, currency, locale)} />
            {change !== undefined && (
              <Statistic
                title={t("runs.difference")}
                value={before.run ? moneyDifference(change, currency, locale) : t("runs.difference.first")}
              />
            )}
            {run.postedTotal !== undefined && (
              <Statistic title={t("runs.postedTotal")} value={moneyDifference(run.postedTotal, currency, locale)} />
            )}
            {totals.held !== undefined && (
              <Statistic title={t("runs.heldTotal")} value={money(totals.held, currency, locale)} />
            )}
            {run.lineCount !== undefined && <Statistic title={t("runs.lines")} value={count(run.lineCount, locale)} />}
          </div>
        )}
        <RunProgress run={run} />
        <RunStory run={run} words={words} />
        <Warnings run={run} words={words} />
        <Decision run={run} {...(change === undefined ? {} : { amount: moneyDifference(change, currency, locale) })} />
      </div>
    </Card>
  );
}

/** For whom the run waits, and for others why they cannot decide it. */
function Decision({ run, amount }: { readonly run: Run; readonly amount?: string }) {
  const { t } = useLanguage();
  const { me, may } = useCaller();
  const { campaign, runId, state, resultHash, warnings } = run;
  const isWaiting = state === "awaitingApproval" && resultHash !== undefined;
  // Who has no business with pay may not read it: the API refuses them what is asked about a run.
  const isOpen = isWaiting && may("getApproval") && may("listLines");
  const asked = useAnswer("getApproval", { params: { id: runId } }, { enabled: isOpen });
  if (!isWaiting || asked.data === undefined) return null;
  if (!asked.data.mayDecide) {
    const isMaker = may("approveRun") && asked.data.makers.includes(me.subject);
    return (
      <p className="quiet">{t(isMaker ? "decide.cannot" : "runs.waits", { who: asked.data.makers.join(", ") })}</p>
    );
  }
  const isBlocked = warnings.some(({ blocks }) => blocks);
  return (
    <>
      {isBlocked && <Alert type="error" showIcon title={t("runs.blocked")} description={t("runs.blocked.next")} />}
      <Decide
        what={t("approval.run", { id: runId })}
        hash={resultHash}
        approve={{ operation: "approveRun", campaign, runId }}
        disabled={isBlocked}
        {...(amount === undefined ? {} : { amount })}
      />
    </>
  );
}

interface SectionProps {
  readonly run: Run;
  readonly before: Run | undefined;
  readonly words: PlanWords;
  readonly section: string | undefined;
}

function Sections({ run, before, words, section }: SectionProps) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const open = sectionsOf(run).filter(({ needs }) => may(needs));
  const shown = open.find(({ key }) => key === section)?.key ?? open[0]?.key;
  const items = open.map(({ key, label, content: Content }) => ({
    key,
    label: t(label),
    children: <Content run={run} before={before} words={words} />,
  }));
  return (
    <Card>
      <Tabs
        {...(shown === undefined ? {} : { activeKey: shown })}
        items={items}
        destroyOnHidden
        onChange={(key) => go(`/campaigns/${run.campaign}/runs/${run.runId}/${key}`)}
      />
    </Card>
  );
}

import { ExperimentOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Progress } from "antd";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import type { TabProps } from "../parts/tab-props.ts";
import { addressOf, type Choice, callOf, choiceOf, type Simulation } from "./choice.ts";
import { ChoiceForm } from "./choice-form.tsx";
import { Outcome } from "./outcome.tsx";
import { SendForApproval } from "./send-for-approval.tsx";

/** Longest that an answer may take; the bar is full by then. */
const MOST_SECONDS = 30;
const KEPT_MS = 3_600_000;

/** A draft, or a version, settled on real sales beside the plan in force, before anybody is asked to approve it. */
export default function SimulateTab({ campaign, words, rest }: TabProps) {
  const read = words.campaign;
  if (read === undefined) return <Loading />;
  const choice = choiceOf(rest, read.activeVersion !== undefined);
  return <Trying campaign={campaign} words={words} choice={choice} />;
}

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly choice: Choice;
}

/** What an answer was worked out from, beside the answer. */
interface Tried {
  readonly simulation: Simulation;
  readonly revision: number;
}

function Trying({ campaign, words, choice }: Props) {
  const { t } = useLanguage();
  const { api, may } = useCaller();
  const [, go] = useLocation();
  const isDraft = choice.plan === "draft";
  const version = useAnswer(
    "getVersion",
    { params: { campaign, version: typeof choice.plan === "number" ? choice.plan : 1 } },
    { enabled: !isDraft },
  );
  const revision = words.campaign?.revision ?? 0;
  // Asked by the button alone: whatever else is asked anew, half a minute of work is not.
  const tried = useQuery<Tried>({
    queryKey: ["tried", campaign, addressOf(choice)],
    queryFn: async () => {
      const simulation = await api.json(
        "simulatePlan",
        callOf(campaign, choice, isDraft ? undefined : version.data?.plan),
      );
      return { simulation, revision };
    },
    enabled: false,
    retry: false,
    gcTime: KEPT_MS,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isReady = isDraft || version.data !== undefined;
  const isOld = isDraft && tried.data !== undefined && tried.data.revision !== revision;
  return (
    <div className="stack">
      <Card>
        <p className="quiet">{t("simulate.text")}</p>
        <ChoiceForm
          campaign={campaign}
          words={words}
          choice={choice}
          onChoose={(next) => go(`/campaigns/${campaign}/simulate/${addressOf(next)}`, { replace: true })}
        />
        <div className="row">
          <Button
            type="primary"
            icon={<ExperimentOutlined />}
            disabled={!isReady}
            loading={tried.isFetching}
            onClick={() => tried.refetch()}
          >
            {t(tried.data === undefined ? "simulate.go" : "simulate.again")}
          </Button>
        </div>
        {tried.isFetching && <Working />}
      </Card>
      {version.error && <ProblemView error={version.error} />}
      {tried.error && !tried.isFetching && <ProblemView error={tried.error} onRetry={() => tried.refetch()} />}
      {tried.data === undefined && !tried.isFetching && !tried.error && (
        <Card>
          <EmptyView title={t("simulate.none")} next={t("simulate.none.next")} />
        </Card>
      )}
      {tried.data !== undefined && (
        <Outcome simulation={tried.data.simulation} words={words} isAlone={choice.against === "nothing"}>
          {may("activateCampaign") && (
            <SendForApproval
              campaign={campaign}
              words={words}
              plan={choice.plan}
              simulation={tried.data.simulation}
              revision={tried.data.revision}
              isOld={isOld}
            />
          )}
        </Outcome>
      )}
    </div>
  );
}

/** How long it has taken so far: the answer comes whole. */
function Working() {
  const { t } = useLanguage();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((passed) => passed + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const percent = Math.min(95, Math.round((seconds / MOST_SECONDS) * 100));
  return (
    <div role="status">
      <p className="quiet">{t("simulate.working")}</p>
      <Progress
        percent={percent}
        status="active"
        aria-label={t("simulate.working")}
        format={() => t("simulate.seconds", { seconds })}
      />
    </div>
  );
}

import { ExperimentOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Progress } from "antd";
import { useLocation } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import type { TabProps } from "../parts/tab-props.ts";
import { addressOf, type Choice, choiceOf, type Kept, triedIn } from "./choice.ts";
import { ChoiceForm } from "./choice-form.tsx";
import { Outcome } from "./outcome.tsx";
import { countsOf, shareDone } from "./progress.ts";
import { SendForApproval } from "./send-for-approval.tsx";
import { type Trial, trialOf, useTrial } from "./use-trial.ts";

/** A draft, or a version, settled on real sales beside the plan in force, before anybody is asked to approve it. */
export default function SimulateTab({ campaign, words, rest }: TabProps) {
  const read = words.campaign;
  if (read === undefined) return <Loading />;
  const choice = choiceOf(rest, read.activeVersion !== undefined);
  const id = triedIn(rest) ?? trialOf(campaign, choice);
  return <Trying campaign={campaign} words={words} choice={choice} id={id} />;
}

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly choice: Choice;
  /** Of what was tried last. */
  readonly id: string | undefined;
}

function Trying({ campaign, words, choice, id }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const isDraft = choice.plan === "draft";
  const version = useAnswer(
    "getVersion",
    { params: { campaign, version: typeof choice.plan === "number" ? choice.plan : 1 } },
    { enabled: !isDraft },
  );
  const trial = useTrial(campaign, choice, id);
  const { kept } = trial;
  const at = (next: Choice, tried?: string) =>
    go(`/campaigns/${campaign}/simulate/${addressOf(next)}${tried === undefined ? "" : `/${tried}`}`, {
      replace: true,
    });
  const begin = () => {
    const next = crypto.randomUUID();
    at(choice, next);
    trial.begin(next, isDraft ? undefined : version.data?.plan);
  };
  const isReady = isDraft || version.data !== undefined;
  return (
    <div className="stack">
      <Card>
        <p className="quiet">{t("simulate.text")}</p>
        <ChoiceForm campaign={campaign} words={words} choice={choice} onChoose={at} />
        <div className="row">
          <Button
            type="primary"
            icon={<ExperimentOutlined />}
            disabled={!isReady}
            loading={trial.isWorking}
            onClick={begin}
          >
            {t(kept?.simulation === undefined ? "simulate.go" : "simulate.again")}
          </Button>
        </div>
        {trial.isWorking && <Working progress={kept?.progress} />}
      </Card>
      {version.error && <ProblemView error={version.error} />}
      {!trial.isWorking && <Ended trial={trial} isAsked={id !== undefined} onAgain={begin} />}
      {!trial.isWorking && kept?.simulation !== undefined && (
        <Outcome simulation={kept.simulation} words={words} isAlone={choice.against === "nothing"}>
          {may("activateCampaign") && (
            <SendForApproval
              campaign={campaign}
              words={words}
              plan={choice.plan}
              simulation={kept.simulation}
              revision={kept.draftRevision}
              isOld={isDraft && kept.draftRevision !== words.campaign?.revision}
            />
          )}
        </Outcome>
      )}
    </div>
  );
}

interface EndedProps {
  readonly trial: Trial;
  readonly isAsked: boolean;
  readonly onAgain: () => void;
}

/** Why there is no outcome. */
function Ended({ trial: { kept, isGone, error }, isAsked, onAgain }: EndedProps) {
  const { t } = useLanguage();
  if (kept?.simulation !== undefined) return null;
  if (error !== undefined && !isGone) return <ProblemView error={error} onRetry={onAgain} />;
  if (kept?.state === "lost")
    return <Alert type="warning" showIcon title={t("simulate.lost")} description={t("simulate.lost.next")} />;
  if (isAsked && !isGone) return <Loading />;
  return (
    <Card>
      {isGone ? (
        <EmptyView title={t("simulate.gone")} next={t("simulate.gone.next")} />
      ) : (
        <EmptyView title={t("simulate.none")} next={t("simulate.none.next")} />
      )}
    </Card>
  );
}

/** What is being done, and how many facts are behind. */
function Working({ progress }: { readonly progress: Kept["progress"] | undefined }) {
  const { t, locale } = useLanguage();
  const stage = t(`simulate.stage.${progress?.stage ?? "begun"}`);
  const counts = progress === undefined || progress.stage === "comparing" ? undefined : countsOf(progress);
  const counted =
    counts === undefined
      ? ""
      : t("simulate.progress", { done: count(counts.done, locale), of: count(counts.of, locale) });
  return (
    <div className="try-working">
      <p role="status">{stage}</p>
      <Progress percent={shareDone(progress)} status="active" aria-label={stage} aria-valuetext={counted || stage} />
      <p>{counted}</p>
      <p className="quiet">{t("simulate.working")}</p>
    </div>
  );
}

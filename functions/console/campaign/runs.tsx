import { PlayCircleOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Card } from "antd";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { type Run, RunCard } from "./run-card.tsx";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

export function Runs({ campaign, words }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const runs = useAnswer("listRuns", { params: { campaign }, query: { limit: 200 } }, { every: 5_000 });
  const approvals = useAnswer(
    "listApprovals",
    { query: { whose: "toDecide", limit: 200 } },
    { enabled: may("approveRun") },
  );
  const decidable = new Set(approvals.data?.items.filter(({ mayDecide }) => mayDecide).map(({ id }) => id));
  return (
    <div className="stack">
      {may("requestRun") && <AskForRun campaign={campaign} />}
      <Answered query={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <EmptyView title={t("runs.none")} next={t("runs.none.next")} />
            </Card>
          ) : (
            <div className="stack">
              {items.toReversed().map((run) => (
                <RunCard
                  key={run.runId}
                  run={run}
                  before={lastPosted(items, run)}
                  words={words}
                  mayDecide={decidable.has(run.runId)}
                />
              ))}
            </div>
          )
        }
      </Answered>
    </div>
  );
}

/** The newest run that posted before this one was made. */
function lastPosted(runs: readonly Run[], run: Run): Run | undefined {
  return runs.slice(0, runs.indexOf(run)).findLast(({ state }) => state === "posted");
}

function AskForRun({ campaign }: { readonly campaign: string }) {
  const { t } = useLanguage();
  const { api } = useCaller();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: () => api.json("requestRun", { params: { campaign }, body: { kind: "provisional" } }),
    onSuccess: () => {
      message.success(t("runs.asked"));
      return queries.invalidateQueries({ queryKey: ["listRuns"] });
    },
  });
  return (
    <div className="stack">
      <div>
        <Button icon={<PlayCircleOutlined />} loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("runs.ask")}
        </Button>
      </div>
      {ask.error && <ProblemView error={ask.error} />}
    </div>
  );
}

import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { impactLines } from "./requests.tsx";

/** What an earlier end would change, worked out before anybody is asked: the plan in force beside itself with that end. */
export function StopPreview({
  campaign,
  words,
  end,
}: {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly end: string;
}) {
  const { t, locale } = useLanguage();
  const { api, may } = useCaller();
  const { plan } = words;
  const preview = useMutation({
    mutationFn: async (until: string) => {
      const period = plan && { ...plan.period, end: until };
      const body = { plan: { ...plan, period } };
      return { until, answer: await api.json("simulatePlan", { params: { campaign }, body }) };
    },
  });
  if (!may("simulatePlan") || plan === undefined) return null;
  const { until, answer } = preview.data ?? {};
  return (
    <div className="field-stack">
      <div>
        <Button disabled={end === ""} loading={preview.isPending} onClick={() => preview.mutate(end)}>
          {t("lifecycle.stop.preview")}
        </Button>
      </div>
      {preview.error && <ProblemView error={preview.error} />}
      {answer !== undefined && until === end && (
        <ul className="reward-rules">
          {impactLines(
            { ...answer.cost.all, ...answer.payees, currency: answer.currency, asOf: answer.draft.asOf },
            t,
            locale,
          ).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

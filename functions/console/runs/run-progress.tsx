import { Progress, Steps } from "antd";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Run } from "./types.ts";

const STAGES = ["reading", "deciding", "storing"] as const;
type Told = NonNullable<Run["progress"]>;

/** How much of its facts a run has read, in per cent: what comes after is short. */
export function shareDone({ stage, factsExpected, factsRead }: Told): number {
  if (stage !== "reading") return 100;
  return factsExpected === 0 ? 0 : Math.min(99, Math.floor((factsRead / factsExpected) * 100));
}

/** Where a run is on its way, step by step, as the server tells. */
export function RunProgress({ run }: { readonly run: Run }) {
  const { t, locale } = useLanguage();
  const { state, kind, progress } = run;
  if (state !== "computing" && state !== "approved" && state !== "awaitingApproval") return null;
  const paysNothing = kind === "provisional";
  const rest = paysNothing ? [] : (["approval", "posting"] as const);
  const items = [...STAGES, ...rest].map((step) => ({ title: t(`runs.step.${step}`) }));
  const at = state === "computing" ? STAGES.indexOf(progress?.stage ?? "reading") : state === "approved" ? 4 : 3;
  return (
    <div className="stack" role="status">
      <Steps size="small" current={at} items={items} responsive />
      {state === "computing" && (
        <>
          {progress && (
            <>
              <Progress percent={shareDone(progress)} aria-label={t("runs.progress.title")} />
              <p>
                {t("runs.progress", {
                  read: count(progress.factsRead, locale),
                  expected: count(progress.factsExpected, locale),
                })}
                {" · "}
                {t("runs.progress.parts", { done: progress.segmentsDone, of: progress.segments })}
              </p>
            </>
          )}
          <p className="quiet">{t("runs.progress.leave")}</p>
        </>
      )}
    </div>
  );
}

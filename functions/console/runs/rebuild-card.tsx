import { ReloadOutlined } from "@ant-design/icons";
import { App, Button, Card, Descriptions, Progress } from "antd";
import type { Answer } from "../api/client.ts";
import { useAction, useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { ServerWords } from "../parts/server-words.tsx";
import { REBUILD_TONES, StateMark } from "../parts/state-mark.tsx";

type Rebuild = Answer<"getRebuild">;

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** How far derived data is computed anew; who runs the platform can have it done. */
export function RebuildCard({ campaign, words }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { modal, message } = App.useApp();
  const rebuild = useAnswer("getRebuild", { params: { campaign } }, { every: 5_000 });
  const ask = useAction("requestRebuild", () => message.success(t("runs.rebuild.asked")));
  const question = (from: "start" | "here") =>
    modal.confirm({
      title: t(`runs.rebuild.${from}.title`),
      content: t(`runs.rebuild.${from}.text`),
      okText: t(`runs.rebuild.${from}`),
      cancelText: t("decide.cancel"),
      onOk: () => ask.mutate({ params: { campaign }, body: { from } }),
    });
  const isOpen = rebuild.data !== undefined && rebuild.data.state !== "never" && rebuild.data.state !== "finished";
  return (
    <Card
      title={<h2>{t("runs.rebuild.title")}</h2>}
      extra={
        rebuild.data && (
          <StateMark tone={REBUILD_TONES[rebuild.data.state]}>{t(`runs.rebuild.${rebuild.data.state}`)}</StateMark>
        )
      }
    >
      <div className="stack">
        <p className="quiet">{t("runs.rebuild.text")}</p>
        <Answered query={rebuild}>{(data) => <HowFar rebuild={data} words={words} />}</Answered>
        {may("requestRebuild") && (
          <div className="row">
            {isOpen && (
              <Button loading={ask.isPending} onClick={() => question("here")}>
                {t("runs.rebuild.here")}
              </Button>
            )}
            <Button icon={<ReloadOutlined />} loading={ask.isPending} onClick={() => question("start")}>
              {t("runs.rebuild.start")}
            </Button>
          </div>
        )}
        {ask.error && <ProblemView error={ask.error} />}
      </div>
    </Card>
  );
}

/** A rebuild follows a deed, which is told by its name and version; or it says in a sentence why it is. */
function Because({ reason }: { readonly reason: string }) {
  const { t } = useLanguage();
  const [, deed, version] = /^([a-z]+\.[A-Za-z-]+)(?: (\d+))?$/.exec(reason) ?? [];
  const key = `audit.action.${deed?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (!isTextKey(key)) return <ServerWords>{reason}</ServerWords>;
  return version === undefined ? t(key) : `${t(key)} (${t("lifecycle.version", { version })})`;
}

function HowFar({ rebuild, words }: { readonly rebuild: Rebuild; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { state, seen, about, segments, credited, startedAt, updatedAt, finishedAt, by, reason } = rebuild;
  if (state === "never") return null;
  const share = state === "finished" ? 100 : about === 0 ? 0 : Math.min(99, Math.floor((seen / about) * 100));
  const at = (text: string | undefined) => (text === undefined ? "–" : date(text, locale, "minute", words.zone));
  const items = [
    { key: "why", label: t("runs.reason"), children: reason && <Because reason={reason} /> },
    { key: "by", label: t("runs.submittedBy"), children: by },
    { key: "start", label: t("runs.started"), children: at(startedAt) },
    {
      key: "end",
      label: t(finishedAt ? "runs.rebuild.finishedAt" : "runs.rebuild.updatedAt"),
      children: at(finishedAt ?? updatedAt),
    },
  ];
  return (
    <>
      {state !== "finished" && (
        <div role="status">
          <Progress percent={share} aria-label={t("runs.rebuild.title")} />
          <p>
            {t("runs.rebuild.seen", {
              seen: count(seen, locale),
              about: count(about, locale),
              done: segments.done,
              of: segments.of,
              credited: count(credited, locale),
            })}
          </p>
        </div>
      )}
      <Descriptions column={1} size="small" items={items} />
    </>
  );
}

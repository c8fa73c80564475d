import { Alert, App, Button, Card, Input, Modal, Radio, Switch } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAction, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import type { TextKey } from "../i18n/en.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { StopPreview } from "./stop-preview.tsx";

type Life = Answer<"getLifecycle">;
type Command = "pause" | "resume" | "rollOut" | "stop" | "archive";

interface CommandTexts {
  readonly command: Command;
  readonly operation: "pauseCampaign" | "resumeCampaign" | "rollOutPilot" | "stopCampaign" | "archiveCampaign";
  readonly label: TextKey;
  readonly title: TextKey;
  readonly effect: TextKey;
  readonly ok: TextKey;
  readonly isDanger: boolean;
}

const COMMANDS: readonly CommandTexts[] = [
  {
    command: "resume",
    operation: "resumeCampaign",
    label: "lifecycle.resume",
    title: "lifecycle.resume.title",
    effect: "lifecycle.resume.effect",
    ok: "lifecycle.ok.resume",
    isDanger: false,
  },
  {
    command: "rollOut",
    operation: "rollOutPilot",
    label: "lifecycle.rollOut",
    title: "lifecycle.rollOut.title",
    effect: "lifecycle.rollOut.effect",
    ok: "lifecycle.ok.rollOut",
    isDanger: false,
  },
  {
    command: "pause",
    operation: "pauseCampaign",
    label: "lifecycle.pause",
    title: "lifecycle.pause.title",
    effect: "lifecycle.pause.effect",
    ok: "lifecycle.ok.pause",
    isDanger: true,
  },
  {
    command: "stop",
    operation: "stopCampaign",
    label: "lifecycle.stop",
    title: "lifecycle.stop.title",
    effect: "lifecycle.stop.effect",
    ok: "lifecycle.ok.stop",
    isDanger: true,
  },
  {
    command: "archive",
    operation: "archiveCampaign",
    label: "lifecycle.archive",
    title: "lifecycle.archive.title",
    effect: "lifecycle.archive.effect",
    ok: "lifecycle.ok.archive",
    isDanger: true,
  },
];

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly life: Life;
}

/** What the caller can do with the campaign now; each asks first, and says what it does. */
export function Commands({ campaign, words, life }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [asked, setAsked] = useState<CommandTexts>();
  const allowed = new Set<string>(life.allowed.map(({ command }) => command));
  const open = COMMANDS.filter(({ command, operation }) => allowed.has(command) && may(operation));
  const mayTry = allowed.has("activate") && may("activateCampaign");
  return (
    <Card title={<h2>{t("lifecycle.commands")}</h2>}>
      {open.length === 0 && !mayTry && (
        <EmptyView title={t("lifecycle.commands.none")} next={t("lifecycle.commands.none.next")} />
      )}
      <div className="row">
        {mayTry && <Link href={`/campaigns/${campaign}/simulate`}>{t("lifecycle.try")}</Link>}
        {open.map((texts) => (
          <Button key={texts.command} danger={texts.isDanger} onClick={() => setAsked(texts)}>
            {t(texts.label)}
          </Button>
        ))}
      </div>
      {asked !== undefined && (
        <Ask campaign={campaign} words={words} texts={asked} onClose={() => setAsked(undefined)} />
      )}
    </Card>
  );
}

interface Said {
  readonly reason: string;
  readonly counts: boolean;
  readonly end: string;
  readonly others: "fromRollOut" | "wholePeriod" | undefined;
  readonly typed: string;
}

const NOTHING_SAID: Said = { reason: "", counts: false, end: "", others: undefined, typed: "" };

function Ask({
  campaign,
  words,
  texts,
  onClose,
}: {
  campaign: string;
  words: PlanWords;
  texts: CommandTexts;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const [said, setSaid] = useState(NOTHING_SAID);
  const { give, isPending, error } = useCommand(campaign, texts.command, onClose);
  return (
    <Modal
      open
      title={t(texts.title)}
      okText={t(texts.ok)}
      cancelText={t("lifecycle.cancel")}
      okType={texts.isDanger ? "default" : "primary"}
      okButtonProps={{ danger: texts.isDanger, disabled: !isSaid(texts.command, said, campaign) }}
      confirmLoading={isPending}
      onOk={() => give(said)}
      onCancel={onClose}
    >
      <div className="field-stack">
        <Alert type={texts.isDanger ? "warning" : "info"} showIcon title={t(texts.effect)} />
        <Fields campaign={campaign} words={words} command={texts.command} said={said} onSay={setSaid} />
        <div>
          <label htmlFor="life-reason">{t("lifecycle.reason")}</label>
          <Input.TextArea
            id="life-reason"
            rows={3}
            maxLength={1000}
            value={said.reason}
            onChange={({ target }) => setSaid({ ...said, reason: target.value })}
          />
        </div>
        {error && <ProblemView error={error} />}
      </div>
    </Modal>
  );
}

function isSaid(command: Command, { reason, end, others, typed }: Said, campaign: string): boolean {
  if (reason.trim() === "") return false;
  if (command === "stop") return end !== "";
  if (command === "rollOut") return others !== undefined;
  return command !== "archive" || typed === campaign;
}

/** What a command asks besides the reason. */
function Fields({
  campaign,
  words,
  command,
  said,
  onSay,
}: {
  campaign: string;
  words: PlanWords;
  command: Command;
  said: Said;
  onSay: (said: Said) => void;
}) {
  const { t } = useLanguage();
  switch (command) {
    case "pause":
      return (
        <div>
          <Switch id="life-counts" checked={said.counts} onChange={(counts) => onSay({ ...said, counts })} />{" "}
          <label htmlFor="life-counts">{t("lifecycle.pause.counts")}</label>
          <p className="quiet">{t("lifecycle.pause.counts.text")}</p>
        </div>
      );
    case "stop":
      return (
        <>
          <div>
            <label htmlFor="life-end">{t("lifecycle.stop.end")}</label>
            <Input
              id="life-end"
              type="datetime-local"
              min={words.plan?.period.start}
              max={words.plan?.period.end}
              value={said.end}
              onChange={({ target }) => onSay({ ...said, end: target.value })}
            />
          </div>
          <StopPreview campaign={campaign} words={words} end={said.end} />
        </>
      );
    case "rollOut":
      return (
        <Radio.Group
          aria-label={t("lifecycle.rollOut.others")}
          value={said.others}
          onChange={({ target }) => onSay({ ...said, others: target.value })}
          options={(["fromRollOut", "wholePeriod"] as const).map((value) => ({
            value,
            label: t(`lifecycle.rollOut.${value}`),
          }))}
        />
      );
    case "archive":
      return (
        <div>
          <label htmlFor="life-typed">{t("lifecycle.archive.type", { campaign })}</label>
          <Input
            id="life-typed"
            value={said.typed}
            onChange={({ target }) => onSay({ ...said, typed: target.value })}
          />
        </div>
      );
    default:
      return null;
  }
}

function useCommand(campaign: string, command: Command, onClose: () => void) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const done = (text: TextKey) => () => {
    message.success(t(text));
    onClose();
  };
  const pause = useAction("pauseCampaign", done("lifecycle.done"));
  const resume = useAction("resumeCampaign", done("lifecycle.done"));
  const archive = useAction("archiveCampaign", done("lifecycle.done"));
  const stop = useAction("stopCampaign", done("lifecycle.asked"));
  const rollOut = useAction("rollOutPilot", done("lifecycle.asked"));
  const params = { campaign };
  const give = ({ reason: text, counts, end, others }: Said) => {
    const reason = text.trim();
    if (command === "pause") pause.mutate({ params, body: { counts, reason } });
    if (command === "resume") resume.mutate({ params, body: { reason } });
    if (command === "archive") archive.mutate({ params, body: { reason } });
    if (command === "stop") stop.mutate({ params, body: { end, reason } });
    if (command === "rollOut" && others !== undefined) rollOut.mutate({ params, body: { others, reason } });
  };
  const { isPending, error } = { pause, resume, archive, stop, rollOut }[command];
  return { give, isPending, error };
}

import { PlayCircleOutlined } from "@ant-design/icons";
import { App, Button, Modal, Radio } from "antd";
import { useState } from "react";
import { useLocation } from "wouter";
import { useAction, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import type { RunKind } from "./types.ts";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  /** Asks for this one at first. */
  readonly kind?: RunKind;
}

/** Asks which run is wanted, and goes to it: it can be left and found again. */
export function AskForRun({ campaign, words, kind = "provisional" }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { message } = App.useApp();
  const [, go] = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<RunKind>(kind);
  const ask = useAction("requestRun", ({ runId }) => {
    setIsOpen(false);
    message.success(t("runs.asked"));
    go(`/campaigns/${campaign}/runs/${runId}`);
  });
  if (!may("requestRun")) return null;
  const kinds: RunKind[] = [
    "provisional",
    ...(words.plan?.runs === "end" ? [] : ["interim" as const]),
    "final",
    "adjustment",
  ];
  const open = () => {
    ask.reset();
    setChosen(kind);
    setIsOpen(true);
  };
  return (
    <>
      <Button icon={<PlayCircleOutlined />} onClick={open}>
        {t("runs.ask")}
      </Button>
      <Modal
        open={isOpen}
        title={t("runs.ask.title")}
        okText={t("runs.ask.ok")}
        cancelText={t("decide.cancel")}
        confirmLoading={ask.isPending}
        onOk={() => ask.mutate({ params: { campaign }, body: { kind: chosen } })}
        onCancel={() => setIsOpen(false)}
      >
        <Radio.Group
          className="stack choices"
          value={chosen}
          onChange={({ target }) => setChosen(target.value)}
          aria-label={t("runs.ask.title")}
        >
          {kinds.map((one) => (
            <Radio key={one} value={one}>
              <strong>{t(`runs.kind.${one}`)}</strong>
              <br />
              <span className="quiet">{t(`runs.ask.${one}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
        <p className="quiet">{t("runs.ask.second")}</p>
        {ask.error && <ProblemView error={ask.error} />}
      </Modal>
    </>
  );
}

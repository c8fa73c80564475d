import { SaveOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { type Answer, ApiProblem } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { Activate } from "./activate.tsx";
import { DiffView } from "./diff-view.tsx";
import { keepDraft } from "./drafts.ts";
import { textOf, writtenOf } from "./plan-source.ts";
import { Publish } from "./publish.tsx";
import type { Shape } from "./shape.ts";
import type { PlanEditorState } from "./use-plan-editor.ts";

type Campaign = Answer<"getCampaign">;

interface Props {
  readonly campaign: Campaign;
  readonly shape: Shape;
  readonly editor: PlanEditorState;
  /** Of the draft that the text was made from. */
  readonly revision: number;
  readonly isDirty: boolean;
  readonly onSaved: (text: string, revision: number) => void;
  readonly onTheirs: (text: string, revision: number) => void;
  readonly onDrop: () => void;
}

/** Saves the draft over the one that was read; where somebody was faster, shows what they changed. */
export function SaveDraft({ campaign, shape, editor, revision, isDirty, onSaved, onTheirs, onDrop }: Props) {
  const { t } = useLanguage();
  const { api, me, may } = useCaller();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [theirs, setTheirs] = useState<Campaign>();
  const { text } = editor;
  const params = { campaign: campaign.id };
  const save = useMutation({
    mutationFn: (over: number) =>
      api.json("editDraft", { params, revision: over, text: { type: "application/yaml", content: text } }),
    onSuccess: async (saved) => {
      // The server does not keep how very long ones were written.
      keepDraft(localStorage, me.subject, campaign.id, {
        text,
        revision: saved.revision,
        at: new Date().toISOString(),
        isSaved: true,
      });
      setTheirs(undefined);
      onSaved(text, saved.revision);
      message.success(t("plan.saved"));
      await queries.invalidateQueries();
    },
    onError: async (error) => {
      if (error instanceof ApiProblem && error.status === 412)
        setTheirs(await api.json("getCampaign", { params, query: { text: "true" } }));
    },
  });
  const isConflict = save.error instanceof ApiProblem && save.error.status === 412;
  return (
    <>
      <span className="quiet" role="status">
        {isDirty ? t("plan.state.unsaved") : t("plan.state.saved", { revision })}
      </span>
      {isDirty && <Button onClick={onDrop}>{t("plan.drop")}</Button>}
      <Button
        type="primary"
        icon={<SaveOutlined />}
        loading={save.isPending}
        disabled={!isDirty || !editor.isReadable}
        onClick={() => save.mutate(revision)}
      >
        {t("plan.save")}
      </Button>
      {may("publishVersion") && (
        <Publish campaign={campaign} revision={revision} isDirty={isDirty} editor={editor} onSaved={onSaved} />
      )}
      {may("activateCampaign") && campaign.latestVersion > 0 && <Activate campaign={campaign} />}
      {theirs !== undefined && (
        <Modal
          open
          width={860}
          title={t("plan.conflict")}
          onCancel={() => setTheirs(undefined)}
          footer={[
            <Button key="look" onClick={() => setTheirs(undefined)}>
              {t("plan.conflict.look")}
            </Button>,
            <Button
              key="theirs"
              onClick={() => {
                onTheirs(writtenOf(shape, theirs.draft, theirs.text), theirs.revision);
                setTheirs(undefined);
                save.reset();
              }}
            >
              {t("plan.conflict.theirs")}
            </Button>,
            <Button key="mine" type="primary" danger onClick={() => save.mutate(theirs.revision)}>
              {t("plan.conflict.mine")}
            </Button>,
          ]}
        >
          <p>{t("plan.conflict.text")}</p>
          <DiffView before={textOf(shape, theirs.draft)} after={textOf(shape, editor.plan)} />
        </Modal>
      )}
      {save.error !== null && !isConflict && (
        <div className="plan-refused">
          <ProblemView error={save.error} />
        </div>
      )}
    </>
  );
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import type { PlanEditorState } from "./use-plan-editor.ts";

interface Props {
  readonly campaign: Answer<"getCampaign">;
  readonly revision: number;
  readonly isDirty: boolean;
  readonly editor: PlanEditorState;
  readonly onSaved: (text: string, revision: number) => void;
}

/** Makes the saved draft a version for good, after a question. */
export function Publish({ campaign, revision, isDirty, editor, onSaved }: Props) {
  const { t } = useLanguage();
  const { api } = useCaller();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const params = { campaign: campaign.id };
  const publish = useMutation({
    mutationFn: async () => {
      const { version } = await api.json("publishVersion", { params, revision });
      // Publishing makes a new revision of the same draft.
      return { version, now: await api.json("getCampaign", { params }) };
    },
    onSuccess: async ({ version, now }) => {
      setAsks(false);
      onSaved(editor.text, now.revision);
      message.success(t("plan.published", { version }));
      await queries.invalidateQueries();
    },
  });
  const isWrong = editor.found.some(({ severity }) => severity === "wrong");
  return (
    <>
      <Button
        disabled={isDirty || isWrong}
        title={isDirty ? t("plan.publish.first") : undefined}
        onClick={() => setAsks(true)}
      >
        {t("plan.publish")}
      </Button>
      <Modal
        open={asks}
        title={t("plan.publish.ask", { version: campaign.latestVersion + 1 })}
        okText={t("plan.publish")}
        cancelText={t("plan.cancel")}
        confirmLoading={publish.isPending}
        onOk={() => publish.mutate()}
        onCancel={() => {
          publish.reset();
          setAsks(false);
        }}
      >
        <p>{t("plan.publish.text")}</p>
        {publish.error !== null && <ProblemView error={publish.error} />}
      </Modal>
    </>
  );
}

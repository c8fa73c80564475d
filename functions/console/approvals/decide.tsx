import { CheckOutlined, RollbackOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";

/** What is decided: a request, or a run of a campaign. */
export type Decided =
  | { readonly operation: "approve"; readonly id: string }
  | { readonly operation: "approveRun"; readonly campaign: string; readonly runId: string };

interface Props {
  readonly what: string;
  /** What the approval is bound to. */
  readonly hash: string;
  readonly approve: Decided;
  /** Stands in the question, so that nobody approves what they have not seen. */
  readonly amount?: string;
  readonly disabled?: boolean;
  /** Of what is approved already and was cut off: it can only be finished. */
  readonly only?: "approve";
}

/** Approve or send back; each asks once more, and an approval shows the hash that it is bound to. */
export function Decide({ what, hash, approve, amount, disabled = false, only }: Props) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asks, setAsks] = useState<"approve" | "reject">();
  const [reason, setReason] = useState("");
  const decision = useDecision(approve, hash, reason);
  const decide = useMutation({
    mutationFn: decision,
    onSuccess: (_, kind) => {
      message.success(t(kind === "approve" ? "decide.approve.done" : "decide.reject.done"));
      setAsks(undefined);
      return queries.invalidateQueries();
    },
  });
  const close = () => {
    decide.reset();
    setAsks(undefined);
  };
  const isApproval = asks === "approve";
  return (
    <div className="row">
      <Button type="primary" icon={<CheckOutlined />} disabled={disabled} onClick={() => setAsks("approve")}>
        {t("runs.approve")}
      </Button>
      {only === undefined && (
        <Button icon={<RollbackOutlined />} onClick={() => setAsks("reject")}>
          {t("runs.reject")}
        </Button>
      )}
      <Modal
        open={asks !== undefined}
        title={t(isApproval ? "decide.approve.title" : "decide.reject.title", { what })}
        okText={t(isApproval ? "decide.approve.ok" : "decide.reject.ok")}
        cancelText={t("decide.cancel")}
        okButtonProps={{ disabled: asks === "reject" && reason.trim() === "" }}
        confirmLoading={decide.isPending}
        onOk={() => asks && decide.mutate(asks)}
        onCancel={close}
      >
        {isApproval ? (
          <>
            <p>{t("decide.approve.text")}</p>
            {amount !== undefined && (
              <p>
                {t("decide.amount")}: <strong>{amount}</strong>
              </p>
            )}
            <code className="hash">{hash}</code>
          </>
        ) : (
          <>
            <p id="reason-of-rejection">{t("decide.reject.text")}</p>
            <Input.TextArea
              rows={4}
              maxLength={1000}
              aria-labelledby="reason-of-rejection"
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </>
        )}
        {decide.error && <ProblemView error={decide.error} onLookAgain={close} />}
      </Modal>
    </div>
  );
}

function useDecision(approve: Decided, hash: string, reason: string): (kind: "approve" | "reject") => Promise<unknown> {
  const { api } = useCaller();
  if (approve.operation === "approve") {
    const params = { id: approve.id };
    return (kind) =>
      kind === "approve"
        ? api.json("approve", { params, body: { hash } })
        : api.json("reject", { params, body: { reason } });
  }
  const params = { campaign: approve.campaign, runId: approve.runId };
  return (kind) =>
    kind === "approve"
      ? api.json("approveRun", { params, body: { resultHash: hash } })
      : api.json("rejectRun", { params, body: { reason } });
}

import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Card, Checkbox, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useAction, useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import type { Names } from "../statement/names.ts";
import { AcceptForm } from "./accept-form.tsx";
import { AssignForm } from "./assign-form.tsx";
import { type StepProps, useDone } from "./step.ts";
import type { ShownDispute } from "./types.ts";
import { isUndecided } from "./undecided.ts";

interface Props {
  readonly dispute: ShownDispute;
  readonly names: Names;
}

type Asked = "answer" | "assign" | "accept" | "refuse" | "withdraw" | "case";

/** What the caller can do with it now. Nobody handles a dispute of their own. */
export function DisputeActions({ dispute, names }: Props) {
  const { t } = useLanguage();
  const { me, may } = useCaller();
  const [asks, setAsks] = useState<Asked>();
  const { openedBy, payee, state, decidedBy, remedy, remedyState } = dispute;
  const isSide = openedBy === me.subject || (payee.kind === "participant" && payee.id === me.subject);
  const isOpen = isUndecided(state);
  // Its acceptance was cut off before another person was asked: accepting again does that.
  const isCutOff =
    state === "accepted" && remedy !== undefined && remedyState === undefined && decidedBy === me.subject;
  const can: readonly (readonly [Asked, boolean])[] = [
    ["answer", isOpen && !isSide && may("answerDispute")],
    ["assign", isOpen && !isSide && may("assignDispute")],
    ["accept", (isOpen || isCutOff) && !isSide && may("acceptDispute")],
    ["refuse", isOpen && !isSide && may("refuseDispute")],
    ["withdraw", isOpen && openedBy === me.subject && may("withdrawDispute")],
    ["case", may("getDisputeCase")],
  ];
  const shown = can.filter(([, isPossible]) => isPossible);
  if (shown.length === 0) return null;
  const close = () => setAsks(undefined);
  return (
    <Card title={<h2>{t("disputes.actions")}</h2>}>
      <div className="row">
        {shown.map(([one]) => (
          <Button
            key={one}
            {...(one === "accept" ? { type: "primary" } : {})}
            {...(one === "refuse" || one === "withdraw" ? { danger: true } : {})}
            {...(one === "case" ? { icon: <DownloadOutlined /> } : {})}
            onClick={() => setAsks(one)}
          >
            {t(`disputes.do.${one}`)}
          </Button>
        ))}
      </div>
      <Modal
        open={asks !== undefined}
        title={asks && t(`disputes.do.${asks}.title`)}
        footer={null}
        destroyOnHidden
        width={asks === "accept" ? 720 : 520}
        onCancel={close}
      >
        {asks === "accept" && <AcceptForm dispute={dispute} names={names} onDone={close} />}
        {asks === "case" && <CaseFile dispute={dispute} />}
        {asks === "assign" && <AssignForm dispute={dispute} onDone={close} />}
        {(asks === "answer" || asks === "refuse") && <Say dispute={dispute} what={asks} onDone={close} />}
        {asks === "withdraw" && <Withdraw dispute={dispute} onDone={close} />}
      </Modal>
    </Card>
  );
}

/** An answer, or a refusal with its reason: both sides read it. */
function Say({ dispute: { campaign, id }, what, onDone }: StepProps & { readonly what: "answer" | "refuse" }) {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  const label = useId();
  const done = useDone(onDone);
  const answer = useAction("answerDispute", done);
  const refuse = useAction("refuseDispute", done);
  const params = { campaign, dispute: id };
  const error = answer.error ?? refuse.error;
  return (
    <div className="stack">
      <p id={label}>{t(`disputes.do.${what}.text`)}</p>
      <Input.TextArea
        rows={5}
        maxLength={1000}
        showCount
        aria-labelledby={label}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {error && <ProblemView error={error} />}
      <div>
        <Button
          type="primary"
          danger={what === "refuse"}
          disabled={text.trim() === ""}
          loading={answer.isPending || refuse.isPending}
          onClick={() =>
            what === "answer"
              ? answer.mutate({ params, body: { text } })
              : refuse.mutate({ params, body: { reason: text } })
          }
        >
          {t(`disputes.do.${what}.ok`)}
        </Button>
      </div>
    </div>
  );
}

function Withdraw({ dispute: { campaign, id }, onDone }: StepProps) {
  const { t } = useLanguage();
  const withdraw = useAction("withdrawDispute", useDone(onDone));
  return (
    <div className="stack">
      <p>{t("disputes.do.withdraw.text")}</p>
      {withdraw.error && <ProblemView error={withdraw.error} />}
      <div>
        <Button
          danger
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ params: { campaign, dispute: id } })}
        >
          {t("disputes.do.withdraw.ok")}
        </Button>
      </div>
    </div>
  );
}

/** The dispute as a case that anybody can compute again, with `laurel replay`. */
function CaseFile({ dispute: { campaign, id } }: { readonly dispute: ShownDispute }) {
  const { t } = useLanguage();
  const { api } = useCaller();
  const [isAnonymous, setAnonymous] = useState(true);
  const fetched = useMutation({
    mutationFn: () =>
      api.text("getDisputeCase", {
        params: { campaign, dispute: id },
        query: { anonymous: isAnonymous ? "true" : "false" },
      }),
    onSuccess: (text) => saveFile(`case-${id}.json`, new Blob([text], { type: "application/json" })),
  });
  return (
    <div className="stack">
      <p>{t("disputes.do.case.text")}</p>
      <Checkbox checked={isAnonymous} onChange={({ target }) => setAnonymous(target.checked)}>
        {t("disputes.case.anonymous")}
      </Checkbox>
      {fetched.error && <ProblemView error={fetched.error} />}
      <div>
        <Button type="primary" icon={<DownloadOutlined />} loading={fetched.isPending} onClick={() => fetched.mutate()}>
          {t("disputes.do.case.ok")}
        </Button>
      </div>
    </div>
  );
}

import { App, Button, Input, Modal, Select } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAction } from "../api/hooks.ts";
import { money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";

type Approval = Answer<"activateCampaign">;

/** Asks a second person to put a version in force, and shows what they will be asked to approve. */
export function Activate({ campaign }: { readonly campaign: Answer<"getCampaign"> }) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const { latestVersion, activeVersion } = campaign;
  const [asks, setAsks] = useState(false);
  const [chosen, setChosen] = useState<number>();
  const [reason, setReason] = useState("");
  const [approval, setApproval] = useState<Approval>();
  const ask = useAction("activateCampaign", (answer) => {
    setApproval(answer);
    message.success(t("plan.activate.done"));
  });
  const version = chosen ?? latestVersion;
  const versions = Array.from({ length: latestVersion }, (_, at) => latestVersion - at);
  const close = () => {
    ask.reset();
    setApproval(undefined);
    setAsks(false);
  };
  const send = () =>
    ask.mutate({ params: { campaign: campaign.id }, body: { version, ...(reason === "" ? {} : { reason }) } });
  return (
    <>
      <Button disabled={versions.every((one) => one === activeVersion)} onClick={() => setAsks(true)}>
        {t("plan.activate")}
      </Button>
      <Modal
        open={asks}
        title={t(approval === undefined ? "plan.activate.ask" : "plan.activate.done")}
        okText={t("plan.activate.ok")}
        cancelText={t("plan.cancel")}
        confirmLoading={ask.isPending}
        {...(approval === undefined ? {} : { footer: <Button onClick={close}>{t("plan.close")}</Button> })}
        onOk={send}
        onCancel={close}
      >
        {approval === undefined ? (
          <div className="stack">
            <div className="plan-field">
              <label htmlFor="activate-version">{t("plan.activate.version")}</label>
              <Select
                id="activate-version"
                value={version}
                options={versions.map((one) => ({
                  value: one,
                  label: t("plan.versions.version", { version: one }),
                  disabled: one === activeVersion,
                }))}
                onChange={setChosen}
              />
            </div>
            <div className="plan-field">
              <label htmlFor="activate-reason">{t("plan.activate.reason")}</label>
              <Input.TextArea
                id="activate-reason"
                maxLength={1000}
                rows={2}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            </div>
          </div>
        ) : (
          <Asked approval={approval} />
        )}
        {ask.error !== null && <ProblemView error={ask.error} />}
      </Modal>
    </>
  );
}

function Asked({ approval }: { readonly approval: Approval }) {
  const { t, locale } = useLanguage();
  const { hash, content } = approval;
  const { impact, inForce } = content.kind === "activation" ? content : { impact: undefined, inForce: undefined };
  return (
    <div className="stack">
      <p>{t("plan.activate.hash")}</p>
      <code className="hash">{hash}</code>
      <h3>{t("plan.activate.effect")}</h3>
      <p>{inForce === undefined ? t("plan.activate.first") : t("plan.activate.hasEffect", { version: inForce })}</p>
      {impact !== undefined && (
        <p>
          {money(impact.before, impact.currency, locale)} → {money(impact.after, impact.currency, locale)} (
          {moneyDifference(impact.difference, impact.currency, locale)}); {impact.winners.count}{" "}
          {t("plan.impact.gains")}, {impact.losers.count} {t("plan.impact.loses")}
        </p>
      )}
      <Link href="/approvals">{t("plan.activate.approvals")}</Link>
    </div>
  );
}

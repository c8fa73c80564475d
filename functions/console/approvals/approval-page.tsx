import { RollbackOutlined } from "@ant-design/icons";
import { Alert, App, Button, Card, Descriptions } from "antd";
import { useContext } from "react";
import { Link, Redirect } from "wouter";
import { useAction, useAnswer, useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { ZoneContext } from "../format/zone.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { ApprovalState } from "./approval-card.tsx";
import { Changes } from "./changes.tsx";
import { Content } from "./content.tsx";
import { Decide } from "./decide.tsx";
import { hrefOf, reasonOf, type ShownApproval, useCampaignNames, useZoneOf, whatOf } from "./what-of.ts";

const EVERY_MS = 10_000;

/** One request: what it is, what it changes, who asked, and the decision. */
export function ApprovalPage({ id }: { readonly id: string }) {
  const { t } = useLanguage();
  const approval = useAnswer("getApproval", { params: { id } }, { every: EVERY_MS });
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/approvals">{t("approvals.title")}</Link>
      </p>
      <Answered
        query={approval}
        missing={<EmptyView title={t("approvals.missing")} next={t("approvals.missing.next")} />}
      >
        {(data) => (data.content.kind === "run" ? <Redirect to={hrefOf(data)} replace /> : <Shown approval={data} />)}
      </Answered>
    </div>
  );
}

function Shown({ approval }: { readonly approval: ShownApproval }) {
  const { t } = useLanguage();
  const nameOf = useCampaignNames();
  return (
    <ZoneContext value={useZoneOf(approval)}>
      <div className="title">
        <h1>{whatOf(approval, t, nameOf)}</h1>
        <ApprovalState approval={approval} />
      </div>
      <Card>
        <div className="stack">
          <Said approval={approval} />
          <Ended approval={approval} />
          <Decision approval={approval} />
        </div>
      </Card>
      <Content approval={approval} />
      <Changes approval={approval} />
    </ZoneContext>
  );
}

/** Who asked for it and why, until when, and what a decision is bound to. */
function Said({ approval }: { readonly approval: ShownApproval }) {
  const { t, locale } = useLanguage();
  const zone = useContext(ZoneContext);
  const at = (instant: string) => date(instant, locale, "minute", zone);
  const { requestedBy, requestedAt, makers, expiresAt, hash, decidedBy, decidedAt, state } = approval;
  const said: readonly (readonly [label: string, value: string | undefined])[] = [
    [t("approval.requestedBy"), `${requestedBy}, ${at(requestedAt)}`],
    [t("runs.reason"), reasonOf(approval, t)],
    [t("approval.makers"), makers.join(", ")],
    [t("approval.until"), state === "waiting" && expiresAt ? at(expiresAt) : undefined],
    [t("runs.decidedBy"), decidedBy && `${decidedBy}${decidedAt ? `, ${at(decidedAt)}` : ""}`],
    [t("approval.hash"), hash],
  ];
  const items = said.flatMap(([label, value]) =>
    value === undefined || value === ""
      ? []
      : [{ key: label, label, children: <span className="hash-text">{value}</span> }],
  );
  return <Descriptions column={1} size="small" items={items} />;
}

function Ended({ approval: { state, why } }: { readonly approval: ShownApproval }) {
  const { t } = useLanguage();
  const server = useServerWords();
  if (state === "failed")
    return (
      <Alert
        type="error"
        showIcon
        title={t("approval.failed", { why: server.say(why ?? "–").text })}
        description={t("approval.failed.next")}
      />
    );
  if (state === "rejected")
    return (
      <Alert
        type="warning"
        showIcon
        title={t("approval.why", { why: server.say(why ?? "–").text })}
        description={t("approval.rejected.next")}
      />
    );
  if (state === "expired")
    return <Alert type="warning" showIcon title={t("approval.expired")} description={t("approval.rejected.next")} />;
  return null;
}

function Decision({ approval }: { readonly approval: ShownApproval }) {
  const { t } = useLanguage();
  const { me, may } = useCaller();
  const { id, hash, state, mayDecide, requestedBy, makers, decidedBy } = approval;
  const what = whatOf(approval, t, useCampaignNames());
  // Cut off between the decision and the deed, it stays approved: approving it again finishes it.
  if (state === "approved" && decidedBy === me.subject) {
    return (
      <>
        <p>{t("approval.unfinished")}</p>
        <Decide what={what} hash={hash} approve={{ operation: "approve", id }} only="approve" />
      </>
    );
  }
  if (state !== "waiting") return null;
  if (mayDecide) return <Decide what={what} hash={hash} approve={{ operation: "approve", id }} />;
  return (
    <>
      <p className="quiet">
        {may("approve") && makers.includes(me.subject) ? t("decide.cannot") : t("approval.waits")}
      </p>
      {requestedBy === me.subject && may("withdraw") && <Withdraw id={id} what={what} />}
    </>
  );
}

function Withdraw({ id, what }: { readonly id: string; readonly what: string }) {
  const { t } = useLanguage();
  const { modal, message } = App.useApp();
  const withdraw = useAction("withdraw", () => message.success(t("approval.withdraw.done")));
  const ask = () =>
    modal.confirm({
      title: t("approval.withdraw.title", { what }),
      content: t("approval.withdraw.text"),
      okText: t("approval.withdraw.ok"),
      cancelText: t("decide.cancel"),
      onOk: () => withdraw.mutate({ params: { id } }),
    });
  return (
    <>
      <div>
        <Button icon={<RollbackOutlined />} loading={withdraw.isPending} onClick={ask}>
          {t("approval.withdraw")}
        </Button>
      </div>
      {withdraw.error && <ProblemView error={withdraw.error} />}
    </>
  );
}

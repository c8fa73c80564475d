import { App, Button, Card, Modal } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAction, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useUnitName } from "../api/use-units.ts";
import { date } from "../format/dates.ts";
import { count, money, moneyDifference } from "../format/numbers.ts";
import { isTextKey, type Translate, useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";

export type Request = Answer<"listApprovals">["items"][number];
type Impact = NonNullable<Extract<Request["content"], { kind: "lifecycle" }>["impact"]>;

const TONES: Readonly<Record<string, Tone>> = {
  waiting: "waiting",
  approved: "busy",
  done: "good",
  failed: "bad",
  rejected: "bad",
};

interface Props {
  readonly requests: readonly Request[];
  readonly words: PlanWords;
}

/** What was asked for in this campaign, what it does, and who has to decide. */
export function Requests({ requests, words }: Props) {
  const { t } = useLanguage();
  return (
    <Card title={<h2>{t("lifecycle.requests")}</h2>}>
      {requests.length === 0 && (
        <EmptyView title={t("lifecycle.requests.none")} next={t("lifecycle.requests.none.next")} />
      )}
      <div className="field-stack">
        {requests.map((request) => (
          <RequestView key={request.id} request={request} words={words} />
        ))}
      </div>
    </Card>
  );
}

function RequestView({ request, words }: { readonly request: Request; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const unitName = useUnitName();
  const server = useServerWords();
  const { me, may } = useCaller();
  const { id, state, requestedBy, requestedAt, decidedBy, decidedAt, reason, why, makers, mayDecide, expiresAt } =
    request;
  const told = `approval.state.${state}`;
  const at = (text: string) => date(text, locale, "minute", words.zone);
  const isWaiting = state === "waiting";
  return (
    <article>
      <div className="title">
        <h3>{requestText(request, unitName, t, locale)}</h3>
        <StateMark tone={TONES[state] ?? "quiet"}>{isTextKey(told) ? t(told) : state}</StateMark>
      </div>
      <p className="quiet">
        {t("lifecycle.request.by", { who: requestedBy, at: at(requestedAt) })}
        {decidedBy !== undefined && ` · ${t("lifecycle.request.decided", { who: decidedBy, at: at(decidedAt ?? "") })}`}
        {isWaiting && expiresAt !== undefined && ` · ${t("lifecycle.request.until", { at: at(expiresAt) })}`}
      </p>
      {isWaiting && <p>{t("lifecycle.request.who", { makers: makers.join(", ") })}</p>}
      {reason !== undefined && reason !== "" && <p>{reason}</p>}
      {why !== undefined && <p className="bad">{server.say(why).text}</p>}
      <ImpactView request={request} words={words} />
      <div className="row">
        <Link href={`/approvals/${encodeURIComponent(id)}`}>
          {t(mayDecide ? "lifecycle.request.decide" : "lifecycle.request.look")}
        </Link>
        {isWaiting && requestedBy === me.subject && may("withdraw") && <Withdraw id={id} />}
      </div>
    </article>
  );
}

/** @param unitName what a unit is called */
export function requestText(
  { content }: Request,
  unitName: (unit: string) => string,
  t: Translate,
  locale: string,
): string {
  if (content.kind === "activation") {
    const { version, pilot } = content;
    if (pilot === undefined) return t("lifecycle.request.activation", { version });
    return t("lifecycle.request.pilot", { version, units: pilot.units.map(unitName).join(", ") });
  }
  if (content.kind !== "lifecycle") return content.kind;
  const { change } = content;
  return change.command === "stop"
    ? t("lifecycle.request.stop", { end: date(change.end, locale) })
    : t("lifecycle.request.rollOut");
}

/** What it does to whom, as the API told it when it was asked for. */
function ImpactView({ request, words }: { readonly request: Request; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const server = useServerWords();
  const { content } = request;
  if (content.kind !== "activation" && content.kind !== "lifecycle") return null;
  const { impact, impactNotTold } = content;
  if (impactNotTold !== undefined) return <p className="quiet">{server.say(impactNotTold).text}</p>;
  if (impact === undefined) return null;
  return (
    <div>
      <p className="quiet">{t("lifecycle.impact", { at: date(impact.asOf, locale, "minute", words.zone) })}</p>
      <ul className="reward-rules">
        {impactLines(impact, t, locale).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

export function impactLines(
  impact: Omit<Impact, "posted" | "simulationHash"> & Partial<Pick<Impact, "posted">>,
  t: Translate,
  locale: string,
): string[] {
  const { currency, winners, losers, posted, before, after } = impact;
  const sum = (text: string) => moneyDifference(text, currency, locale);
  const isSame = winners.count === 0 && losers.count === 0;
  return [
    t("lifecycle.impact.cost", { before: money(before, currency, locale), after: money(after, currency, locale) }),
    ...(isSame ? [t("lifecycle.impact.none")] : []),
    ...(winners.count === 0
      ? []
      : [t("lifecycle.impact.winners", { count: count(winners.count, locale), amount: sum(winners.difference) })]),
    ...(losers.count === 0
      ? []
      : [t("lifecycle.impact.losers", { count: count(losers.count, locale), amount: sum(losers.difference) })]),
    ...(posted === undefined || posted.lines === 0
      ? []
      : [
          t("lifecycle.impact.posted", {
            changed: count(posted.changed, locale),
            lines: count(posted.lines, locale),
            less: count(posted.less, locale),
          }),
        ]),
  ];
}

function Withdraw({ id }: { readonly id: string }) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const [isOpen, setIsOpen] = useState(false);
  const withdraw = useAction("withdraw", () => {
    message.success(t("lifecycle.request.withdrawn"));
    setIsOpen(false);
  });
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t("lifecycle.request.withdraw")}</Button>
      <Modal
        open={isOpen}
        title={t("lifecycle.request.withdraw.title")}
        cancelText={t("lifecycle.cancel")}
        confirmLoading={withdraw.isPending}
        onOk={() => withdraw.mutate({ params: { id } })}
        onCancel={() => setIsOpen(false)}
      >
        <p>{t("lifecycle.request.withdraw.text")}</p>
        {withdraw.error && <ProblemView error={withdraw.error} />}
      </Modal>
    </>
  );
}

import { Card, Descriptions } from "antd";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { Decide } from "../approvals/decide.tsx";
import { date } from "../format/dates.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import { amountText } from "../statement/figures.ts";
import type { Names } from "../statement/names.ts";
import type { ShownDispute } from "./types.ts";

interface Props {
  readonly dispute: ShownDispute;
  readonly names: Names;
  readonly zone: string | undefined;
}

type State = NonNullable<ShownDispute["remedyState"]>;

const TONES: Readonly<Record<State, Tone>> = {
  waiting: "waiting",
  approved: "busy",
  done: "good",
  failed: "bad",
  rejected: "bad",
  withdrawn: "quiet",
  expired: "bad",
};

/** What was decided, what puts it right, and how far that is: asked for, approved by another person, posted by a run. */
export function RemedyCard({ dispute, names, zone }: Props) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const { reason, decidedBy, decidedAt, remedy, remedyState, closed } = dispute;
  if (decidedAt === undefined) return null;
  const on = (at: string) => date(at, locale, "minute", zone);
  const items = [
    {
      key: "decided",
      label: t("disputes.decided"),
      children: `${on(decidedAt)}${decidedBy === undefined ? "" : ` · ${decidedBy}`}`,
    },
    ...(reason === undefined ? [] : [{ key: "reason", label: t("disputes.reason"), children: reason }]),
    ...(remedy === undefined
      ? []
      : [{ key: "remedy", label: t("disputes.remedy"), children: remedyText(remedy, names, t, locale) }]),
    ...(remedyState === undefined
      ? []
      : [{ key: "approval", label: t("disputes.approval"), children: <Approved state={remedyState} /> }]),
    ...(closed === undefined
      ? []
      : [{ key: "closed", label: t("disputes.posted"), children: `${closed.runId} · ${on(closed.at)}` }]),
  ];
  return (
    <Card title={<h2>{t("disputes.decision")}</h2>}>
      <Descriptions column={1} size="small" items={items} />
      {remedyState === "waiting" && <p>{t("disputes.approval.waits")}</p>}
      {remedyState === "done" && closed === undefined && <p>{t("disputes.approval.next")}</p>}
      {remedyState === "waiting" && remedy !== undefined && may("getApproval") && (
        <Decision id={remedy.approval} what={remedyText(remedy, names, t, locale)} />
      )}
    </Card>
  );
}

function remedyText(
  remedy: NonNullable<ShownDispute["remedy"]>,
  names: Names,
  t: ReturnType<typeof useLanguage>["t"],
  locale: string,
): string {
  if (remedy.kind === "fact-correction") {
    return t("disputes.remedy.fact.of", {
      fact: `${remedy.fact.source}#${remedy.fact.externalId}`,
      version: remedy.fact.version,
    });
  }
  const amount = amountText(remedy.amount, remedy.currency, locale);
  return t("disputes.remedy.amount.of", { amount, reward: names.reward(remedy.reward) });
}

function Approved({ state }: { readonly state: State }) {
  const { t } = useLanguage();
  const key = `disputes.approval.${state}`;
  return <StateMark tone={TONES[state]}>{isTextKey(key) ? t(key) : state}</StateMark>;
}

/** For whoever may decide it: neither who accepted, nor a side of the dispute. */
function Decision({ id, what }: { readonly id: string; readonly what: string }) {
  const read = useAnswer("getApproval", { params: { id } });
  return (
    <Answered query={read}>
      {({ hash, mayDecide }) =>
        mayDecide ? <Decide what={what} hash={hash} approve={{ operation: "approve", id }} /> : null
      }
    </Answered>
  );
}

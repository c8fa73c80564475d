import { Alert, Button, Form, Input, Segmented } from "antd";
import { useState } from "react";
import type { Call } from "../api/client.ts";
import { useAction } from "../api/hooks.ts";
import { difference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { amountText } from "../statement/figures.ts";
import type { Names } from "../statement/names.ts";
import { CorrectFact } from "./correct-fact.tsx";
import type { ShownDispute } from "./types.ts";

type Remedy = NonNullable<Call<"acceptDispute">["body"]>["remedy"];
type Fact = Extract<Remedy, { kind: "fact-correction" }>["fact"];
type Kind = Remedy["kind"];

interface Props {
  readonly dispute: ShownDispute;
  readonly names: Names;
  readonly onDone: () => void;
}

const AMOUNT = /^-?\d+(\.\d+)?$/;

/** The payee is right. What puts it right is shown before it is asked for: another person has to approve it. */
export function AcceptForm({ dispute, names, onDone }: Props) {
  const { t, locale } = useLanguage();
  const { campaign, id, reward, payee, expected, amount: paid, currency = "" } = dispute;
  const [kind, setKind] = useState<Kind>("manual-adjustment");
  const [reason, setReason] = useState("");
  const [amount, setAmount] = useState(() => missing(expected, paid));
  const [fact, setFact] = useState<Fact>();
  const accept = useAction("acceptDispute", onDone);
  const change = (next: Kind) => {
    setKind(next);
    // The form of a sale begins anew: what it said before is not seen, and is not sent.
    setFact(undefined);
  };
  const isAmount = AMOUNT.test(amount.trim()) && !/^-?0*(\.0*)?$/.test(amount.trim());
  const remedy: Remedy | undefined =
    kind === "manual-adjustment"
      ? isAmount
        ? { kind, amount: amount.trim() }
        : undefined
      : fact && { kind: "fact-correction", fact };
  const kinds: { value: Kind; label: string }[] = [
    { value: "manual-adjustment", label: t("disputes.remedy.amount") },
    { value: "fact-correction", label: t("disputes.remedy.fact") },
  ];
  return (
    <Form className="dispute-form" layout="vertical" requiredMark={false}>
      <p>{t("disputes.accept.text")}</p>
      <Form.Item>
        <Segmented<Kind> aria-label={t("disputes.remedy.kind")} value={kind} onChange={change} options={kinds} />
      </Form.Item>
      {kind === "manual-adjustment" ? (
        <Form.Item label={t("disputes.remedy.amount.label", { currency })} htmlFor="remedy-amount">
          <Input
            id="remedy-amount"
            inputMode="decimal"
            autoComplete="off"
            value={amount}
            onChange={({ target }) => setAmount(target.value)}
          />
        </Form.Item>
      ) : (
        <CorrectFact dispute={dispute} onChange={setFact} />
      )}
      <Form.Item label={t("disputes.accept.reason")} htmlFor="accept-reason">
        <Input.TextArea
          id="accept-reason"
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form.Item>
      {remedy && (
        <Alert
          type="info"
          showIcon
          title={
            remedy.kind === "manual-adjustment"
              ? t("disputes.accept.posts.amount", {
                  amount: amountText(remedy.amount, currency, locale),
                  who: names.subject(payee.id),
                  reward: names.reward(reward),
                })
              : t("disputes.accept.posts.fact")
          }
          description={t("disputes.accept.second")}
        />
      )}
      {accept.error && <ProblemView error={accept.error} />}
      <div className="row">
        <Button
          type="primary"
          disabled={remedy === undefined || reason.trim() === ""}
          loading={accept.isPending}
          onClick={() => remedy && accept.mutate({ params: { campaign, dispute: id }, body: { reason, remedy } })}
        >
          {t("disputes.accept.ok")}
        </Button>
      </div>
    </Form>
  );
}

/** What is between the amount that was expected and the one that was paid; nothing where either is unknown. */
function missing(expected: string | undefined, paid: string | undefined): string {
  if (expected === undefined || !AMOUNT.test(expected)) return "";
  const between = difference(expected, paid ?? "0");
  return between.startsWith("-") ? "" : between;
}

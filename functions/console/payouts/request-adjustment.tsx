import { PlusOutlined } from "@ant-design/icons";
import { App, AutoComplete, Button, Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useLocation } from "wouter";
import { useAction, useCaller, usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useUnits } from "../api/use-units.ts";
import { hrefOf } from "../approvals/what-of.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

interface Asked {
  readonly kind: "participant" | "unit";
  readonly id: string;
  readonly reward: string;
  readonly amount: string;
  readonly number: string;
  readonly reason: string;
  readonly evidence: string;
}

/** Asks for an amount to be added or taken away by hand; a second person decides it. */
export function RequestAdjustment({ campaign, words }: Props) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const [, go] = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Asked>();
  const ask = useAction("requestAdjustment", (approval) => {
    setIsOpen(false);
    form.resetFields();
    message.success(t("adjustments.asked"));
    go(hrefOf(approval));
  });
  const send = ({ kind, id, ...asked }: Asked) =>
    ask.mutate({ params: { campaign }, body: { ...asked, payee: { kind, id: id.trim() } } });
  return (
    <div>
      <Button icon={<PlusOutlined />} onClick={() => setIsOpen(true)}>
        {t("adjustments.ask")}
      </Button>
      <Modal
        open={isOpen}
        title={t("adjustments.ask")}
        okText={t("adjustments.ok")}
        cancelText={t("decide.cancel")}
        confirmLoading={ask.isPending}
        onOk={form.submit}
        onCancel={() => setIsOpen(false)}
      >
        <Form form={form} layout="vertical" initialValues={{ kind: "participant" }} onFinish={send}>
          <Fields form={form} words={words} />
        </Form>
        {ask.error && <ProblemView error={ask.error} />}
      </Modal>
    </div>
  );
}

function Fields({
  form,
  words,
}: {
  readonly form: ReturnType<typeof Form.useForm<Asked>>[0];
  readonly words: PlanWords;
}) {
  const { t } = useLanguage();
  const kind = Form.useWatch("kind", form) ?? "participant";
  const needed = (of: string) => [{ required: true, whitespace: true, message: t("adjustments.needed", { of }) }];
  const rewards = words.plan?.rewards.filter(({ component }) => !component) ?? [];
  return (
    <>
      <Form.Item name="kind" label={t("runs.line.payee.kind")}>
        <Radio.Group
          options={[
            { value: "participant", label: t("statement.participant") },
            { value: "unit", label: t("statement.unit") },
          ]}
        />
      </Form.Item>
      <Form.Item name="id" label={t("runs.line.payee.id")} rules={needed(t("runs.line.payee.id"))}>
        <PayeeInput kind={kind} />
      </Form.Item>
      <Form.Item name="reward" label={t("runs.reward")} rules={needed(t("runs.reward"))}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={rewards.map(({ id }) => ({ value: id, label: words.reward(id) }))}
        />
      </Form.Item>
      <Form.Item
        name="amount"
        label={t("adjustments.amount", { currency: words.currency ?? "" })}
        extra={t("adjustments.amount.text")}
        rules={[{ required: true, pattern: /^-?\d+(\.\d+)?$/, message: t("adjustments.amount.wrong") }]}
      >
        <Input inputMode="decimal" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="number"
        label={t("adjustments.number")}
        extra={t("adjustments.number.text")}
        rules={[
          { required: true, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, message: t("adjustments.number.wrong") },
        ]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("runs.reason")}
        extra={t("adjustments.reason.text")}
        rules={needed(t("runs.reason"))}
      >
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item
        name="evidence"
        label={t("adjustments.evidence")}
        extra={t("adjustments.evidence.text")}
        rules={needed(t("adjustments.evidence"))}
      >
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  );
}

interface InputProps {
  readonly kind: "participant" | "unit";
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}

/** An id, offered with the name that stands with it; the first of very many are offered, any can be typed. */
function PayeeInput({ kind, ...field }: InputProps) {
  const { may } = useCaller();
  const people = usePages(
    "listPeople",
    { query: { limit: 200 } },
    { enabled: kind === "participant" && may("listPeople") },
  );
  const { units } = useUnits(undefined, kind === "unit" && may("listOrgUnits"));
  const options =
    kind === "participant"
      ? (people.data?.pages.flatMap(({ items }) => items) ?? []).map(({ participantId, memberships }) => ({
          value: participantId,
          label: `${memberships.at(-1)?.name ?? ""} ${participantId}`,
        }))
      : (units ?? []).map(({ unit, name }) => ({
          value: unit,
          label: `${name} ${unit}`,
        }));
  return (
    <AutoComplete
      {...field}
      options={options}
      showSearch={{
        filterOption: (typed, option) => option?.label.toLowerCase().includes(typed.toLowerCase()) ?? false,
      }}
    />
  );
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import type { Answer } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import type { Attachment } from "./attach-file.ts";
import { FilePicker } from "./file-picker.tsx";

interface Props {
  readonly campaign: string;
  readonly lineId: string;
  readonly until: string;
}

interface Written {
  readonly claim: string;
  readonly expected?: string;
}

/** A payee says what is wrong. The files follow one by one, once the dispute is there. */
export default function OpenDispute({ campaign, lineId, until }: Props) {
  const { t, locale } = useLanguage();
  const { api } = useCaller();
  const { message } = App.useApp();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const [opened, setOpened] = useState<Answer<"openDispute">>();
  const send = useMutation({
    mutationFn: async ({ claim, expected = "" }: Written) => {
      const body = { claim, ...(expected.trim() === "" ? {} : { expected: expected.trim() }) };
      const dispute = opened ?? (await api.json("openDispute", { params: { campaign, lineId }, body }));
      setOpened(dispute);
      const waiting = [...files];
      while (waiting.length > 0) {
        const [file] = waiting;
        await api.json("attachToDispute", { params: { campaign, dispute: dispute.id }, body: file });
        waiting.shift();
        setFiles([...waiting]);
      }
      return dispute;
    },
    onSuccess: async (dispute) => {
      message.success(t("disputes.open.done"));
      go(`/campaigns/${campaign}/disputes/${dispute.id}`);
      await queries.invalidateQueries();
    },
  });
  const isDecimal = { pattern: /^\s*-?\d{1,12}(\.\d{1,6})?\s*$/, message: t("disputes.expected.bad") };
  return (
    <Form
      className="dispute-form"
      layout="vertical"
      requiredMark={false}
      onFinish={(written: Written) => send.mutate(written)}
    >
      <p>{t("disputes.open.text", { until: date(until, locale) })}</p>
      <Form.Item
        name="claim"
        label={t("disputes.claim")}
        rules={[{ required: true, whitespace: true, message: t("disputes.claim.missing") }]}
      >
        <Input.TextArea rows={4} maxLength={4000} showCount disabled={opened !== undefined} />
      </Form.Item>
      <Form.Item name="expected" label={t("disputes.expected.optional")} rules={[isDecimal]}>
        <Input inputMode="decimal" autoComplete="off" disabled={opened !== undefined} />
      </Form.Item>
      <FilePicker files={files} onChange={setFiles} />
      {send.error && (
        <>
          <ProblemView error={send.error} />
          {opened && <Link href={`/campaigns/${campaign}/disputes/${opened.id}`}>{t("disputes.open.already")}</Link>}
        </>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t(opened === undefined ? "disputes.open.send" : "disputes.open.again")}
        </Button>
      </div>
    </Form>
  );
}

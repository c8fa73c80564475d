import { SendOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Input, Modal, Select } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useUnits } from "../api/use-units.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import type { Simulation } from "./choice.ts";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly plan: number | "draft";
  readonly simulation: Simulation;
  /** The draft's when it was worked out. */
  readonly revision: number;
  readonly isOld: boolean;
}

/** Publishes exactly the draft that was worked out, and asks for it to be put in force. */
export function SendForApproval(props: Props) {
  const { t } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const [sent, setSent] = useState<string>();
  if (sent !== undefined) {
    return (
      <Alert
        type="success"
        showIcon
        title={t("simulate.sent")}
        description={<Link href={`/approvals/${encodeURIComponent(sent)}`}>{t("simulate.sent.look")}</Link>}
      />
    );
  }
  return (
    <>
      {props.isOld && <Alert type="warning" showIcon title={t("simulate.old")} />}
      <div className="row">
        <Button type="primary" icon={<SendOutlined />} disabled={props.isOld} onClick={() => setIsOpen(true)}>
          {t("simulate.send")}
        </Button>
      </div>
      {isOpen && <Ask {...props} onSent={setSent} onClose={() => setIsOpen(false)} />}
    </>
  );
}

interface Terms {
  readonly reason: string;
  readonly pilot: { readonly units: string[]; readonly until: string } | undefined;
  readonly effectiveFrom: string;
}

const NO_TERMS: Terms = { reason: "", pilot: undefined, effectiveFrom: "" };

function Ask({
  campaign,
  words,
  plan,
  simulation,
  revision,
  onSent,
  onClose,
}: Props & { onSent: (id: string) => void; onClose: () => void }) {
  const { t } = useLanguage();
  const { api } = useCaller();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [terms, setTerms] = useState(NO_TERMS);
  const { planHash } = simulation.draft;
  const ask = useMutation({
    mutationFn: async () => {
      const version = plan === "draft" ? await publish() : plan;
      return api.json("activateCampaign", { params: { campaign }, body: bodyOf(version, simulation, terms) });
    },
    onSuccess: async ({ id }: Answer<"activateCampaign">) => {
      message.success(t("simulate.sent"));
      onSent(id);
      await queries.invalidateQueries();
    },
    // What was published stays published, whatever became of the request.
    onError: () => queries.invalidateQueries(),
  });
  /** A draft that was published before, by a request that then failed, is asked for as it is. */
  const publish = async () => {
    const latest = words.campaign?.latestVersion ?? 0;
    if (latest > 0) {
      const newest = await api.json("getVersion", { params: { campaign, version: latest } });
      if (newest.planHash === planHash) return latest;
    }
    const published = await api.json("publishVersion", { params: { campaign }, revision });
    if (published.planHash !== planHash) throw new Error(t("simulate.send.other"));
    return published.version;
  };
  const next = (words.campaign?.latestVersion ?? 0) + 1;
  const isPilotReady = terms.pilot === undefined || (terms.pilot.units.length > 0 && terms.pilot.until !== "");
  return (
    <Modal
      open
      title={t("simulate.send.title")}
      okText={t("simulate.send.ok")}
      cancelText={t("simulate.send.cancel")}
      okButtonProps={{ disabled: !isPilotReady }}
      confirmLoading={ask.isPending}
      onOk={() => ask.mutate()}
      onCancel={onClose}
    >
      <div className="field-stack">
        <p>
          {plan === "draft"
            ? t("simulate.send.draft", { version: next })
            : t("simulate.send.version", { version: plan })}
        </p>
        <div>
          <div className="quiet">{t("simulate.planHash")}</div>
          <code className="hash">{planHash}</code>
        </div>
        <div>
          <label htmlFor="send-reason">{t("simulate.send.reason")}</label>
          <Input.TextArea
            id="send-reason"
            rows={3}
            maxLength={1000}
            value={terms.reason}
            onChange={({ target }) => setTerms({ ...terms, reason: target.value })}
          />
        </div>
        <TermsForm words={words} terms={terms} onChange={setTerms} />
        {ask.error && <ProblemView error={ask.error} />}
      </div>
    </Modal>
  );
}

function bodyOf(version: number, { simulationHash }: Simulation, { reason, pilot, effectiveFrom }: Terms) {
  return {
    version,
    simulationHash,
    ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    ...(pilot === undefined ? {} : { pilot: { units: [...pilot.units], until: `${pilot.until}T00:00` } }),
    ...(effectiveFrom === "" ? {} : { effectiveFrom: `${effectiveFrom}T00:00` }),
  };
}

/** A first version can begin as a pilot; a later one can leave what was before alone. */
function TermsForm({ words, terms, onChange }: { words: PlanWords; terms: Terms; onChange: (terms: Terms) => void }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const isFirst = words.campaign?.activeVersion === undefined;
  const { units } = useUnits(undefined, isFirst && may("listOrgUnits"));
  const options = units?.map(({ unit, name }) => ({ value: unit, label: `${name} (${unit})` }));
  const { pilot } = terms;
  if (!isFirst) {
    return (
      <div>
        <label htmlFor="send-from">{t("simulate.send.from")}</label>
        <Input
          id="send-from"
          type="date"
          value={terms.effectiveFrom}
          onChange={({ target }) => onChange({ ...terms, effectiveFrom: target.value })}
        />
      </div>
    );
  }
  return (
    <>
      <Checkbox
        checked={pilot !== undefined}
        onChange={({ target }) => onChange({ ...terms, pilot: target.checked ? { units: [], until: "" } : undefined })}
      >
        {t("simulate.send.pilot")}
      </Checkbox>
      {pilot !== undefined && (
        <>
          <div>
            <label htmlFor="send-units">{t("simulate.send.units")}</label>
            <Select
              id="send-units"
              mode="multiple"
              value={[...pilot.units]}
              options={options ?? []}
              loading={units === undefined}
              optionFilterProp="label"
              onChange={(chosen: string[]) => onChange({ ...terms, pilot: { ...pilot, units: chosen } })}
            />
          </div>
          <div>
            <label htmlFor="send-until">{t("simulate.send.until")}</label>
            <Input
              id="send-until"
              type="date"
              value={pilot.until}
              onChange={({ target }) => onChange({ ...terms, pilot: { ...pilot, until: target.value } })}
            />
          </div>
        </>
      )}
    </>
  );
}

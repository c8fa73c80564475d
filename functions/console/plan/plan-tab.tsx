import { Alert, App, Button, Segmented } from "antd";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import type { TabProps } from "../parts/tab-props.ts";
import { dropDraft, keptDraft } from "./drafts.ts";
import { firstText } from "./first-text.ts";
import { writtenOf } from "./plan-source.ts";
import { PlanWorkspace } from "./plan-workspace.tsx";
import { SaveDraft } from "./save-draft.tsx";
import type { Shape } from "./shape.ts";
import { useKeptDraft } from "./use-kept-draft.ts";
import { usePlanEditor } from "./use-plan-editor.ts";
import { usePlanShape } from "./use-plan-shape.ts";
import { Versions } from "./versions.tsx";

type Campaign = Answer<"getCampaign">;

/** The plan of a campaign: its draft to be worked on, and what was published of it. */
export default function PlanTab({ campaign, rest }: TabProps) {
  const { t } = useLanguage();
  const [, go] = useLocation();
  const read = useAnswer("getCampaign", { params: { campaign }, query: { text: "true" } });
  const shape = usePlanShape();
  const isVersions = rest[0] === "versions";
  return (
    <div className="stack">
      <Segmented
        className="plan-parts"
        aria-label={t("plan.title")}
        value={isVersions ? "versions" : "draft"}
        options={[
          { value: "draft", label: t("plan.versions.draft") },
          { value: "versions", label: t("plan.versions") },
        ]}
        onChange={(part) => go(`/campaigns/${campaign}/plan${part === "versions" ? "/versions" : ""}`)}
      />
      <Answered query={shape}>
        {(known) => (
          <Answered query={read}>
            {(found) =>
              isVersions ? (
                <Versions campaign={found} shape={known} />
              ) : (
                <DraftEditor key={found.id} campaign={found} shape={known} />
              )
            }
          </Answered>
        )}
      </Answered>
    </div>
  );
}

function DraftEditor({ campaign, shape }: { readonly campaign: Campaign; readonly shape: Shape }) {
  const { t, locale } = useLanguage();
  const { may, me } = useCaller();
  const { modal } = App.useApp();
  const [first] = useState(() => firstText(shape, campaign, keptDraft(localStorage, me.subject, campaign.id)));
  const [base, setBase] = useState({ saved: first.saved, revision: first.revision });
  const [kept, setKept] = useState(first.kept);
  const editor = usePlanEditor(first.text);
  const isOver = campaign.state === "settled" || campaign.state === "archived";
  const isReadOnly = !may("editDraft") || isOver;
  const isDirty = !isReadOnly && editor.text !== base.saved;
  useKeptDraft(campaign.id, editor.text, base.revision, isDirty);
  const start = (text: string, revision: number) => {
    dropDraft(localStorage, me.subject, campaign.id);
    setBase({ saved: text, revision });
    setKept(undefined);
    editor.restart(text);
  };
  const drop = () =>
    modal.confirm({
      title: t("plan.drop.ask"),
      content: t("plan.drop.text"),
      okText: t("plan.drop"),
      okButtonProps: { danger: true },
      cancelText: t("plan.cancel"),
      onOk: () => start(writtenOf(shape, campaign.draft, campaign.text), campaign.revision),
    });
  return (
    <>
      {isReadOnly && <Alert type="info" showIcon title={t(isOver ? "plan.closed" : "plan.readOnly")} />}
      {kept !== undefined && isDirty && (
        <Alert
          type="warning"
          showIcon
          title={t("plan.found.again", { at: date(kept.at, locale, "minute", campaign.draft.period.zone) })}
          {...(kept.revision < campaign.revision ? { description: t("plan.found.older") } : {})}
          action={<Button onClick={drop}>{t("plan.drop")}</Button>}
        />
      )}
      <PlanWorkspace
        editor={editor}
        shape={shape}
        isReadOnly={isReadOnly}
        actions={
          isReadOnly ? undefined : (
            <SaveDraft
              campaign={campaign}
              shape={shape}
              editor={editor}
              revision={base.revision}
              isDirty={isDirty}
              onSaved={(text, revision) => {
                setBase({ saved: text, revision });
                setKept(undefined);
              }}
              onTheirs={start}
              onDrop={drop}
            />
          )
        }
      />
    </>
  );
}

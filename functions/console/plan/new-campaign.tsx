import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { useCampaigns } from "../api/use-campaigns.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { begun } from "./begin.ts";
import { dropDraft, keepDraft, keptDraft } from "./drafts.ts";
import { Gallery } from "./gallery.tsx";
import { readPlanText } from "./plan-text.ts";
import { PlanWorkspace } from "./plan-workspace.tsx";
import { type Shape, valueAt } from "./shape.ts";
import { StartDialog } from "./start-dialog.tsx";
import { useKeptDraft } from "./use-kept-draft.ts";
import { usePlanEditor } from "./use-plan-editor.ts";
import { usePlanShape } from "./use-plan-shape.ts";

/** The shelf's name of a campaign that is not there yet. A campaign's own id has no space in it. */
const NEW = "a new one";

/** A campaign is begun from a scheme, worked on, and created when it is saved. `?draft` goes on with what was begun. */
export default function NewCampaign() {
  const { t } = useLanguage();
  const shape = usePlanShape();
  const isDraft = new URLSearchParams(useSearch()).has("draft");
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/campaigns">{t("nav.campaigns")}</Link>
      </p>
      <div className="title">
        <h1>{t("new.title")}</h1>
      </div>
      <Answered query={shape}>{(known) => (isDraft ? <Begun shape={known} /> : <Choose shape={known} />)}</Answered>
    </div>
  );
}

function Choose({ shape }: { readonly shape: Shape }) {
  const { t, language } = useLanguage();
  const { me } = useCaller();
  const [, go] = useLocation();
  const campaigns = useCampaigns();
  const taken = new Set(campaigns.map(({ id }) => id));
  const [chosen, setChosen] = useState<{ readonly text: string; readonly name: string }>();
  const [kept, setKept] = useState(() => keptDraft(localStorage, me.subject, NEW));
  return (
    <>
      <p className="lead">{t("new.text")}</p>
      {kept !== undefined && (
        <Alert
          type="info"
          showIcon
          title={t("new.again", { name: nameOf(kept.text, language) })}
          action={
            <span className="row">
              <Button type="primary" onClick={() => go("/campaigns/new?draft")}>
                {t("new.again.go")}
              </Button>
              <Button
                onClick={() => {
                  dropDraft(localStorage, me.subject, NEW);
                  setKept(undefined);
                }}
              >
                {t("new.again.drop")}
              </Button>
            </span>
          }
        />
      )}
      <Gallery shape={shape} onChoose={(text, name) => setChosen({ text, name })} />
      {chosen !== undefined && (
        <StartDialog
          text={chosen.text}
          name={chosen.name}
          taken={taken}
          onCancel={() => setChosen(undefined)}
          onStart={(beginning) => {
            const text = begun(chosen.text, beginning);
            keepDraft(localStorage, me.subject, NEW, { text, revision: 0, at: new Date().toISOString() });
            go("/campaigns/new?draft");
          }}
        />
      )}
    </>
  );
}

function nameOf(text: string, language: "en" | "zh"): string {
  const { value } = readPlanText(text);
  return nameIn(language, valueAt(value, ["name"]), String(valueAt(value, ["id"]) ?? ""));
}

function Begun({ shape }: { readonly shape: Shape }) {
  const { t } = useLanguage();
  const { me } = useCaller();
  const [kept] = useState(() => keptDraft(localStorage, me.subject, NEW));
  if (kept !== undefined) return <Unsaved shape={shape} start={kept.text} />;
  return (
    <p>
      <Link href="/campaigns/new">{t("new.text")}</Link>
    </p>
  );
}

function Unsaved({ shape, start }: { readonly shape: Shape; readonly start: string }) {
  const { t, language } = useLanguage();
  const { api, me, may } = useCaller();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const editor = usePlanEditor(start);
  const [isCreated, setIsCreated] = useState(false);
  const create = useMutation({
    mutationFn: () => api.json("createCampaign", { text: { type: "application/yaml", content: editor.text } }),
    onSuccess: async ({ id, revision }) => {
      const at = new Date().toISOString();
      keepDraft(localStorage, me.subject, id, { text: editor.text, revision, at, isSaved: true });
      setIsCreated(true);
      message.success(t("plan.created"));
      await queries.invalidateQueries();
      dropDraft(localStorage, me.subject, NEW);
      go(`/campaigns/${id}/plan`);
    },
  });
  useKeptDraft(NEW, editor.text, 0, !isCreated);
  return (
    <>
      <p className="lead">{nameOf(editor.isReadable ? editor.text : start, language)}</p>
      {create.error !== null && <ProblemView error={create.error} />}
      <PlanWorkspace
        editor={editor}
        shape={shape}
        isReadOnly={false}
        actions={
          <>
            <span className="quiet" role="status">
              {t("plan.state.new")}
            </span>
            {may("createCampaign") && (
              <Button
                type="primary"
                icon={<PlusOutlined />}
                loading={create.isPending}
                disabled={!editor.isReadable}
                onClick={() => create.mutate()}
              >
                {t("plan.create")}
              </Button>
            )}
          </>
        }
      />
    </>
  );
}

import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Alert, Button, Segmented, Skeleton } from "antd";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { useLanguage } from "../i18n/language.ts";
import { ServerWords } from "../parts/server-words.tsx";
import type { HalfPlan } from "../picture/half.ts";
import { FindingsList } from "./findings-list.tsx";
import { PlanForm } from "./form/plan-form.tsx";
import { placeOf } from "./plan-text.ts";
import { isFields, type Path, type Shape } from "./shape.ts";
import type { PlanEditorState } from "./use-plan-editor.ts";

const YamlEditor = lazy(() => import("./yaml-editor.tsx"));
const PlanPicture = lazy(() => import("../picture/plan-picture.tsx"));

const VIEWS = ["form", "both", "picture", "yaml"] as const;
type View = (typeof VIEWS)[number];
const KEPT = "laurel.plan-view";
/** From here on there is room for both. */
const WIDE = "(min-width: 1400px)";

interface Props {
  readonly editor: PlanEditorState;
  readonly shape: Shape;
  readonly isReadOnly: boolean;
  /** Saving, publishing: what stands beside undo. */
  readonly actions?: ReactNode;
}

/** A plan as a form and as YAML, side by side, with what the checks say about it. */
export function PlanWorkspace({ editor, shape, isReadOnly, actions }: Props) {
  const { t } = useLanguage();
  const [view, setView] = useView();
  const [at, setAt] = useState<Path>(["id"]);
  const [reveal, setReveal] = useState<{ readonly from: number; readonly to: number }>();
  const { read, isReadable, undo, redo } = editor;
  const go = useCallback(
    (path: Path) => {
      setAt(path);
      if (isReadable) setReveal(placeOf(read, path));
    },
    [read, isReadable],
  );
  const [broken] = read.broken;
  const setText = editor.setText;
  const typed = useCallback((next: string) => setText(next, "yaml"), [setText]);
  return (
    <div className="plan-work">
      <div className="plan-bar">
        <Segmented<View>
          aria-label={t("plan.view")}
          value={view}
          options={VIEWS.map((one) => ({ value: one, label: t(`plan.view.${one}`) }))}
          onChange={setView}
        />
        {!isReadOnly && (
          <>
            <Button icon={<UndoOutlined />} disabled={!editor.canUndo} onClick={undo} title={t("plan.undo")}>
              {t("plan.undo")}
            </Button>
            <Button icon={<RedoOutlined />} disabled={!editor.canRedo} onClick={redo} title={t("plan.redo")}>
              {t("plan.redo")}
            </Button>
          </>
        )}
        <div className="plan-actions">{actions}</div>
      </div>
      {broken !== undefined && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t("plan.broken", { line: broken.line })}
          description={<ServerWords>{broken.message}</ServerWords>}
          action={
            <Button onClick={() => setReveal({ from: broken.from, to: broken.to })}>
              {t("plan.found.line", { line: broken.line })}
            </Button>
          }
        />
      )}
      <FindingsList editor={editor} onForm={go} onLine={(from, to) => setReveal({ from, to })} />
      <div className={`plan-panes plan-panes-${view}`}>
        {view !== "yaml" && (
          <PlanForm
            shape={shape}
            plan={editor.plan}
            found={editor.found}
            isReadOnly={isReadOnly || !isReadable}
            edit={editor.edit}
            at={at}
            onGo={go}
          />
        )}
        {view === "picture" && isHalfPlan(editor.plan) && (
          <Suspense fallback={<Skeleton active />}>
            <div className="plan-beside">
              <PlanPicture plan={editor.plan} />
            </div>
          </Suspense>
        )}
        {(view === "both" || view === "yaml") && (
          <Suspense fallback={<Skeleton active />}>
            <YamlEditor
              text={editor.text}
              found={editor.found}
              isReadOnly={isReadOnly}
              reveal={reveal}
              onChange={typed}
              onUndo={undo}
              onRedo={redo}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
}

/** Of what is still being written anything can be missing. */
function isHalfPlan(plan: unknown): plan is HalfPlan {
  return isFields(plan);
}

/** As it was chosen before; else both where there is room. */
function useView() {
  const [view, setView] = useState<View>(() => {
    const kept = VIEWS.find((one) => one === localStorage.getItem(KEPT));
    return kept ?? (matchMedia(WIDE).matches ? "both" : "form");
  });
  useEffect(() => localStorage.setItem(KEPT, view), [view]);
  return [view, setView] as const;
}

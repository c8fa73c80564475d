import { App, Button, Input, Segmented, theme } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAction, useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { LayoutFields } from "./layout-fields.tsx";
import { bodyIn, textOfBody } from "./layout-model.ts";
import { previewOf } from "./layout-preview.ts";
import { STARTS } from "./layout-starts.ts";

interface Props {
  /** undefined: a new one. */
  readonly layout: Answer<"getPayoutLayout"> | undefined;
  readonly onDone: () => void;
}

/** What scrolls must be reachable by keyboard. */
const BY_KEYBOARD = { tabIndex: 0 } as const;

const VIEWS = ["form", "json"] as const;
type View = (typeof VIEWS)[number];

/** A layout as a form or as the JSON that is saved, with rows as they would stand in a file; the API judges it when it is saved. */
export function LayoutForm({ layout, onDone }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { message } = App.useApp();
  const [id, setId] = useState(layout?.id ?? "");
  const [text, setText] = useState(() => JSON.stringify(layout?.layout ?? STARTS.payroll, null, 2));
  const { token } = theme.useToken();
  const [view, show] = useState<View>("form");
  const save = useAction("setPayoutLayout", () => {
    message.success(t("settings.layout.saved"));
    onDone();
  });
  const preview = previewOf(text);
  const body = bodyIn(text);
  const readOnly = !may("setPayoutLayout");
  const starts = [
    { value: "payroll" as const, label: t("settings.start.payroll") },
    { value: "bank" as const, label: t("settings.start.bank") },
  ];
  return (
    <div className="stack">
      {layout === undefined && (
        <>
          <Segmented
            aria-label={t("settings.start")}
            options={starts}
            onChange={(start) => setText(JSON.stringify(STARTS[start], null, 2))}
          />
          <label htmlFor="layout-id">{t("settings.layout.id")}</label>
          <Input
            id="layout-id"
            value={id}
            placeholder="payroll"
            onChange={({ target }) => setId(target.value.trim())}
          />
        </>
      )}
      <Segmented<View>
        aria-label={t("settings.view")}
        options={VIEWS.map((value) => ({ value, label: t(`settings.view.${value}`) }))}
        value={view}
        onChange={show}
      />
      {view === "json" ? (
        <>
          <label htmlFor="layout-text">{t("settings.layout.text")}</label>
          <Input.TextArea
            id="layout-text"
            className="layout-text"
            rows={16}
            spellCheck={false}
            readOnly={readOnly}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </>
      ) : body === undefined ? (
        <p>{t("settings.view.unreadable")}</p>
      ) : (
        <LayoutFields body={body} readOnly={readOnly} onChange={(next) => setText(textOfBody(next))} />
      )}
      <section className="layout-seen" style={{ background: token.colorBgElevated }} aria-label={t("settings.preview")}>
        <h3>{t("settings.preview")}</h3>
        {preview === undefined ? (
          <p className="bad" role="alert">
            {t("settings.preview.none")}
          </p>
        ) : (
          <pre className="layout-preview" {...BY_KEYBOARD}>
            {preview.join("\n")}
          </pre>
        )}
      </section>
      <p className="quiet">{t("settings.preview.text")}</p>
      {save.error && <ProblemView error={save.error} />}
      {!readOnly && (
        <div>
          <Button
            type="primary"
            disabled={id === "" || preview === undefined}
            loading={save.isPending}
            onClick={() => save.mutate({ params: { layout: id }, text: { type: "application/json", content: text } })}
          >
            {t("settings.layout.save")}
          </Button>
        </div>
      )}
    </div>
  );
}

import { App, Button, Input, Segmented } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAction, useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { previewOf } from "./layout-preview.ts";
import { STARTS } from "./layout-starts.ts";

interface Props {
  /** undefined: a new one. */
  readonly layout: Answer<"getPayoutLayout"> | undefined;
  readonly onDone: () => void;
}

/** A layout as the API writes it, with rows as they would stand in a file; the API judges it when it is saved. */
export function LayoutForm({ layout, onDone }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { message } = App.useApp();
  const [id, setId] = useState(layout?.id ?? "");
  const [text, setText] = useState(() => JSON.stringify(layout?.layout ?? STARTS.payroll, null, 2));
  const save = useAction("setPayoutLayout", () => {
    message.success(t("settings.layout.saved"));
    onDone();
  });
  const preview = previewOf(text);
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
      <h3>{t("settings.preview")}</h3>
      {preview === undefined ? (
        <p className="bad" role="alert">
          {t("settings.preview.none")}
        </p>
      ) : (
        <pre className="layout-preview">{preview.join("\n")}</pre>
      )}
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

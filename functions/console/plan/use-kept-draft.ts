import { App } from "antd";
import { useEffect, useRef } from "react";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { keepDraft } from "./drafts.ts";

/** Keeps what is not saved in the browser, warns who closes the page, and tells who goes elsewhere. */
export function useKeptDraft(of: string, text: string, revision: number, isDirty: boolean): void {
  const { me } = useCaller();
  const { t } = useLanguage();
  const { message } = App.useApp();
  const { subject } = me;
  const wasDirty = useRef(false);
  useEffect(() => {
    // What was kept and then taken back by undo is kept as it is now.
    if (isDirty || wasDirty.current)
      keepDraft(localStorage, subject, of, { text, revision, at: new Date().toISOString(), isSaved: !isDirty });
    wasDirty.current = isDirty;
  }, [subject, of, text, revision, isDirty]);
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isDirty]);
  const last = useRef({ isDirty, told: t("plan.kept") });
  last.current = { isDirty, told: t("plan.kept") };
  useEffect(
    () => () => {
      if (last.current.isDirty) message.info(last.current.told);
    },
    [message],
  );
}

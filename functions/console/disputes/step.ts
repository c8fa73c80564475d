import { App } from "antd";
import { useLanguage } from "../i18n/language.ts";
import type { ShownDispute } from "./types.ts";

/** What is done with a dispute, in a dialog that closes when it is done. */
export interface StepProps {
  readonly dispute: ShownDispute;
  readonly onDone: () => void;
}

export function useDone(onDone: () => void): () => void {
  const { t } = useLanguage();
  const { message } = App.useApp();
  return () => {
    message.success(t("disputes.done"));
    onDone();
  };
}

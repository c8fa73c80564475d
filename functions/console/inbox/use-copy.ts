import { App } from "antd";
import { useLanguage } from "../i18n/language.ts";

/** Puts a text where it can be pasted from, and says so. */
export function useCopy(): (text: string) => void {
  const { t } = useLanguage();
  const { message } = App.useApp();
  return (text) => {
    navigator.clipboard.writeText(text).then(
      () => message.success(t("facts.copied")),
      () => message.error(t("facts.copy.failed")),
    );
  };
}

import { spoken } from "../api/plan-names.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";

/** A level is a company's own word; the usual ones are told in the reader's language. */
export function useLevel(): (level: string) => string {
  const { t } = useLanguage();
  return (level) => {
    const key = `organisation.level.${level}`;
    return isTextKey(key) ? t(key) : spoken(level);
  };
}

import { spoken } from "../api/plan-names.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";

/** What a company calls what somebody does is its own word: those that most use are told in the reader's language. */
export function useRole(): (role: string | undefined) => string {
  const { t } = useLanguage();
  return (role) => {
    if (role === undefined) return "";
    const key = `people.role.${role}`;
    return isTextKey(key) ? t(key) : spoken(role);
  };
}

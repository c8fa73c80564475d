import { CloseCircleFilled, StopFilled, WarningFilled } from "@ant-design/icons";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { ServerWords } from "../parts/server-words.tsx";
import type { Found, Severity } from "./findings.ts";

/** Nobody has to know what JSON calls things. */
const TYPES = new Set(["string", "number", "int", "object", "array", "record", "boolean"]);

const ICONS = { wrong: CloseCircleFilled, blocks: StopFilled, warns: WarningFilled } as const;

export function SeverityIcon({ severity }: { readonly severity: Severity }) {
  const { t } = useLanguage();
  const Icon = ICONS[severity];
  return <Icon className={`found-${severity}`} aria-label={t(`plan.found.${severity}`)} />;
}

/** What was found at a place: what is wrong, and how to mend it. */
export function FoundNotes({ found }: { readonly found: readonly Found[] }) {
  if (found.length === 0) return null;
  return (
    <ul className="found-notes">
      {found.map((one) => (
        <li key={`${one.code} ${one.path} ${one.message}`}>
          <SeverityIcon severity={one.severity} />
          <FoundText found={one} />
        </li>
      ))}
    </ul>
  );
}

export function FoundText({ found }: { readonly found: Found }) {
  const { t } = useLanguage();
  const words = useServerWords();
  const { text, isForeign } = words.sayWrong(found);
  return (
    <div>
      {isForeign ? <ServerWords>{found.message}</ServerWords> : <span>{text}</span>}
      {found.allowed !== undefined && !TYPES.has(found.allowed) && (
        <div className="quiet">{t("plan.found.allowed", { allowed: words.say(found.allowed).text })}</div>
      )}
      {found.mend !== undefined && (
        <div className="quiet">{t("plan.found.mend", { mend: words.say(found.mend).text })}</div>
      )}
    </div>
  );
}

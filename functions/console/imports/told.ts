import type { Answer } from "../api/client.ts";
import { isTextKey, type Translate } from "../i18n/language.ts";
import type { ServerWords } from "../i18n/server/use-server-words.ts";
import { sentence } from "../inbox/told.ts";

type Finding = Answer<"listImportFindings">["items"][number];

/** `people.csv:7:unit` → row 7, column `unit`. What is of no row has none. */
export function placeOf(path: string): { readonly row: string; readonly column: string } {
  const [, row = "", column = ""] = /:(\d+)(?::(.*))?$/.exec(path) ?? [];
  return { row, column };
}

/** What is wrong, in the reader's language where its kind is known; otherwise as the server says it. */
export function findingText(finding: Finding, t: Translate, words: ServerWords): string {
  const { code, message, seen = "" } = finding;
  const said = words.sayWrong(finding);
  if (!words.isEnglish && !said.isForeign) return said.text;
  const key = `finding.${code}`;
  return isTextKey(key) ? t(key, { seen }) : sentence(message, t, words).text;
}

const DELIMITERS: Readonly<Record<string, string>> = { commas: ",", semicolons: ";", tabs: "Tab", bars: "|" };

/** What was found out about a file. */
export function noteText(note: string, t: Translate, words: ServerWords): string {
  const [, encoding, delimiter = ""] = /^read as (\S+) with (\w+) between the cells$/.exec(note) ?? [];
  if (encoding !== undefined) {
    return t("imports.note.read", { encoding, delimiter: DELIMITERS[delimiter] ?? delimiter });
  }
  const [, sheet] = /^read sheet "(.*)"$/.exec(note) ?? [];
  return sheet === undefined ? words.say(note).text : t("imports.note.sheet", { sheet });
}

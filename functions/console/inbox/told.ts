import type { TextKey } from "../i18n/en.ts";
import type { Translate } from "../i18n/language.ts";
import type { ServerWords } from "../i18n/server/use-server-words.ts";
import { differingFields, flat } from "./fields.ts";
import type { InboxItem } from "./items.ts";

/** One thing that is wrong, in the reader's language; `original` where the server said it in its own words. */
export interface Told {
  readonly text: string;
  readonly field?: string;
  readonly original?: string;
}

/** Sentences of the server that are told in the reader's language. What is not here stands as the server said it. */
const SENTENCES: readonly (readonly [pattern: RegExp, key: TextKey])[] = [
  [/^(?<id>.+) is not on file$/, "facts.why.unknown"],
  [/^(?<id>\S+) is not an ISO 4217 currency$/, "facts.why.currency"],
  [/is missing$|received undefined/, "facts.why.missing"],
  [/^use an ISO 8601 instant/, "facts.why.instant"],
  [/^use a decimal between/, "facts.why.range"],
  [/^use a decimal/, "facts.why.decimal"],
  [/^a sale is at most/, "facts.why.range"],
  [/three-letter ISO 4217/, "facts.why.currencyCode"],
  [/^use a kind of fact that exists/, "facts.why.kind"],
  [/^there is no field (?<id>\S+) here/, "facts.why.field"],
  [/^use parts that sum to exactly 1/, "facts.why.parts"],
  [/^use nobody twice/, "facts.why.twice"],
  [/^use an instant that is not before occurredAt/, "facts.why.cancelledBefore"],
  [/^use no cancelledAt unless/, "facts.why.cancelledActive"],
  [/not JSON|Unexpected token|Unexpected end/i, "facts.why.json"],
  [/must be asked for, and there is no answer/, "facts.why.waiting"],
  [/^order (?<id>.+) was deleted and is not known here/, "facts.why.gone"],
  [/^(?<id>.+) is stored otherwise$/, "facts.why.otherwise"],
  [/expected (?<id>\w+), received/, "facts.why.type"],
  [/^you may not report for|names? (this|no) source|another source/, "facts.why.source"],
];

/** What is wrong with an item, sentence by sentence. */
export function toldOf(item: InboxItem, t: Translate, server: ServerWords): readonly Told[] {
  switch (item.kind) {
    case "held":
      return [sentence(item.held.message, t, server)];
    case "conflict": {
      const { fact, stored } = item.conflict;
      const fields = stored === undefined ? [] : differingFields([flat(stored), flat(fact)]);
      const version = fact.version;
      return [{ text: t("facts.why.conflict", { version, fields: fields.join(", ") || "–" }) }];
    }
    case "rejected":
      return sentences(item.rejected.reason, t, server);
    case "unreadable":
      return sentences(item.unreadable.reason, t, server);
  }
}

/** `/0/amount use a decimal…; /0/currency use a three-letter…` */
function sentences(reason: string, t: Translate, server: ServerWords): readonly Told[] {
  return reason.split(/; (?=\/|and \d)|; $/).map((one) => {
    const [, place = "", words = one] = /^(\/\S*) (.*)$/.exec(one) ?? [];
    const field = place
      .replace(/^\/\d+(?=\/|$)/, "")
      .replace(/^\/facts\/\d+/, "")
      .replace(/^\//, "")
      .replaceAll("/", ".");
    return { ...sentence(words, t, server), ...(field === "" ? {} : { field }) };
  });
}

/** One sentence of the server, in the reader's language where it is known. */
export function sentence(words: string, t: Translate, server: ServerWords): Told {
  const said = server.say(words);
  if (!server.isEnglish && !said.isForeign) return { text: said.text };
  for (const [pattern, key] of SENTENCES) {
    const found = pattern.exec(words);
    if (found) return { text: t(key, { id: found.groups?.id ?? "" }), original: said.text };
  }
  return { text: said.text };
}

/** What can be done about an item, in words; links stand beside it. */
export function adviceKey(item: InboxItem): TextKey {
  switch (item.kind) {
    case "held":
      return item.held.reason === "unknown-currency" ? "facts.mend.currency" : "facts.mend.unknown";
    case "conflict":
      return item.isDone ? "facts.mend.settled" : "facts.mend.conflict";
    case "rejected":
      return item.isDone ? "facts.mend.done" : "facts.mend.rejected";
    case "unreadable":
      return item.isDone ? "facts.mend.done" : "facts.mend.unreadable";
  }
}

const NOT_COUNTED: Readonly<Record<string, TextKey>> = {
  "outside-period": "facts.reason.outside-period",
  "other-currency": "facts.reason.other-currency",
  "outside-audience": "facts.reason.outside-audience",
  "follow-up": "facts.reason.follow-up",
  "unknown-participant": "facts.reason.unknown-participant",
  "unknown-currency": "facts.reason.unknown-currency",
  cancelled: "facts.reason.cancelled",
};

/** Why a fact does not count: a word that we know, or the id of a rule of the plan. */
export function reasonText(reason: string, ruleName: (id: string) => string, t: Translate): string {
  const key = NOT_COUNTED[reason];
  return key === undefined ? t("facts.reason.rule", { rule: ruleName(reason) }) : t(key);
}

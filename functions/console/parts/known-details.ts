import type { TextKey } from "../i18n/en.ts";

/** What the server says in English of runs and requests, by its sentence: told in the reader's language where it is known. */
const KNOWN: readonly (readonly [sentence: RegExp, told: TextKey])[] = [
  [/^(?<id>\S+) stands already; what changed since is an adjustment$/, "refusal.told.finalStands"],
  [/^the period of \S+ and its late-facts window are not over/, "refusal.told.tooEarly"],
  [/has no posted final run to adjust$/, "refusal.told.nothingToAdjust"],
  [/^(?<id>\S+) is awaitingApproval; decide it first$/, "refusal.told.decideFirst"],
  [/^(?<id>\S+) is (?:computing|approved); decide it first$/, "refusal.told.underWay"],
  [/is posted once, after its end; ask for a provisional run$/, "refusal.told.postedOnce"],
  [/^no (?:month|quarter|year) of \S+ has closed since the last run/, "refusal.told.notClosed"],
  [/has no (?:active version|version in force)/, "refusal.told.notActive"],
  [/is settled: its rules stay as they are/, "refusal.told.settled"],
  [/a payout file is written once a run is posted$/, "refusal.told.noFile"],
  [/^a warning blocks approval$/, "refusal.told.warning"],
  [/is a run: it is approved or rejected, not withdrawn$/, "refusal.told.run"],
];

export interface KnownDetail {
  readonly told: TextKey;
  readonly values: Readonly<Record<string, string>>;
}

export function knownDetail(detail: string): KnownDetail | undefined {
  for (const [sentence, told] of KNOWN) {
    const found = sentence.exec(detail);
    if (found) return { told, values: { ...found.groups } };
  }
  return undefined;
}

import { describe, expect, it } from "vitest";
import { ANCHOR_ACTION } from "#domain/audit.ts";
import { DISPUTE_COMMANDS } from "#domain/dispute.ts";
import { EVENT_TYPES } from "#domain/event.ts";
import { type Entry, foldedTogether } from "#functions/console/audit/told.ts";
import { en } from "#functions/console/i18n/en.ts";
import { FILES, read } from "#test/arch/source.ts";

/** The audit as people read it: every deed that code can tell has a name and a sentence. */

const literals = (path: string, pattern: RegExp) => [...read(path).matchAll(pattern)].map(([, name = ""]) => name);
const app = FILES.filter((path) => path.startsWith("shared/app/") && !path.includes("/texts/"));

/** Dotted names in use cases are deeds, but for events and for what Laurel does in its own name. */
const DEEDS = new Set([
  ...app
    .flatMap((path) => literals(path, /"([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)"/g))
    .filter((name) => !EVENT_TYPES.some((type) => type === name) && !name.startsWith("laurel.")),
  ...Object.keys(DISPUTE_COMMANDS).map((command) => `dispute.${command}`),
  ...["lifecycle.ts", "request-change.ts"]
    .flatMap((file) =>
      literals(`shared/app/campaigns/${file}`, /(?:command: |changeAudited\(deps, actor, campaignId, )"(\w+)"/g),
    )
    .map((command) => `campaign.${command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
  ANCHOR_ACTION,
]);

describe("every deed of the audit", () => {
  it("is found in the code", () => {
    expect(DEEDS.size).toBeGreaterThan(45);
    for (const one of ["campaign.roll-out", "campaign.pause", "run.approve", "dispute.accept"])
      expect(DEEDS).toContain(one);
  });

  it("has a name and a sentence of its own, that says who and to what", () => {
    const texts = new Map<string, string>(Object.entries(en));
    for (const deed of DEEDS) {
      expect([deed, texts.has(`audit.action.${deed}`)]).toEqual([deed, true]);
      expect([deed, texts.get(`audit.did.${deed}`)]).toEqual([deed, expect.stringMatching(/\{who\}.*\{subject\}/)]);
    }
  });

  it("is told for none that no code does", () => {
    const told = Object.keys(en).flatMap((key) => /^audit\.action\.(.+)$/.exec(key)?.[1] ?? []);
    expect(told.filter((deed) => !DEEDS.has(deed))).toEqual([]);
  });
});

describe("the two entries of a deed", () => {
  const entry = (seq: number, changes: Partial<Entry>): Entry => ({
    chain: "company",
    seq,
    at: "2026-03-01T00:00:00.000Z",
    phase: "intent",
    actor: "sun.hao",
    action: "channel.set",
    subject: "group",
    detail: {},
    previous: "0".repeat(64),
    hash: String(seq).padStart(64, "0"),
    ...changes,
  });
  const entries = [
    entry(4, { phase: "done", intent: 2 }),
    entry(3, { action: "source.change" }),
    entry(2, {}),
    entry(2, { chain: "campaign:x" }),
  ];

  it("are told as one where both are there; one that stayed without an outcome stands", () => {
    const told = foldedTogether(entries, false);
    expect(told.map(({ entry: { chain, seq }, intent }) => [chain, seq, intent?.seq])).toEqual([
      ["company", 4, 2],
      ["company", 3, undefined],
      ["campaign:x", 2, undefined],
    ]);
    expect(foldedTogether(entries, true)).toHaveLength(4);
  });
});

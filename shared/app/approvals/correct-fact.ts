import type { Actor } from "#domain/actor.ts";
import type { Approval, ContentOf } from "#domain/approval.ts";
import { type FactMessage, factContent } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { noted, spreadChain } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { recordFacts } from "../intake/record-facts.ts";
import { type AskDeps, askApproval } from "./ask.ts";
import { changedSince } from "./rows.ts";

type Correction = Approval & { readonly content: ContentOf<"fact-correction"> };

/**
 * Whether a message can be the next version of what is on file, and says something else.
 *
 * @throws Refusal `notFound`, `invalid` with the version that it has to be
 */
export async function requireNextVersion(deps: Pick<Deps, "facts">, message: FactMessage): Promise<void> {
  const newest = (await deps.facts.versions(message)).at(-1);
  if (!newest) throw new Refusal("notFound", `no fact ${factKey(message)} is on file, so there is nothing to correct`);
  if (message.version !== newest.version + 1) {
    throw new Refusal("invalid", "a correction is the next version of the fact", [
      {
        code: "version",
        path: "/remedy/fact/version",
        message: `version ${newest.version} is on file`,
        seen: String(message.version),
        allowed: String(newest.version + 1),
      },
    ]);
  }
  if (factContent({ ...newest, version: message.version }) !== factContent(message)) return;
  throw new Refusal("invalid", "the correction says what is on file already", [
    { code: "same-fact", path: "/remedy/fact", message: "nothing of it would change", seen: factKey(message) },
  ]);
}

/** Asks a second person to put the next version of a fact beside those that its source reported. */
export async function askCorrection(
  deps: AskDeps,
  actor: Actor,
  content: ContentOf<"fact-correction">,
  reason: string,
  writers: readonly string[],
): Promise<Approval> {
  const hash = hashOf({ ...content, reason });
  return askApproval(deps, actor, { content, hash, reason, name: hashOf(content.number), writers });
}

/** @throws Refusal("stale") when its source has reported a newer version since */
export async function requireCorrectionAsShown(
  deps: Pick<Deps, "facts">,
  { id, content }: Pick<Correction, "id" | "content">,
): Promise<void> {
  const newest = (await deps.facts.versions(content.fact)).at(-1);
  if (newest && newest.version === content.fact.version && factContent(newest) === factContent(content.fact)) return;
  if (newest?.version !== content.fact.version - 1) throw changedSince(id);
}

/** Stores the version; again it is a duplicate. What its source says later is a version after it, or a conflict that is shown. */
export async function putApprovedCorrection(
  deps: Pick<Deps, "facts" | "plans" | "audit" | "clock">,
  actor: Actor,
  { id, content }: Correction,
): Promise<void> {
  await requireCorrectionAsShown(deps, { id, content });
  const subject = factKey(content.fact);
  const deed = { chain: spreadChain("facts", id), action: "facts.correct", subject, detail: { approval: id } };
  const [receipt] = await noted(deps, actor, deed, () => recordFacts(deps, [content.fact]));
  if (receipt?.outcome !== "stored") throw changedSince(id);
}

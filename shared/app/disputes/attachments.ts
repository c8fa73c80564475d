import { createHash } from "node:crypto";
import type { Actor } from "#domain/actor.ts";
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENT_TYPES,
  ATTACHMENTS_MAX,
  type Attachment,
  type AttachmentType,
  type Dispute,
} from "#domain/dispute.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { Deps } from "../deps.ts";
import { command, type Named, seenDispute } from "./handle-dispute.ts";
import type { DisputeDeps } from "./keeps-disputes.ts";

type AttachDeps = DisputeDeps & Pick<Deps, "files">;

export interface Attached {
  readonly name: string;
  readonly type: AttachmentType;
  /** Base64. */
  readonly content: string;
}

/**
 * Keeps a file with a dispute, under the hash of its bytes: its name is only shown. The same file again changes nothing.
 *
 * @throws Refusal `notFound`, `forbidden`, `invalid` (too large, not what it says it is), `conflict` (decided, too many)
 */
export async function attachToDispute(
  deps: AttachDeps,
  actor: Actor,
  named: Named,
  { name, type, content }: Attached,
): Promise<Dispute> {
  const dispute = await seenDispute(deps, actor, named);
  const bytes = Buffer.from(content, "base64");
  const problems = attachmentProblems(name, type, content, bytes);
  if (problems.length > 0) throw new Refusal("invalid", `${name} cannot be attached`, problems);
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (dispute.attachments.some((known) => known.hash === hash)) return dispute;
  await deps.files.put(fileKey(named, hash), bytes, type);
  return command(deps, actor, dispute, "attach", name, (_at, current) => {
    const others = current.attachments.filter((known) => known.hash !== hash);
    if (others.length >= ATTACHMENTS_MAX) throw tooMany();
    const at = formatInstant(deps.clock.now());
    const attachment: Attachment = { hash, name, type, size: bytes.length, by: actor.subject, at };
    return { attachments: [...others, attachment] };
  });
}

/** @throws Refusal `notFound`, `forbidden` */
export async function readAttachment(
  deps: AttachDeps,
  actor: Actor,
  named: Named,
  hash: string,
): Promise<{ readonly attachment: Attachment; readonly bytes: Uint8Array }> {
  const dispute = await seenDispute(deps, actor, named);
  const attachment = dispute.attachments.find((known) => known.hash === hash);
  const bytes = attachment && (await deps.files.get(fileKey(named, hash)));
  if (attachment && bytes) return { attachment, bytes };
  throw new Refusal("notFound", `dispute ${named.id} has no attachment ${hash}`);
}

/** Made of what we chose ourselves: an id, and a hash. */
function fileKey({ campaign, id }: Named, hash: string): string {
  return `disputes/${campaign}/${id}/${hash}`;
}

function attachmentProblems(name: string, type: AttachmentType, content: string, bytes: Uint8Array): Problem[] {
  const { extensions, begins }: { extensions: readonly string[]; begins: readonly number[] } = ATTACHMENT_TYPES[type];
  const problems: Problem[] = [];
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (!extensions.includes(extension)) {
    const message = `a file of type ${type} is not called so`;
    problems.push({ code: "extension", path: "/name", message, seen: name, allowed: extensions.join(", ") });
  }
  if (bytes.length === 0 || !isBase64(content)) {
    problems.push({ code: "base64", path: "/content", message: "send the file's bytes in base64, at least one" });
  } else if (bytes.length > ATTACHMENT_BYTES_MAX) {
    const [seen, allowed] = [`${bytes.length} bytes`, `${ATTACHMENT_BYTES_MAX} bytes`];
    problems.push({ code: "too-large", path: "/content", message: "the file is too large", seen, allowed });
  } else if (begins.some((byte, index) => bytes[index] !== byte) || (begins.length === 0 && !isText(bytes))) {
    problems.push({
      code: "content-type",
      path: "/content",
      message: "the file is not what its type says",
      seen: type,
    });
  }
  return problems;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder("utf-8", { fatal: true }).decode(bytes).includes("\u0000");
  } catch {
    return false;
  }
}

function tooMany(): Refusal {
  return new Refusal("conflict", `a dispute has at most ${ATTACHMENTS_MAX} attachments`, [
    { code: "too-many", path: "", message: "no more are taken", allowed: String(ATTACHMENTS_MAX) },
  ]);
}

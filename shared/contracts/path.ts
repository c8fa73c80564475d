import * as z from "zod";
import { externalIdSchema, slugSchema } from "#domain/ids.ts";

/** Parameters that stand in paths. */

export const campaignParam = slugSchema.describe("The campaign's id, which is its plan's").meta({
  examples: ["jiangxi-travel-2018"],
});

export const versionParam = z.coerce.number().int().min(1).describe("Number of a published version");

export const runParam = z.string().min(1).max(128).describe("The run's id");

export const sourceParam = slugSchema.describe("A registered source").meta({ examples: ["pos-jiangxi"] });

/**
 * An id that another system gave. Gateways decode a path before they hand it on, so one that holds `/`, `?` or `%` would be torn:
 * it is written as `~` and the base64url form of its UTF-8 bytes.
 */
export const externalIdParam = tornPart("As the source calls it", 1024).pipe(externalIdSchema);

/** A line's id holds the id of its payee. */
export const lineParam = tornPart("The line's id, as a statement has it", 2048).meta({
  examples: ["commission:participant:a-nanchang-001"],
});

/** @param what what it is, for people */
function tornPart(what: string, longest: number) {
  return z
    .string()
    .min(1)
    .max(longest)
    .describe(`${what}; one that holds \`/\`, \`?\` or \`%\` as \`~\` and its base64url form`)
    .transform((text, context) => {
      if (!text.startsWith("~")) return text;
      const decoded = decodeBase64Url(text.slice(1));
      if (decoded !== undefined) return decoded;
      context.addIssue({ code: "custom", message: "after `~` use the base64url form of the id's UTF-8 bytes" });
      return z.NEVER;
    });
}

function decodeBase64Url(text: string): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

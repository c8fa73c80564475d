import * as z from "zod";
import { compareText } from "./text.ts";

const SLUG = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Names that people choose for plans, rewards, measures, units and sources: lower case, safe in keys, URLs and file names. */
export const slugSchema = z
  .string()
  .regex(SLUG, "use 1-64 of a-z, 0-9, dot, dash, underscore, starting with a letter or digit")
  .meta({ examples: ["jiangxi-travel-2018"] });

/** Ids that other systems gave: any printable text without `#` (the keys' separator) and without white space at its ends. */
export const externalIdSchema = z
  .string()
  .regex(
    /^(?! )[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}#]{1,128}(?<! )$/u,
    "use 1-128 printable characters without # and without spaces at the ends",
  );

export const participantIdSchema = externalIdSchema.meta({ examples: ["a-nanchang-001"] });

/** Identity of a fact: who reported it and what they call it. */
export interface FactId {
  readonly source: string;
  readonly externalId: string;
}

/** One text for a fact's identity: `source#externalId`. */
export function factKey({ source, externalId }: FactId): string {
  return `${source}#${externalId}`;
}

/** The order of fact keys: source first, then external id, by code units. Slug characters all sort above `#`, so comparing the joined key is the same. */
export function compareFactKeys(a: string, b: string): number {
  return compareText(a, b);
}

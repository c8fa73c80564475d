import type { Per } from "./parts.ts";

/** By what a reward is decided, as a reader says it: two rewards with the same text have the same slices. */
export function perText(per: Per = "campaign"): string {
  return typeof per === "string" ? per : `windows ${per.windows}`;
}

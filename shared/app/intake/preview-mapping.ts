import { factMessageSchema } from "#domain/fact.ts";
import { type Problem, problemsOf } from "#domain/problem.ts";
import type { VendorSource } from "#domain/source.ts";
import type { SaleDraft } from "#ports/vendor.ts";
import type { HearsVendors } from "./receive-vendor.ts";

/** What a message would become. */
export interface MappingPreview {
  readonly outcome: "sales" | "gone" | "ignored" | "fetch" | "unreadable";
  /** What the vendor would be asked for, which order is gone, or why nothing is said. */
  readonly about?: string;
  readonly facts: readonly PreviewedFact[];
  readonly problems: readonly Problem[];
}

export interface PreviewedFact {
  readonly externalId: string;
  readonly message: Readonly<Record<string, unknown>>;
  /** Why it would be refused. */
  readonly problems: readonly Problem[];
}

/** Versions are a thousand times the vendor's clock, and the next where that instant said something else. */
const STEPS = 1_000;

/** Reads a message by a mapping, as if it had come signed; nothing is stored, and the vendor is not asked. */
export async function previewMapping(
  { vendors }: Pick<HearsVendors, "vendors">,
  source: VendorSource,
  { event, body }: { readonly event: string; readonly body: string },
): Promise<MappingPreview> {
  const adapter = await vendors(source.kind);
  const reading = adapter.read(Buffer.from(body), event, source);
  const none = { facts: [], problems: [] };
  switch (reading.outcome) {
    case "ignored":
      return { ...none, outcome: "ignored", about: reading.why };
    case "unreadable":
      return { ...none, outcome: "unreadable", problems: reading.problems };
    case "gone":
      return { ...none, outcome: "gone", about: reading.order };
    case "fetch":
      return { ...none, outcome: "fetch", about: `${reading.request.what} ${reading.request.id}` };
    case "sales": {
      const version = reading.base * STEPS;
      return {
        outcome: "sales",
        about: reading.order,
        problems: [],
        facts: reading.sales.map((sale) => previewed(sale, version)),
      };
    }
  }
}

function previewed({ externalId, message }: SaleDraft, version: number): PreviewedFact {
  const said = { ...message, version };
  const parsed = factMessageSchema.safeParse(said);
  if (parsed.success) return { externalId, message: parsed.data, problems: [] };
  return { externalId, message: said, problems: problemsOf(parsed.error, "", said) };
}

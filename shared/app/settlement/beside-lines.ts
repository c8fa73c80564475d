import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import { heldLineSchema, lineSchema, type Settlement } from "#domain/line.ts";
import type { Deps } from "../deps.ts";

const besideSchema = z.object({ held: z.array(heldLineSchema), components: z.array(lineSchema) });
export type BesideLines = z.infer<typeof besideSchema>;

/** Keeps what a run computed beside the lines that can be posted: what is held, and the components that other rewards count. */
export async function keepBesideLines(
  deps: Pick<Deps, "files">,
  runId: string,
  { held = [], components = [] }: Pick<Settlement, "held" | "components">,
): Promise<void> {
  if (held.length + components.length === 0) return;
  await deps.files.put(keyOf(runId), gzipSync(JSON.stringify({ held, components })), "application/gzip");
}

/** What {@link keepBesideLines} kept; nothing for a run that has neither. */
export async function besideLines(deps: Pick<Deps, "files">, runId: string): Promise<BesideLines> {
  const file = await deps.files.get(keyOf(runId));
  if (!file) return { held: [], components: [] };
  return besideSchema.parse(JSON.parse(gunzipSync(file).toString("utf8")));
}

function keyOf(runId: string): string {
  return `runs/${runId}/beside-lines.json.gz`;
}

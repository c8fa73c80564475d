import type { Run } from "#domain/run.ts";
import { compileRules, type RuleSources, type Rules } from "#engine/rules.ts";
import type { FileStore } from "#ports/system.ts";
import type { Deps } from "../deps.ts";
import { frozenSources } from "./freeze-run.ts";

export interface FrozenRules {
  readonly sources: RuleSources;
  readonly rules: Rules;
}

/**
 * The newest ones that were read, for each store of files. A run has hundreds of steps, and reading a million people anew
 * for each would be most of its work. What a file says cannot change: it is named by its hash.
 */
const newest = new WeakMap<FileStore, { readonly name: string; readonly frozen: Promise<FrozenRules> }>();

/** What a run was frozen from, compiled. */
export async function frozenRules(
  deps: Pick<Deps, "files">,
  run: Pick<Run, "runId" | "sourcesHash">,
): Promise<FrozenRules> {
  const name = `${run.runId} ${run.sourcesHash ?? ""}`;
  const known = newest.get(deps.files);
  if (known?.name === name) return known.frozen;
  const frozen = compiled(deps, run);
  newest.set(deps.files, { name, frozen });
  // What could not be read is read again by whoever asks next.
  frozen.catch(() => newest.delete(deps.files));
  return frozen;
}

async function compiled(deps: Pick<Deps, "files">, run: Pick<Run, "runId" | "sourcesHash">): Promise<FrozenRules> {
  const sources = await frozenSources(deps, run);
  return { sources, rules: compileRules(sources) };
}

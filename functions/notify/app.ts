import { LiveRules } from "#app/crediting/live-rules.ts";
import { type Told, tellOthers } from "#app/outward/tell-others.ts";
import type { NotifyDeps } from "../_kit/deps.ts";
import { log } from "../_kit/log.ts";

export interface NotifyOptions {
  /** How long messages are begun; the function ends some time after. */
  readonly sendForMs?: number;
}

/** Wakes up every minute, looks what has happened, and tells it. Rules are kept between two looks. */
export function createNotify(
  deps: NotifyDeps,
  { sendForMs = Number.POSITIVE_INFINITY }: NotifyOptions = {},
): () => Promise<Told> {
  const liveRules = new LiveRules();
  return async () => {
    const told = await tellOthers(deps, deps.clock.now() + sendForMs, liveRules);
    // The alarm counts these lines: their words are named in the jobs' stack.
    if (told.dead > 0) log.warn("messages were given up", { ...told });
    else if (told.news + told.sent + told.failed > 0) log.info("told others", { ...told });
    return told;
  };
}

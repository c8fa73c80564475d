import { LiveRules } from "../crediting/live-rules.ts";
import type { DispatchDeps, FindDeps } from "./deps.ts";
import { type Dispatched, dispatchDue } from "./dispatch.ts";
import { findEvents } from "./find-events.ts";
import { keepEvents } from "./keep-events.ts";
import { Subscriptions } from "./subscriptions.ts";

export interface Told extends Dispatched {
  readonly news: number;
}

/**
 * Looks what has happened, keeps it, and sends what is due. It may be called at any time, by several at once, and be cut off anywhere.
 *
 * @throws AggregateError at the end, when something could not be looked at; the rest was told
 */
export async function tellOthers(
  deps: FindDeps & DispatchDeps,
  until = Number.POSITIVE_INFINITY,
  liveRules = new LiveRules(),
): Promise<Told> {
  const channels = await deps.outbox.channels();
  const subscriptions = new Subscriptions(channels);
  if (subscriptions.channels.length === 0) return { news: 0, sent: 0, failed: 0, dead: 0 };
  const found = await findEvents(deps, subscriptions, liveRules);
  const news = await keepEvents(deps, subscriptions, found);
  const dispatched = await dispatchDue(deps, channels, until);
  if (found.errors.length > 0)
    throw new AggregateError(found.errors, "not everything that happened could be looked at");
  return { news, ...dispatched };
}

import type { Channel, ChannelKind, Outgoing } from "#domain/channel.ts";
import { formatInstant } from "#domain/instant.ts";
import { hashOf } from "#engine/hash.ts";
import type { Answered } from "#ports/messenger.ts";
import { inParallel } from "../parallel.ts";
import type { DispatchDeps } from "./deps.ts";
import { quietUntil } from "./quiet-hours.ts";
import { tell } from "./tell.ts";

/**
 * How many messages a channel is sent each minute. WeCom and DingTalk take 20, and shut a robot up that sends more; a long message
 * is several.
 */
const PER_MINUTE: Record<ChannelKind, number> = {
  wecom: 8,
  dingtalk: 8,
  feishu: 30,
  slack: 30,
  email: 50,
  webhook: 100,
  eventbridge: 200,
};
/** With doubling pauses from a minute on, and up to 40 in a hundred more of each by chance, the last try is within 24 hours. */
export const MOST_TRIES = 11;
const FIRST_PAUSE_MS = 60_000;
const ATTEMPTS_KEPT = 20;
const CHANNELS_AT_ONCE = 8;

export interface Dispatched {
  readonly sent: number;
  readonly failed: number;
  readonly dead: number;
}

/**
 * Sends what is due, each channel's messages one after another and channels side by side. A message is claimed before it is sent, by
 * moving it to when it would be tried again: two who look at once send it once, and one that is cut off is tried again.
 *
 * @param until what is not begun by then is left to the next look
 */
export async function dispatchDue(
  deps: DispatchDeps,
  channels: readonly Channel[],
  until = Number.POSITIVE_INFINITY,
): Promise<Dispatched> {
  const total = { sent: 0, failed: 0, dead: 0 };
  await inParallel(
    CHANNELS_AT_ONCE,
    channels.filter(({ enabled }) => enabled),
    async (channel) => {
      for (const outgoing of await deps.outbox.due(channel.channel, deps.clock.now(), PER_MINUTE[channel.kind])) {
        if (deps.clock.now() >= until) return;
        const outcome = await dispatchOne(deps, channel, outgoing);
        if (outcome !== undefined) total[outcome] += 1;
      }
    },
  );
  return total;
}

async function dispatchOne(
  deps: DispatchDeps,
  channel: Channel,
  outgoing: Outgoing,
): Promise<keyof Dispatched | undefined> {
  const now = deps.clock.now();
  const quiet = quietUntil(channel.quiet, now);
  const tries = outgoing.tries + 1;
  const claimed: Outgoing =
    quiet === undefined
      ? {
          ...outgoing,
          revision: outgoing.revision + 1,
          tries,
          nextAt: formatInstant(now + pauseMs(outgoing.id, tries)),
        }
      : { ...outgoing, revision: outgoing.revision + 1, nextAt: formatInstant(quiet) };
  if (!(await deps.outbox.saveOutgoing(claimed, outgoing)) || quiet !== undefined) return undefined;
  const { answered, sentParts } = await sendParts(deps, channel, claimed);
  const after = afterAttempt(deps, { ...claimed, sentParts }, answered);
  await deps.outbox.saveOutgoing(after, claimed);
  if (after.state === "waiting") return "failed";
  return after.state;
}

/** From the first part that was not taken on. */
async function sendParts(
  deps: DispatchDeps,
  channel: Channel,
  { scope, event: id, sentParts: begin }: Outgoing,
): Promise<{ answered: Answered; sentParts: number }> {
  let sentParts = begin;
  try {
    const kept = await deps.outbox.event(scope, id);
    if (!kept) return { answered: { taken: false, isGone: true, reason: "the event is gone" }, sentParts };
    const messenger = await deps.messengers(channel.kind);
    const parts = messenger.compose(tell(kept.event, channel.language));
    let answered: Answered = { taken: true };
    for (const part of parts.slice(begin)) {
      answered = await messenger.send(channel, part, kept.event);
      if (!answered.taken) break;
      sentParts += 1;
    }
    return { answered, sentParts };
  } catch (error) {
    // One message that cannot be written must not keep those behind it.
    return { answered: { taken: false, reason: error instanceof Error ? error.name : "unknown" }, sentParts };
  }
}

function afterAttempt({ clock }: Pick<DispatchDeps, "clock">, claimed: Outgoing, answered: Answered): Outgoing {
  const now = clock.now();
  const { taken, status, reason, retryAfterMs = 0, isGone = false } = answered;
  const attempt: Outgoing["attempts"][number] = {
    at: formatInstant(now),
    outcome: taken ? "sent" : "failed",
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason: reason.slice(0, 200) }),
  };
  const isOver = isGone || claimed.tries >= MOST_TRIES;
  const nextAt = Math.max(Date.parse(claimed.nextAt), now + retryAfterMs);
  return {
    ...claimed,
    revision: claimed.revision + 1,
    state: taken ? "sent" : isOver ? "dead" : "waiting",
    nextAt: formatInstant(nextAt),
    attempts: [...claimed.attempts, attempt].slice(-ATTEMPTS_KEPT),
  };
}

/** Messages that failed together are not all tried again together. The chance is in the message's name, so it is the same each time. */
export function pauseMs(id: string, tries: number): number {
  const chance = Number.parseInt(hashOf([id, tries]).slice(0, 4), 16) / 0x10000;
  return Math.round(FIRST_PAUSE_MS * 2 ** (tries - 1) * (1 + 0.4 * chance));
}

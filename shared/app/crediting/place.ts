import { createHash } from "node:crypto";
import type { Spread } from "#domain/campaign.ts";
import type { Place } from "#domain/progress.ts";

/** What is needed of a campaign to know where its credits lie. */
export interface Spreading {
  readonly spread?: Spread;
}

/** Where the credits of a participant in a leaf unit lie: all of them together, whatever the number of the unit's shards. */
export function placeOf({ spread }: Spreading, leaf: string, participantId: string): Place {
  const shards = spread?.shards[leaf] ?? 1;
  return { leaf, shard: shards === 1 ? 0 : spot(participantId) % shards };
}

/** Where they may have lain while the leaf had fewer shards. The number only ever doubles, so these are few. */
export function earlierPlaces(spreading: Spreading, leaf: string, participantId: string): Place[] {
  const { shard } = placeOf(spreading, leaf, participantId);
  const found = new Set<number>();
  for (let shards = (spreading.spread?.shards[leaf] ?? 1) / 2; shards >= 1; shards /= 2) {
    found.add(spot(participantId) % shards);
  }
  found.delete(shard);
  return [...found].map((earlier) => ({ leaf, shard: earlier }));
}

export function placeKey({ leaf, shard }: Place): string {
  return `${leaf}#${shard}`;
}

function spot(participantId: string): number {
  return createHash("sha256").update(participantId).digest().readUInt32BE(0);
}

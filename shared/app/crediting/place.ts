import { createHash } from "node:crypto";
import type { Place } from "#domain/progress.ts";

/** Shards of each leaf unit. Raising it spreads a busy unit over more partitions; all of a participant's credits of a leaf stay together. */
const SHARDS_PER_LEAF = 1;

export function placeOf(leaf: string, participantId: string): Place {
  const hash = createHash("sha256").update(participantId).digest();
  return { leaf, shard: hash.readUInt32BE(0) % SHARDS_PER_LEAF };
}

export function placeKey({ leaf, shard }: Place): string {
  return `${leaf}#${shard}`;
}

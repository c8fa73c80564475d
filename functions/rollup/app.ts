import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { creditOfStreamKeys } from "#adapters/dynamodb/keys.ts";
import { LiveRules } from "#app/live-rules.ts";
import { placeKey } from "#app/place.ts";
import { type DirtyProgress, type RollUpDeps, rollUp } from "#app/roll-up.ts";
import { log } from "../_kit/log.ts";
import { forEachDirty } from "../_kit/stream-batch.ts";

/** Stream of `derived`, credits only: a record says whose progress is dirty; the totals above are computed anew. */
export function createRollupWorker(deps: RollUpDeps): (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> {
  const liveRules = new LiveRules();
  return async (event) => {
    // All that changed in one place is rolled up together, so a burst of sales costs its place one total.
    const byPlace = new Map<string, DirtyProgress[]>();
    for (const record of event.Records) {
      const dirty = creditOfStreamKeys(record.dynamodb?.Keys);
      if (dirty) byPlace.set(nameOf(dirty), [...(byPlace.get(nameOf(dirty)) ?? []), dirty]);
    }
    return forEachDirty(
      event.Records,
      { subjectOf: creditOfStreamKeys, nameOf },
      (dirty) => rollUp(deps, byPlace.get(nameOf(dirty)) ?? [], liveRules),
      (dirty, error) => log.error("a place was not rolled up", { place: nameOf(dirty), error }),
    );
  };
}

function nameOf({ campaign, place }: DirtyProgress): string {
  return `${campaign}#${placeKey(place)}`;
}

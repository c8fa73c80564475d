import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { creditOfStreamKeys } from "#adapters/dynamodb/keys.ts";
import { DayKeeper } from "#app/boards/day-keeper.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { placeKey } from "#app/crediting/place.ts";
import { type DirtyProgress, type RollUpDeps, rollUp } from "#app/crediting/roll-up.ts";
import type { Deps } from "#app/deps.ts";
import { log } from "../_kit/log.ts";
import { forDirty } from "../_kit/stream-batch.ts";

/**
 * Stream of `derived`, credits only: a record says whose progress is dirty; the totals above are computed anew. Before the first of a day it
 * keeps how the day before ended, in campaigns of many people.
 */
export function createRollupWorker(
  deps: RollUpDeps & Pick<Deps, "clock">,
): (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> {
  const liveRules = new LiveRules();
  const days = new DayKeeper();
  return (event) =>
    forDirty(event.Records, { subjectOf: creditOfStreamKeys, nameOf: personOf }, async (dirty) => {
      // Nothing is paid by it: sales go on counting where it cannot be kept.
      await days
        .keepBefore(deps, new Set(dirty.map(({ campaign }) => campaign)), liveRules)
        .catch((error) => log.warn("the end of a day was not kept", { error }));
      // All that changed in one place is rolled up together, so a burst of sales costs its place one total.
      const places = [...Map.groupBy(dirty, placeOf)];
      const failed = await Promise.all(
        places.map(async ([place, inPlace]) => {
          try {
            await rollUp(deps, inPlace, liveRules);
            return [];
          } catch (error) {
            log.error("a place was not rolled up", { place, error });
            return inPlace;
          }
        }),
      );
      return failed.flat();
    });
}

function placeOf({ campaign, place }: DirtyProgress): string {
  return `${campaign}#${placeKey(place)}`;
}

function personOf(dirty: DirtyProgress): string {
  return `${placeOf(dirty)}#${dirty.participantId}`;
}

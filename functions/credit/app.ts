import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { factOfStreamKeys } from "#adapters/dynamodb/keys.ts";
import { type CreditDeps, creditInCampaigns } from "#app/credit-fact.ts";
import { LiveRules } from "#app/live-rules.ts";
import { factKey } from "#domain/ids.ts";
import { log } from "../_kit/log.ts";
import { forEachDirty } from "../_kit/stream-batch.ts";

/** Stream of `facts`: a record says that a fact is dirty; its credits are set from its newest version. */
export function createCreditWorker(deps: CreditDeps): (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> {
  const liveRules = new LiveRules();
  return async (event) => {
    const campaigns = await liveRules.all(deps);
    return forEachDirty(
      event.Records,
      { subjectOf: factOfStreamKeys, nameOf: factKey },
      (fact) => creditInCampaigns(deps, fact, campaigns, liveRules),
      (fact, error) => log.error("a fact was not credited", { fact: factKey(fact), error }),
    );
  };
}

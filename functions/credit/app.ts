import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { factOfStreamKeys } from "#adapters/dynamodb/keys.ts";
import { type CreditDeps, creditFacts } from "#app/crediting/credit-facts.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { factKey } from "#domain/ids.ts";
import { log } from "../_kit/log.ts";
import { forDirty } from "../_kit/stream-batch.ts";

/** Stream of `facts`: a record says that a fact is dirty; its credits are set from its newest version. */
export function createCreditWorker(deps: CreditDeps): (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> {
  const liveRules = new LiveRules();
  return (event) =>
    forDirty(event.Records, { subjectOf: factOfStreamKeys, nameOf: factKey }, async (facts) => {
      const failures = await creditFacts(deps, facts, { liveRules });
      for (const { id, error } of failures) log.error("a fact was not credited", { fact: factKey(id), error });
      return failures.map(({ id }) => id);
    });
}

import { DynamoOutboxStore } from "#adapters/dynamodb/outbox-store.ts";
import { systemClock } from "#adapters/system/clock.ts";
import type { OutboxStore } from "#ports/outbox-store.ts";
import { type Environment, given } from "./environment.ts";
import { database } from "./parts.ts";

/** What others are told lies beside the plans, and most of it expires there. */
export function outboxOf(environment: Environment): OutboxStore {
  return new DynamoOutboxStore(database(), given(environment, "LAUREL_PLANS_TABLE"), systemClock);
}

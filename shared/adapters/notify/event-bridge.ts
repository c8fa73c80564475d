import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { Messenger } from "#ports/messenger.ts";

/** What events of ours are called on a bus. */
export const EVENT_SOURCE = "laurel";

export interface BusEvent {
  readonly bus: string;
  readonly type: string;
  readonly at: string;
  readonly detail: string;
}
/** Gives the reason why the bus has not taken it; undefined when it has. */
export type PutEvent = (event: BusEvent) => Promise<string | undefined>;

/** EventBridge: the detail is the event as `OutwardEvent` describes it, the detail type its type. */
export function eventBridgeMessenger(bus: string | undefined, put: PutEvent): Messenger {
  return {
    compose: ({ event }) => [JSON.stringify(event)],
    async send(_channel, detail, { type, at }) {
      if (bus === undefined) return { taken: false, reason: "this deployment has no event bus" };
      try {
        const reason = await put({ bus, type, at, detail });
        return reason === undefined ? { taken: true } : { taken: false, reason };
      } catch (error) {
        return { taken: false, reason: error instanceof Error ? error.name : "not taken" };
      }
    },
  };
}

export function awsEvents(client = new EventBridgeClient({ maxAttempts: 1 })): PutEvent {
  return async ({ bus, type, at, detail }) => {
    const entry = { EventBusName: bus, Source: EVENT_SOURCE, DetailType: type, Time: new Date(at), Detail: detail };
    const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
    return FailedEntryCount > 0 ? (Entries[0]?.ErrorCode ?? "not taken") : undefined;
  };
}

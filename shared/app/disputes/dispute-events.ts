import type { Dispute, DisputeEvent } from "#domain/dispute.ts";
import type { OutwardEvent } from "#domain/event.ts";

type Head = Pick<OutwardEvent, "campaign" | "campaignName">;

const TYPES = {
  open: "dispute.opened",
  answer: "dispute.answered",
  accept: "dispute.closed",
  refuse: "dispute.closed",
  withdraw: "dispute.closed",
} as const satisfies Partial<Record<DisputeEvent["command"], OutwardEvent["type"]>>;

const STATES = {
  open: "open",
  answer: "answered",
  accept: "accepted",
  refuse: "refused",
  withdraw: "withdrawn",
} as const;

/**
 * What others are told of disputes, as each dispute tells its own steps: nothing is passed from hand to hand, so no step is forgotten.
 * Texts stay here: they say what a person is paid. Who gets which file or whom it was given to is nobody's news.
 */
export function disputeEvents(disputes: readonly Dispute[], head: Head): OutwardEvent[] {
  return disputes.flatMap(({ id, campaign, events }) =>
    events.flatMap(({ command, at }, index): OutwardEvent[] => {
      if (command === "attach" || command === "assign") return [];
      const type = TYPES[command];
      return [
        { ...head, id: `${type}:${campaign}:${id}:${index}`, type, at, data: { dispute: id, state: STATES[command] } },
      ];
    }),
  );
}

import { expect, it } from "vitest";
import * as z from "zod";
import { eventJsonSchema } from "#contracts/event-schema.ts";
import { EVENT_TYPES } from "#domain/event.ts";

const published = z.fromJSONSchema(eventJsonSchema());

it("describes every type of event, and nothing of what a person is paid", () => {
  const text = JSON.stringify(eventJsonSchema());
  for (const type of EVENT_TYPES) expect(text).toContain(`"${type}"`);
  expect(text).not.toMatch(/"(amountMinor|payee|postedTotal)"/);
});

it("takes an event as it is told, and no other", () => {
  const event = { id: "e", at: "2018-06-01T00:00:00.000Z", type: "run.paid", data: { runId: "r-1", kind: "final" } };
  expect(published.safeParse(event).success).toBe(true);
  expect(published.safeParse({ ...event, type: "run.lost" }).success).toBe(false);
  expect(published.safeParse({ ...event, data: { runId: "r-1" } }).success).toBe(false);
  expect(published.safeParse({ ...event, more: 1 }).success).toBe(false);
});

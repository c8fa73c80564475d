import { expect, it } from "vitest";
import { tellOthers } from "#app/outward/tell-others.ts";
import type { OutwardEvent } from "#domain/event.ts";
import { APPROVER, MANAGER, MARKETING } from "./api-harness.ts";
import { ok } from "./api-world.ts";
import { opened, settledHarness } from "./disputes-world.ts";

it("each step of a dispute is told once to those who want it, and none of its texts", async () => {
  const harness = await settledHarness();
  const events = ["dispute.opened", "dispute.answered", "dispute.closed"];
  const channel = { name: "Group", kind: "wecom", secretName: "channels/x", events, language: "en" };
  await ok(harness.call("PUT", "/v1/channels/disputes", { as: MARKETING, body: channel }));
  harness.cloud.clock.advance(1000);
  const sent: OutwardEvent[] = [];
  const deps = {
    ...harness.cloud.deps,
    messengers: async () => ({
      compose: () => ["text"],
      send: async (_to: unknown, _part: string, event: OutwardEvent) => {
        sent.push(event);
        return { taken: true, status: 200 } as const;
      },
    }),
  };
  const path = await opened(harness);
  await tellOthers(deps);
  await ok(harness.post(`${path}/answer`, MANAGER, { text: "we look into 4471" }));
  await ok(harness.post(`${path}/refuse`, APPROVER, { reason: "4471 was cancelled" }));
  harness.cloud.clock.advance(60_000);
  await tellOthers(deps);
  await tellOthers(deps);
  expect(sent.map(({ type, data }) => [type, data])).toEqual([
    ["dispute.opened", { dispute: path.split("/").at(-1), state: "open" }],
    ["dispute.answered", { dispute: path.split("/").at(-1), state: "answered" }],
    ["dispute.closed", { dispute: path.split("/").at(-1), state: "refused" }],
  ]);
  expect(JSON.stringify(sent)).not.toContain("4471");
});

import { expect, it } from "vitest";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { CHANNEL_KINDS, type Channel } from "#domain/channel.ts";
import type { OutwardEvent } from "#domain/event.ts";
import { LocalMessages } from "#infra/local/messages.ts";

const AT = "2018-06-01T00:00:00.000Z";
const EVENT: OutwardEvent = {
  id: "campaign.activated:travel:1",
  type: "campaign.activated",
  at: AT,
  campaign: "travel",
  data: { version: 1, by: "mei.lin" },
};

it.each(CHANNEL_KINDS)("the local cloud keeps what would be sent to %s, and no secret", async (kind) => {
  const messages = new LocalMessages(new SimulatedClock(Date.parse(AT)));
  const messenger = await messages.messengers(kind);
  const channel: Channel = {
    channel: "group",
    name: "Group",
    kind,
    ...(kind === "email" ? { recipients: ["team@example.com"] } : { secretName: "x" }),
    ...(kind === "webhook" ? { address: "https://example.com/hook" } : {}),
    events: ["campaign.activated"],
    language: "en",
    enabled: true,
    revision: 1,
    since: AT,
    changedBy: "mei.lin",
    changedAt: AT,
  };
  const telling = {
    event: EVENT,
    language: "en",
    title: "In force",
    blocks: [{ kind: "text", text: "Version 1" }],
  } as const;
  for (const part of messenger.compose(telling)) {
    expect(await messenger.send(channel, part, EVENT)).toMatchObject({ taken: true });
  }
  expect(messages.all()).toMatchObject([{ at: AT, channel: "group", kind, type: "campaign.activated" }]);
  expect(JSON.stringify(messages.all())).toContain(
    kind === "eventbridge" || kind === "webhook" ? EVENT.id : "Version 1",
  );
  expect(messages.all()[0]?.to).not.toMatch(/key=|access_token|sign=/);
});

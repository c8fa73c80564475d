import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { dingtalk, dingtalkSign } from "#adapters/notify/dingtalk.ts";
import { mailOf } from "#adapters/notify/email.ts";
import { eventBridgeMessenger } from "#adapters/notify/event-bridge.ts";
import { feishu, feishuSign } from "#adapters/notify/feishu.ts";
import type { HttpAnswer, HttpPost } from "#adapters/notify/https-post.ts";
import { type Robot, robotMessenger } from "#adapters/notify/robot.ts";
import { ROBOTS } from "#adapters/notify/robots.ts";
import { slack } from "#adapters/notify/slack.ts";
import { webhookMessenger } from "#adapters/notify/webhook.ts";
import { wecom } from "#adapters/notify/wecom.ts";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import type { Channel } from "#domain/channel.ts";
import type { OutwardEvent } from "#domain/event.ts";
import type { Block, Telling } from "#ports/messenger.ts";

const NOW = Date.parse("2018-06-01T00:00:00Z");

const EVENT: OutwardEvent = {
  id: "campaign.activated:travel:1",
  type: "campaign.activated",
  at: "2018-06-01T00:00:00.000Z",
  campaign: "travel",
  data: { version: 1, by: "mei.lin" },
};

function telling(blocks: readonly Block[] = [{ kind: "text", text: "第 1 版方案" }], title = "活动已启用"): Telling {
  return { event: EVENT, language: "zh", title, blocks };
}

function channel(changes: Partial<Channel> = {}): Channel {
  return {
    channel: "group",
    name: "Group",
    kind: "wecom",
    secretName: "group",
    events: ["campaign.activated"],
    language: "zh",
    enabled: true,
    revision: 1,
    since: "2018-05-01T00:00:00.000Z",
    changedBy: "mei.lin",
    changedAt: "2018-05-01T00:00:00.000Z",
    ...changes,
  };
}

/** A robot that answers as told, and what it was posted. */
function robot(kind: Robot, secret: string, answer: Partial<HttpAnswer> = {}) {
  const posts: HttpPost[] = [];
  const messenger = robotMessenger(
    {
      secrets: new MemorySecretStore({ group: secret }),
      clock: new SimulatedClock(NOW),
      post: async (post) => {
        posts.push(post);
        return { status: 200, body: "", ...answer };
      },
    },
    kind,
  );
  return { messenger, posts };
}

const ADDRESSES = {
  wecom: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6",
  dingtalk: '{"url": "https://oapi.dingtalk.com/robot/send?access_token=abc", "sign": "SEC0123456789abcdef"}',
  feishu: '{"url": "https://open.feishu.cn/open-apis/bot/v2/hook/0f1e", "sign": "lGWyMtKp"}',
  slack: "https://hooks.slack.com/services/T0/B0/xyz",
} as const;

describe("signatures", () => {
  // printf '1590000000000\nSEC…' | openssl dgst -sha256 -hmac 'SEC…' -binary | base64
  it("signs as DingTalk documents it: by the secret, milliseconds, in the address", async () => {
    expect(dingtalkSign("SEC0123456789abcdef", 1590000000000)).toBe("MD5uJ1ev57k+hRMVVHYGQSBQUQ2BAq9Fkb8zteWUUdU=");
    const { messenger, posts } = robot(dingtalk, ADDRESSES.dingtalk, { body: '{"errcode":0,"errmsg":"ok"}' });
    const [part = ""] = messenger.compose(telling());
    expect(await messenger.send(channel({ kind: "dingtalk" }), part, EVENT)).toEqual({ taken: true, status: 200 });
    const [post] = posts;
    expect(post?.url.searchParams.get("access_token")).toBe("abc");
    expect(post?.url.searchParams.get("timestamp")).toBe(String(NOW));
    expect(post?.url.searchParams.get("sign")).toBe(dingtalkSign("SEC0123456789abcdef", NOW));
    // Base64 has + and /: unescaped, the vendor would read a space.
    expect(post?.url.search).not.toMatch(/sign=[^&]*[+/]/);
  });

  // printf '' | openssl dgst -sha256 -hmac "$(printf '1599360473\nlGWyMtKp')" -binary | base64
  it("signs as Feishu documents it: nothing by timestamp and secret, seconds, in the body", async () => {
    expect(feishuSign("lGWyMtKp", "1599360473")).toBe("uSufFjqpCjG2I+Sp23xl4o7zDTQ+pMNRKs4yigHEKwI=");
    const { messenger, posts } = robot(feishu, ADDRESSES.feishu, { body: '{"code":0,"msg":"success","data":{}}' });
    const [part = ""] = messenger.compose(telling());
    expect(await messenger.send(channel({ kind: "feishu" }), part, EVENT)).toEqual({ taken: true, status: 200 });
    const body = JSON.parse(posts[0]?.body ?? "");
    expect(body).toMatchObject({
      timestamp: String(NOW / 1000),
      sign: feishuSign("lGWyMtKp", String(NOW / 1000)),
      msg_type: "interactive",
    });
  });

  it("signs webhooks so that the standard's own library accepts them, by both keys of a rotation", async () => {
    const [old, young] = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"];
    const posts: HttpPost[] = [];
    const now = Date.now();
    const messenger = webhookMessenger({
      secrets: new MemorySecretStore({ group: `${old} ${young}` }),
      clock: new SimulatedClock(now),
      post: async (post) => {
        posts.push(post);
        return { status: 204, body: "" };
      },
    });
    const [part = ""] = messenger.compose(telling());
    const hook = channel({ kind: "webhook", address: "https://example.com/hook" });
    expect(await messenger.send(hook, part, EVENT)).toMatchObject({ taken: true });
    const { headers = {}, body = "" } = posts[0] ?? {};
    for (const key of [old, young]) {
      expect(new Webhook(key).verify(body, { ...headers })).toMatchObject({
        type: "campaign.activated",
        timestamp: EVENT.at,
        id: EVENT.id,
        data: { version: 1, by: "mei.lin" },
      });
    }
    expect(() => new Webhook(old).verify(`${body} `, { ...headers })).toThrow();
    expect(headers["webhook-id"]).not.toContain(".");
  });

  it("sends no webhook that anybody could sign", async () => {
    for (const secret of ["", "whsec_", "whsec_YWJj"]) {
      const messenger = webhookMessenger({
        secrets: new MemorySecretStore({ group: secret }),
        clock: new SimulatedClock(NOW),
        post: async () => expect.fail("it was sent"),
      });
      const answered = await messenger.send(channel({ kind: "webhook", address: "https://example.com/" }), "{}", EVENT);
      expect(answered).toMatchObject({ taken: false, reason: expect.stringContaining("24 bytes") });
    }
  });
});

describe("messages", () => {
  const places: Block = {
    kind: "table",
    head: ["名次", "名称", "数值", "较上期"],
    rows: Array.from({ length: 300 }, (_, index) => [
      String(index + 1),
      `上饶分公司${index}`,
      "201,234.00",
      "+12,000.00",
    ]),
  };

  it.each([
    ["wecom", (part: string) => Buffer.byteLength(JSON.parse(part).markdown.content), 4096],
    ["dingtalk", (part: string) => Buffer.byteLength(part), 20_000],
    ["feishu", (part: string) => Buffer.byteLength(part), 20 * 1024 - 200],
    ["slack", (part: string) => Math.max(...JSON.parse(part).blocks.map(slackLength)), 3_000],
  ] as const)("keeps within what %s takes, and leaves nothing out", (kind, size, most) => {
    const parts = ROBOTS[kind].compose(telling([places, { kind: "text", text: "x".repeat(5_000) }]));
    for (const part of parts) expect(size(part)).toBeLessThanOrEqual(most);
    const whole = parts.join("\n");
    for (let index = 0; index < 300; index += 1)
      expect(whole).toContain(
        `上饶分公司${index}**`.replace(kind === "slack" ? "**" : "", kind === "slack" ? "*" : ""),
      );
    expect(ROBOTS[kind].compose(telling([places]))).toEqual(ROBOTS[kind].compose(telling([places])));
  });

  it("writes one part as the vendors document it", () => {
    expect(wecom.compose(telling()).map((part) => JSON.parse(part))).toEqual([
      { msgtype: "markdown", markdown: { content: "## 活动已启用\n\n第 1 版方案" } },
    ]);
    expect(dingtalk.compose(telling()).map((part) => JSON.parse(part))).toEqual([
      { msgtype: "markdown", markdown: { title: "活动已启用", text: "### 活动已启用\n\n第 1 版方案" } },
    ]);
    expect(feishu.compose(telling()).map((part) => JSON.parse(part))).toEqual([
      {
        msg_type: "interactive",
        card: {
          header: { title: { tag: "plain_text", content: "活动已启用" } },
          elements: [{ tag: "markdown", content: "第 1 版方案" }],
        },
      },
    ]);
    expect(slack.compose(telling()).map((part) => JSON.parse(part))).toEqual([
      {
        text: "活动已启用",
        blocks: [
          { type: "header", text: { type: "plain_text", text: "活动已启用" } },
          { type: "section", text: { type: "mrkdwn", text: "第 1 版方案" } },
        ],
      },
    ]);
  });

  it("takes the meaning from marks in names: no link, no mention, no markup", () => {
    const nasty = "[点此](https://evil.example) <@all> <!channel> **x** & <b>";
    const whole = (kind: Robot) => kind.compose(telling([{ kind: "text", text: nasty }], nasty)).join();
    for (const kind of [wecom, dingtalk, feishu]) {
      const text = whole(kind).replaceAll(/"title":\{[^}]*\}/g, "");
      expect(text).not.toMatch(/\]\(|<@|\*\*x/);
    }
    expect(
      JSON.parse(slack.compose(telling([{ kind: "text", text: nasty }]))[0] ?? "").blocks[1].text.text,
    ).not.toMatch(/<[@!]/);
    const mail = mailOf(telling([{ kind: "text", text: nasty }], nasty));
    expect(mail.html).not.toContain("<b>");
    expect(mail.html).toContain("&lt;b&gt;");
    expect(mail.text).toContain(nasty);
  });

  it("writes mail as a table and as text", () => {
    const { html, text, subject } = mailOf(telling([{ kind: "table", head: ["单位"], rows: [["南昌"]] }]));
    expect(subject).toBe("活动已启用");
    expect(html).toMatch(/<table[\s\S]*<th[^>]*>单位<\/th>[\s\S]*<td[^>]*>南昌<\/td>/);
    expect(text).toBe("活动已启用\n\n南昌\n");
  });
});

describe("where a robot's messages go", () => {
  it.each([
    ["wecom", "https://evil.example/cgi-bin/webhook/send?key=1", "not one of"],
    ["wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", "not one of"],
    ["wecom", "https://qyapi.weixin.qq.com/cgi-bin/other?key=1", "not one of"],
    ["wecom", "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send", "not one of"],
    ["wecom", "https://me@qyapi.weixin.qq.com/cgi-bin/webhook/send", "not one of"],
    ["slack", "https://hooks.slack.com.evil.example/services/T/B/x", "not one of"],
    ["dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=abc", "no sign"],
    ["feishu", '{"url": "https://169.254.169.254/open-apis/bot/v2/hook/1", "sign": "x"}', "not one of"],
    ["feishu", "not an address", "neither"],
  ] as const)("%s: never to %s", async (kind, secret, reason) => {
    const { messenger, posts } = robot(ROBOTS[kind], secret);
    const answered = await messenger.send(channel({ kind }), "{}", EVENT);
    expect(answered).toEqual({ taken: false, reason: expect.stringContaining(reason) });
    expect(posts).toEqual([]);
  });

  it.each([
    ["wecom", '{"errcode":93000,"errmsg":"invalid webhook url"}', "93000 invalid webhook url"],
    ["wecom", "<html>", "not the vendor's"],
    ["dingtalk", '{"errcode":310000,"errmsg":"sign not match"}', "310000 sign not match"],
    ["feishu", '{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}', "19021"],
    ["slack", "no_text", "no_text"],
  ] as const)("%s: an answer of 200 that is a refusal is one", async (kind, body, reason) => {
    const { messenger } = robot(ROBOTS[kind], ADDRESSES[kind], { body });
    const [part = ""] = messenger.compose(telling());
    expect(await messenger.send(channel({ kind }), part, EVENT)).toMatchObject({
      taken: false,
      status: 200,
      reason: expect.stringContaining(reason),
    });
  });

  it("hears when to come again, and that nobody is there any more", async () => {
    const busy = robot(slack, ADDRESSES.slack, { status: 429, retryAfter: "90" });
    expect(await busy.messenger.send(channel(), "{}", EVENT)).toMatchObject({ taken: false, retryAfterMs: 90_000 });
    const gone = robot(slack, ADDRESSES.slack, { status: 410 });
    expect(await gone.messenger.send(channel(), "{}", EVENT)).toMatchObject({ taken: false, isGone: true });
  });
});

describe("an event bus", () => {
  it("is put the event as it is", async () => {
    const put: unknown[] = [];
    const bus = eventBridgeMessenger("laurel-events", async (event) => void put.push(event));
    const [part = ""] = bus.compose(telling());
    expect(await bus.send(channel({ kind: "eventbridge" }), part, EVENT)).toEqual({ taken: true });
    expect(put).toEqual([{ bus: "laurel-events", type: EVENT.type, at: EVENT.at, detail: JSON.stringify(EVENT) }]);
  });

  it("may refuse, and may not be there", async () => {
    const refusing = eventBridgeMessenger("b", async () => "ThrottlingException");
    expect(await refusing.send(channel(), "{}", EVENT)).toEqual({ taken: false, reason: "ThrottlingException" });
    const none = eventBridgeMessenger(undefined, async () => expect.fail("it was sent"));
    expect(await none.send(channel(), "{}", EVENT)).toMatchObject({ taken: false });
  });
});

function slackLength({ text }: { readonly text: { readonly text: string } }): number {
  return text.text.length;
}

import { emailMessenger } from "#adapters/notify/email.ts";
import { eventBridgeMessenger } from "#adapters/notify/event-bridge.ts";
import type { HttpPost } from "#adapters/notify/https-post.ts";
import { messengersOf } from "#adapters/notify/messengers.ts";
import type { OutwardEvent } from "#domain/event.ts";
import type { Messengers } from "#ports/messenger.ts";
import type { Clock } from "#ports/system.ts";

/** What would have been sent, newest last. */
export interface LocalMessage {
  readonly at: string;
  readonly channel: string;
  readonly kind: string;
  readonly event: string;
  readonly type: OutwardEvent["type"];
  /** Where it would have gone, without what a robot's address keeps secret. */
  readonly to: string;
  readonly body: unknown;
}

const MOST_KEPT = 500;

/** Secrets as a robot's owner would have written them; nobody ever sees the addresses. */
const SECRETS: Readonly<Record<string, string>> = {
  wecom: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=local",
  dingtalk: '{"url": "https://oapi.dingtalk.com/robot/send?access_token=local", "sign": "SEClocal"}',
  feishu: '{"url": "https://open.feishu.cn/open-apis/bot/v2/hook/local", "sign": "local"}',
  slack: "https://hooks.slack.com/services/T/B/local",
  webhook: `whsec_${Buffer.alloc(32, "local").toString("base64")}`,
};

/**
 * This machine sends nothing outside: messages are written and signed as deployed, and kept here instead of being posted. Answers are
 * those of the vendors.
 */
export class LocalMessages {
  readonly #kept: LocalMessage[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  all(): readonly LocalMessage[] {
    return this.#kept;
  }

  readonly messengers: Messengers = async (kind) => {
    let posted: HttpPost | undefined;
    const inner =
      kind === "email"
        ? emailMessenger("laurel@local.invalid", async () => undefined)
        : kind === "eventbridge"
          ? eventBridgeMessenger("local", async () => undefined)
          : await messengersOf({
              secrets: { secret: async () => SECRETS[kind] },
              clock: this.#clock,
              mailFrom: undefined,
              eventBus: undefined,
              post: async (post) => {
                posted = post;
                return { status: 200, body: kind === "slack" ? "ok" : '{"errcode":0,"code":0}' };
              },
            })(kind);
    return {
      compose: inner.compose,
      send: async (channel, part, about) => {
        const answered = await inner.send(channel, part, about);
        this.#keep({
          at: new Date(this.#clock.now()).toISOString(),
          channel: channel.channel,
          kind,
          event: about.id,
          type: about.type,
          to: posted ? `${posted.url.origin}${posted.url.pathname}` : (channel.recipients ?? []).join(", "),
          body: JSON.parse(posted?.body ?? part),
        });
        return answered;
      },
    };
  };

  #keep(message: LocalMessage): void {
    this.#kept.push(message);
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
  }
}

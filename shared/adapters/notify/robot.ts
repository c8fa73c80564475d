import * as z from "zod";
import type { Channel } from "#domain/channel.ts";
import { readJson } from "#domain/json.ts";
import type { Answered, Messenger, Telling } from "#ports/messenger.ts";
import type { Clock, SecretStore } from "#ports/system.ts";
import type { HttpAnswer, Post } from "./https-post.ts";
import { type RobotHost, type RobotSecret, robotSecret } from "./robot-secret.ts";

export interface NotifyParts {
  readonly secrets: SecretStore;
  readonly post: Post;
  /** The machine's: signatures are about the wire. */
  readonly clock: Clock;
}

/** What is particular to one vendor's robot. */
export interface Robot extends RobotHost {
  readonly compose: (telling: Telling) => readonly string[];
  /** What is posted for a part: signed where the vendor signs. */
  readonly signed: (part: string, secret: RobotSecret, now: number) => { readonly url: URL; readonly body: string };
  /** Undefined: taken; else the vendor's reason. */
  readonly refusal: (answer: HttpAnswer) => string | undefined;
}

const MOST_RETRY_AFTER_MS = 60 * 60_000;

export function robotMessenger({ secrets, post, clock }: NotifyParts, robot: Robot): Messenger {
  return {
    compose: robot.compose,
    async send(channel: Channel, part: string): Promise<Answered> {
      const secret = await robotSecret(secrets, channel.secretName, robot);
      if (typeof secret === "string") return { taken: false, reason: secret };
      const { url, body } = robot.signed(part, secret, clock.now());
      return posted(() => post({ url, headers: JSON_BODY, body }), robot.refusal);
    },
  };
}

export const JSON_BODY = { "content-type": "application/json; charset=utf-8" };

/** Makes an answer of a post that may fail. */
export async function posted(
  post: () => Promise<HttpAnswer>,
  refusal: (answer: HttpAnswer) => string | undefined,
): Promise<Answered> {
  let answer: HttpAnswer;
  try {
    answer = await post();
  } catch (error) {
    return { taken: false, reason: error instanceof Error ? error.message : "no answer" };
  }
  const { status, retryAfter } = answer;
  const isGood = status >= 200 && status < 300;
  const reason = isGood ? refusal(answer) : `answered ${status}`;
  if (reason === undefined) return { taken: true, status };
  const seconds = Number(retryAfter);
  const waits = Number.isFinite(seconds) && seconds > 0;
  return {
    taken: false,
    status,
    reason: reason.slice(0, 200),
    ...(waits ? { retryAfterMs: Math.min(seconds * 1000, MOST_RETRY_AFTER_MS) } : {}),
    ...(status === 410 ? { isGone: true } : {}),
  };
}

const errcodeSchema = z.object({ errcode: z.int(), errmsg: z.string().default("") });

/** WeCom and DingTalk answer 200 and say in the body whether it was taken. */
export function errcodeRefusal({ body }: HttpAnswer): string | undefined {
  const reading = readJson(Buffer.from(body), "an answer", true);
  const parsed = errcodeSchema.safeParse("value" in reading ? reading.value : undefined);
  if (!parsed.success) return "the answer is not the vendor's";
  const { errcode, errmsg } = parsed.data;
  return errcode === 0 ? undefined : `${errcode} ${errmsg}`;
}

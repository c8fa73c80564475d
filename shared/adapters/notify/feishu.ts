import { createHmac } from "node:crypto";
import * as z from "zod";
import { readJson } from "#domain/json.ts";
import { linesOf, MARKDOWN, partsOf, shortened } from "./markdown.ts";
import type { Robot } from "./robot.ts";

/**
 * 飞书 custom bot, signed: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot . Its body has at most 20 KB;
 * five a second, a hundred a minute.
 */
const MOST_BYTES = 20 * 1024;
/** The card around the text, the signature, and what JSON writes longer than it is. */
const MOST_TEXT_BYTES = MOST_BYTES - 3_072;
const MOST_TITLE_BYTES = 300;

const cardSchema = z.record(z.string(), z.unknown());
const answerSchema = z.object({ code: z.int(), msg: z.string().default("") });

export const feishu: Robot = {
  hosts: ["open.feishu.cn", "open.larksuite.com"],
  path: "/open-apis/bot/v2/hook/",
  isSigned: true,
  compose: (telling) =>
    partsOf("", linesOf(telling, MARKDOWN), MOST_TEXT_BYTES).map((content) =>
      JSON.stringify({
        msg_type: "interactive",
        card: {
          header: { title: { tag: "plain_text", content: shortened(telling.title, MOST_TITLE_BYTES) } },
          elements: [{ tag: "markdown", content }],
        },
      }),
    ),
  signed: (part, { url, sign }, now) => {
    const timestamp = String(Math.floor(now / 1000));
    const message = cardSchema.parse(JSON.parse(part));
    return { url, body: JSON.stringify({ timestamp, sign: feishuSign(sign, timestamp), ...message }) };
  },
  refusal: ({ body }) => {
    const reading = readJson(Buffer.from(body), "an answer", true);
    const parsed = answerSchema.safeParse("value" in reading ? reading.value : undefined);
    if (!parsed.success) return "the answer is not the vendor's";
    return parsed.data.code === 0 ? undefined : `${parsed.data.code} ${parsed.data.msg}`;
  },
};

/** HMAC-SHA256 of nothing by `timestamp\nsecret`, base64; seconds, at most an hour old. Not what DingTalk does, though it reads alike. */
export function feishuSign(secret: string, timestampSeconds: string): string {
  return createHmac("sha256", `${timestampSeconds}\n${secret}`).digest("base64");
}

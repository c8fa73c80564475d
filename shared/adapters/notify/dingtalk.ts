import { createHmac } from "node:crypto";
import { linesOf, MARKDOWN, partsOf } from "./markdown.ts";
import { errcodeRefusal, type Robot } from "./robot.ts";

/** 钉钉 custom robot, signed: https://open.dingtalk.com/document/orgapp/custom-robot-access ; a message has at most 20,000 bytes. */
const MOST_BYTES = 20_000;
/** JSON around the text, and what JSON writes longer than it is: line ends. */
const MOST_TEXT_BYTES = MOST_BYTES - 2_000;

export const dingtalk: Robot = {
  hosts: ["oapi.dingtalk.com"],
  path: "/robot/send",
  isSigned: true,
  compose: (telling) => {
    const title = MARKDOWN.plain(telling.title);
    // One line end is none in its markdown.
    return partsOf(`### ${title}`, spaced(linesOf(telling, MARKDOWN)), MOST_TEXT_BYTES).map((text) =>
      JSON.stringify({ msgtype: "markdown", markdown: { title, text } }),
    );
  },
  signed: (body, { url, sign }, now) => {
    const signed = new URL(url);
    signed.searchParams.set("timestamp", String(now));
    signed.searchParams.set("sign", dingtalkSign(sign, now));
    return { url: signed, body };
  },
  refusal: errcodeRefusal,
};

/** HMAC-SHA256 of `timestamp\nsecret` by the secret, base64; milliseconds, at most an hour old. Encoded for the address by whoever writes it. */
export function dingtalkSign(secret: string, timestampMs: number): string {
  return createHmac("sha256", secret).update(`${timestampMs}\n${secret}`).digest("base64");
}

function spaced(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : `${line}  `));
}

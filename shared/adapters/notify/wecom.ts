import { linesOf, MARKDOWN, partsOf } from "./markdown.ts";
import { errcodeRefusal, type Robot } from "./robot.ts";

/** 企业微信 group robot: https://developer.work.weixin.qq.com/document/path/91770 ; its address is its only secret. */
const MOST_BYTES = 4096;

export const wecom: Robot = {
  hosts: ["qyapi.weixin.qq.com"],
  path: "/cgi-bin/webhook/send",
  isSigned: false,
  compose: (telling) =>
    partsOf(`## ${MARKDOWN.plain(telling.title)}`, linesOf(telling, MARKDOWN), MOST_BYTES).map((content) =>
      JSON.stringify({ msgtype: "markdown", markdown: { content } }),
    ),
  signed: (body, { url }) => ({ url, body }),
  refusal: errcodeRefusal,
};

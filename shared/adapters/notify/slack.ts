import { linesOf, MRKDWN, partsOf } from "./markdown.ts";
import type { Robot } from "./robot.ts";

/**
 * Slack incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks . A section has at most 3,000
 * characters, a header 150, a message 50 blocks and 40,000 characters.
 */
const MOST_SECTION = 2_900;
const MOST_HEADER = 150;
/** Sections in one message: ten times 2,900 stay below what a message takes. */
const MOST_SECTIONS = 10;

export const slack: Robot = {
  hosts: ["hooks.slack.com"],
  path: "/services/",
  isSigned: false,
  compose: (telling) => {
    // Bytes are never fewer than characters.
    const sections = partsOf("", linesOf(telling, MRKDWN), MOST_SECTION).map((part) =>
      part.replace(/^ \(\d+\/\d+\)\n\n/, ""),
    );
    const messages = Array.from({ length: Math.ceil(sections.length / MOST_SECTIONS) }, (_, index) =>
      sections.slice(index * MOST_SECTIONS, (index + 1) * MOST_SECTIONS),
    );
    return messages.map((texts, index) => {
      const number = messages.length > 1 ? ` (${index + 1}/${messages.length})` : "";
      const title = `${[...telling.title].slice(0, MOST_HEADER - number.length).join("")}${number}`;
      const header = { type: "header", text: { type: "plain_text", text: title } };
      const bodies = texts
        .filter((text) => text !== "")
        .map((text) => ({ type: "section", text: { type: "mrkdwn", text } }));
      return JSON.stringify({ text: MRKDWN.plain(title), blocks: [header, ...bodies] });
    });
  },
  signed: (body, { url }) => ({ url, body }),
  refusal: ({ body }) => (body.trim() === "ok" ? undefined : body.trim().slice(0, 100) || "an empty answer"),
};

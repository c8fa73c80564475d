import type { Block, Messenger, Telling } from "#ports/messenger.ts";
import { shortened } from "./markdown.ts";

export interface Mail {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Hands a mail over; throws when it is not taken. */
export type SendMail = (mail: Mail) => Promise<void>;

const MOST_SUBJECT_BYTES = 300;

/** One mail as HTML and as text. Recipients do not see each other. */
export function emailMessenger(from: string | undefined, sendMail: SendMail): Messenger {
  return {
    compose: (telling) => [JSON.stringify(mailOf(telling))],
    async send({ recipients = [] }, part) {
      if (from === undefined) return { taken: false, reason: "this deployment has no address to send mail from" };
      const { subject, html, text }: Pick<Mail, "subject" | "html" | "text"> = JSON.parse(part);
      try {
        await sendMail({ from, recipients, subject, html, text });
        return { taken: true };
      } catch (error) {
        return { taken: false, reason: error instanceof Error ? `${error.name}` : "not taken" };
      }
    },
  };
}

export function mailOf(telling: Telling): Pick<Mail, "subject" | "html" | "text"> {
  const subject = shortened(telling.title.replaceAll(/\s+/g, " "), MOST_SUBJECT_BYTES);
  const body = telling.blocks.map(htmlOfBlock).join("\n");
  const html = `<!doctype html>
<html lang="${telling.language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family: sans-serif; color: #1a1a1a; max-width: 48rem">
<h2 style="font-size: 1.25rem">${escapeHtml(telling.title)}</h2>
${body}
</body></html>
`;
  const text = [telling.title, "", ...telling.blocks.flatMap(textOfBlock)].join("\n");
  return { subject, html, text };
}

const CELL = "padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #ddd; text-align: left";

function htmlOfBlock(block: Block): string {
  if (block.kind === "heading") return `<h3 style="font-size: 1rem">${escapeHtml(block.text)}</h3>`;
  if (block.kind === "text") return `<p>${escapeHtml(block.text)}</p>`;
  const head = block.head.map((cell) => `<th style="${CELL}">${escapeHtml(cell)}</th>`).join("");
  const rows = block.rows.map(
    (row) => `<tr>${row.map((cell) => `<td style="${CELL}">${escapeHtml(cell)}</td>`).join("")}</tr>`,
  );
  return `<table style="border-collapse: collapse">\n<tr>${head}</tr>\n${rows.join("\n")}\n</table>`;
}

function textOfBlock(block: Block): string[] {
  if (block.kind === "table") return [...block.rows.map((row) => row.filter((cell) => cell !== "").join(" · ")), ""];
  return [block.text, ""];
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

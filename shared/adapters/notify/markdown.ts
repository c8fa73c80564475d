import type { Block, Telling } from "#ports/messenger.ts";

/** How a robot marks text up. Every text goes through `plain` first: names and reasons are data, not markup. */
export interface Markup {
  readonly plain: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly heading: (text: string) => string;
}

/** WeCom, DingTalk and Feishu. What opens a link, a mention or a mark loses its meaning: full-width signs read the same. */
export const MARKDOWN: Markup = {
  plain: (text) =>
    oneLine(text).replaceAll(/[<>[\]`*_#|\\]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  bold: (text) => `**${text}**`,
  heading: (text) => `#### ${text}`,
};

/** Slack's mrkdwn: https://docs.slack.dev/messaging/formatting-message-text */
export const MRKDWN: Markup = {
  plain: (text) =>
    oneLine(text)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll(/[*_~`]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  bold: (text) => `*${text}*`,
  heading: (text) => `*${text}*`,
};

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A telling's lines without its title. Robots have no tables: a row is a line, its first two cells are what it is about. */
export function linesOf(telling: Telling, markup: Markup): string[] {
  return telling.blocks.flatMap((block) => linesOfBlock(block, markup));
}

function linesOfBlock(block: Block, { plain, bold, heading }: Markup): string[] {
  if (block.kind === "text") return [plain(block.text), ""];
  if (block.kind === "heading") return [heading(plain(block.text)), ""];
  const { head, rows, wide = [] } = block;
  const lines = rows.map((row) => {
    const cells = row.flatMap((cell, index) => {
      if (cell === "" || wide.includes(index)) return [];
      const text = plain(cell);
      if (index === 0) return [/^\d+$/.test(cell) ? `${text}.` : bold(text)];
      if (index === 1 && /^\d*$/.test(row[0] ?? "")) return [bold(text)];
      return [index > 1 && head[index] ? `${plain(head[index])} ${text}` : text];
    });
    return cells.join(" · ").replace(". · ", ". ");
  });
  return [...lines, ""];
}

/**
 * Lines in parts of at most `mostBytes` each, cut between lines. Every part begins with the title, numbered where there are
 * several; a line that is longer than a part alone is shortened.
 */
export function partsOf(title: string, lines: readonly string[], mostBytes: number): string[] {
  const room = mostBytes - Buffer.byteLength(title) - 16;
  const parts: string[][] = [[]];
  let size = 0;
  for (const line of lines) {
    const fitting = shortened(line, room);
    const bytes = Buffer.byteLength(fitting) + 1;
    if (size + bytes > room) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(fitting);
    size += bytes;
  }
  const filled = parts.map((part) => part.join("\n").trim()).filter((part) => part !== "");
  if (filled.length <= 1) return [`${title}\n\n${filled[0] ?? ""}`.trim()];
  return filled.map((part, index) => `${title} (${index + 1}/${filled.length})\n\n${part}`);
}

/** At most so many bytes of UTF-8, cut between characters as readers see them. */
export function shortened(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let kept = "";
  let size = Buffer.byteLength("…");
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(text)) {
    size += Buffer.byteLength(segment);
    if (size > mostBytes) break;
    kept += segment;
  }
  return `${kept}…`;
}

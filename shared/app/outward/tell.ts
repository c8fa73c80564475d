import type { Bulletin, BulletinProgress, BulletinRow } from "#domain/bulletin.ts";
import type { OutwardEvent } from "#domain/event.ts";
import { instantOf } from "#domain/instant.ts";
import type { Block, Telling } from "#ports/messenger.ts";
import { type Language, outwardTexts } from "./texts/texts.ts";
import { grouped, minuteOf, type OutwardTexts, type Said } from "./texts/words.ts";

/** An event in words of one language. Plain text: whoever sends it escapes what its receiver would read as markup. */
export function tell(event: OutwardEvent, language: Language): Telling {
  const texts = outwardTexts(language);
  const campaign = event.campaignName === undefined ? (event.campaign ?? "") : texts.name(event.campaignName);
  if (event.type === "bulletin.published") return { event, language, ...bulletinSaid(event.data, campaign, texts) };
  const { title, lines } = said(event, campaign, texts);
  return { event, language, title, blocks: lines.map((text) => ({ kind: "text", text })) };
}

type Plain = Exclude<OutwardEvent, { type: "bulletin.published" }>;

function said(event: Plain, campaign: string, { events }: OutwardTexts): Said {
  switch (event.type) {
    case "campaign.activated":
      return events["campaign.activated"](event, campaign);
    case "campaign.final":
      return events["campaign.final"](event, campaign);
    case "target.reached":
      return events["target.reached"](event, campaign);
    case "approval.requested":
      return events["approval.requested"](event, campaign);
    case "run.approved":
      return events["run.approved"](event, campaign);
    case "run.rejected":
      return events["run.rejected"](event, campaign);
    case "run.failed":
      return events["run.failed"](event, campaign);
    case "run.paid":
      return events["run.paid"](event, campaign);
    case "dispute.opened":
      return events["dispute.opened"](event, campaign);
    case "dispute.answered":
      return events["dispute.answered"](event, campaign);
    case "dispute.closed":
      return events["dispute.closed"](event, campaign);
    case "reconciliation.differs":
      return events["reconciliation.differs"](event, campaign);
    case "source.silent":
      return events["source.silent"](event, campaign);
  }
}

function bulletinSaid(bulletin: Bulletin, campaign: string, texts: OutwardTexts): Pick<Telling, "title" | "blocks"> {
  const { bulletin: words } = texts;
  const tables = [
    ...bulletin.progress.flatMap((table) => progressBlocks(bulletin, table, texts)),
    ...bulletin.boards.flatMap((board) => boardBlocks(board, texts)),
    ...budgetBlocks(bulletin, texts),
  ];
  const intro = words.intro(minuteOf(bulletin.at), bulletin.from.slice(0, 10), lastDay(bulletin.until));
  const since = bulletin.previousAt === undefined ? [] : [words.since(minuteOf(bulletin.previousAt))];
  const blocks: Block[] = [intro, ...since].map((text) => ({ kind: "text", text }));
  if (tables.length === 0) blocks.push({ kind: "text", text: words.nothing });
  return { title: words.title(campaign, bulletin.at.slice(0, 10)), blocks: [...blocks, ...tables] };
}

function progressBlocks(
  { names }: Bulletin,
  { measureName, rows }: Bulletin["progress"][number],
  texts: OutwardTexts,
): Block[] {
  const { progress, columns } = texts.bulletin;
  return [
    { kind: "heading", text: progress(texts.name(measureName)) },
    {
      kind: "table",
      head: [columns.unit, columns.value, columns.change, columns.targets],
      rows: rows.map((row) => [row.name, grouped(row.value), changeText(row), targetsText(row, names, texts)]),
    },
  ];
}

function targetsText({ targets }: BulletinProgress, names: Bulletin["names"], texts: OutwardTexts): string {
  const { reached, notReached, targetsBetween } = texts.bulletin;
  return targets
    .map(({ label, percent, reached: isReached, reachedAt }) => {
      const name = texts.name(names[label] ?? label);
      return isReached ? reached(name, reachedAt && minuteOf(reachedAt)) : notReached(name, percent);
    })
    .join(targetsBetween);
}

function boardBlocks({ rewardName, rows, subjects }: Bulletin["boards"][number], texts: OutwardTexts): Block[] {
  const { board, columns, others } = texts.bulletin;
  if (rows.length === 0) return [];
  const left = subjects - rows.length;
  return [
    { kind: "heading", text: board(texts.name(rewardName)) },
    {
      kind: "table",
      head: [columns.place, columns.name, columns.value, columns.change, columns.prize],
      rows: rows.map((row) => [
        String(row.rank ?? ""),
        row.name,
        grouped(row.value),
        changeText(row),
        row.prize === undefined ? "" : grouped(row.prize),
      ]),
    },
    ...(left > 0 ? [{ kind: "text", text: others(left) } as const] : []),
  ];
}

function budgetBlocks({ budgets, names, currency }: Bulletin, texts: OutwardTexts): Block[] {
  if (budgets.length === 0) return [];
  const money = (amount: string) => `${grouped(amount)} ${currency}`;
  return [
    { kind: "heading", text: texts.bulletin.budgets },
    ...budgets.map(({ budget, used, amount }): Block => {
      const name = texts.name(names[budget] ?? budget);
      return { kind: "text", text: texts.bulletin.budget(name, used && money(used), money(amount)) };
    }),
  ];
}

function changeText({ change }: BulletinRow): string {
  if (change === undefined) return "";
  if (/^-?0(\.0+)?$/.test(change)) return "0";
  return change.startsWith("-") ? grouped(change) : `+${grouped(change)}`;
}

/** The day of the period's last instant: an end at midnight belongs to the day before. */
function lastDay(until: string): string {
  const local = new Date(instantOf(`${until.slice(0, 19)}Z`) - 1);
  return local.toISOString().slice(0, 10);
}

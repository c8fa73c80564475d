import type { HeldLine, Line, NotAwarded } from "#domain/line.ts";
import { formatMoney, isBenefit } from "#domain/money.ts";
import type { Statement } from "#domain/run.ts";
import { aboutTrace, type Traced } from "./about.ts";
import { explainStep, grouped, instantText } from "./explain-step.ts";
import type { NameOf } from "./names.ts";
import type { PlanWords } from "./plan-words.ts";
import type { Telling } from "./teller.ts";
import type { Texts } from "./texts/en.ts";
import { type Language, textsFor } from "./texts/texts.ts";

export interface StatementWording {
  readonly lang: Language;
  readonly nameOf: NameOf;
  /** Without it every value is told as the sum of sales. */
  readonly plan?: PlanWords;
}

/** A statement as plain text for a terminal or an e-mail: what each award is made of, and for what was not won, why not. */
export function statementText(statement: Statement, { lang, nameOf, plan }: StatementWording): string {
  const texts = textsFor(lang);
  const reader = statement.payee.kind === "participant" ? { readerId: statement.payee.id } : {};
  const telling: Telling = { lang, nameOf, ...(plan ? { plan } : {}), ...reader };
  const explain = traceTeller(telling);
  const rewardName = (reward: string) => nameOf("reward", reward);
  const partNames = new Map(Object.entries(texts.parts));
  const named = (id: string) => nameOf("named", id);
  const partName = (part: string) => partNames.get(part) ?? named(part);
  const title = ({ reward, slice, part, currency }: Titled) =>
    [rewardName(reward), slice && named(slice), part && currency !== `honour:${part}` && partName(part)]
      .filter(isSaid)
      .join(" · ");
  const unitOf: UnitText = (amount, unit) => unitText(amount, unit, texts, named);
  const paid = ({ amount, currency }: Line) => unitOf(amount, currency);
  const money = (decimal: string) => `${grouped(decimal)} ${statement.currency}`;
  const sections = [
    header(statement, texts, money),
    statement.lines.length === 0
      ? [texts.noAwards]
      : section(texts.whyAwarded, statement.lines, (line: Line) => [
          texts.item(title(line), paid(line)),
          ...explain(line),
        ]),
    section(texts.held, statement.held ?? [], (line: HeldLine) => [
      texts.heldItem(title(line), paid(line), line.due && instantText(line.due)),
      ...explain(line),
    ]),
    section(texts.components, statement.components ?? [], (line: Line) => [
      texts.item(title(line), paid(line)),
      ...explain(line),
    ]),
    section(texts.whyNot, statement.notAwarded, (item: NotAwarded) => [title(item), ...explain(item)]),
    changes(statement, texts, title, unitOf),
    payment(statement, texts, money, unitOf),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

type MoneyText = (decimal: string) => string;
type UnitText = (amount: string, unit: string) => string;
/** A card is the part of its line and what is handed out: one of them is said. */
type Titled = Pick<NotAwarded, "reward" | "slice" | "part"> & Partial<Pick<Line, "currency">>;

function isSaid(text: string | false | undefined): text is string {
  return text !== undefined && text !== false && text !== "";
}

/** Money with its currency; a benefit in kind as what is handed out. */
function unitText(amount: string, unit: string, texts: Texts, named: (id: string) => string): string {
  if (!isBenefit(unit)) return `${grouped(amount)} ${unit}`;
  const [kind = "", id = ""] = unit.split(":");
  const name = named(id);
  if (kind === "points") return texts.points(grouped(amount), name);
  return kind === "honour" ? texts.honour(amount, name) : texts.goods(grouped(amount), name);
}

function header(statement: Statement, texts: Texts, money: MoneyText): string[] {
  return [
    texts.statementOf(statement.name, statement.payee.id),
    texts.campaign(statement.campaignName, statement.campaign),
    texts.asOf(instantText(statement.asOf), statement.runId),
    ...(statement.provisional ? [texts.provisional] : []),
    texts.total(money(statement.total)),
  ];
}

function section<T>(title: string, items: readonly T[], linesOf: (item: T) => readonly string[]): string[] {
  if (items.length === 0) return [];
  return [title, ...items.flatMap((item) => linesOf(item).map((line, index) => `${index === 0 ? "" : "  "}  ${line}`))];
}

/** Tells traces one after another; the sales behind a value are listed only where it first comes up. */
function traceTeller(telling: Telling): (item: Traced) => string[] {
  const listed = new Set<string>();
  return (item) => {
    const about = aboutTrace(item);
    return item.trace.flatMap((step) => {
      const { sentence, details } = explainStep(step, { ...telling, about });
      if (details.length === 0) return [`- ${sentence}`];
      if (step.step !== "measure") return [`- ${sentence}`, ...details.map((detail) => `    ${detail}`)];
      const key = `${step.measure} ${step.subject}`;
      if (listed.has(key)) return [`- ${sentence}`];
      listed.add(key);
      return [`- ${sentence}`, ...details.map((detail) => `    ${detail}`)];
    });
  };
}

/** Postings that moved an amount which had been posted before. */
function changes({ postings }: Statement, texts: Texts, title: (item: Titled) => string, unitOf: UnitText): string[] {
  const adjusting = postings.filter(({ amountMinor, balanceMinor }) => amountMinor !== balanceMinor);
  return section(texts.changes, adjusting, ({ reward, currency, amountMinor, balanceMinor }) => {
    const sign = amountMinor > 0 ? "+" : "";
    const text = (minor: number) => unitOf(formatMoney(minor, currency), currency);
    return [texts.change(title({ reward }), `${sign}${text(amountMinor)}`, text(balanceMinor))];
  });
}

function payment({ payout, currency }: Statement, texts: Texts, money: MoneyText, unitOf: UnitText): string[] {
  if (!payout) return [];
  const minor = (amountMinor: number) => money(formatMoney(amountMinor, currency));
  const lines = [
    texts.posted(minor(payout.postedMinor)),
    texts.broughtForward(minor(payout.broughtForwardMinor)),
    texts.paid(minor(payout.paidMinor)),
    texts.carriedForward(minor(payout.carriedForwardMinor)),
  ];
  const benefits = (payout.benefits ?? []).map(({ unit, quantity }) =>
    texts.handedOut(unitOf(formatMoney(quantity, unit), unit)),
  );
  return section(texts.payment, [...lines, ...benefits], (line) => [line]);
}

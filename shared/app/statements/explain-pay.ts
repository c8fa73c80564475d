import type { Step } from "#domain/line.ts";
import { grouped, instantText } from "./figures.ts";
import type { NameOf } from "./names.ts";
import type { Texts } from "./texts/en.ts";

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

/** The steps of pay plans and of advances on contracts. */
export type PayStep = StepOf<
  | "fixedPay"
  | "component"
  | "adjusted"
  | "bounded"
  | "earnings"
  | "draw"
  | "drawAhead"
  | "lessDraw"
  | "trueUp"
  | "contract"
>;

/** Pay plans and advances on contracts, in words. */
export function explainPay(step: PayStep, texts: Texts, nameOf: NameOf): string {
  const { pay } = texts;
  switch (step.step) {
    case "fixedPay": {
      const allowance = step.id === "base" ? undefined : nameOf("named", step.id);
      const source = step.target === step.id ? undefined : sourceText(step, texts, nameOf);
      return pay.fixed(allowance, source, grouped(step.amount));
    }
    case "component":
      return pay.component(
        nameOf("reward", step.reward),
        step.slices
          .filter(({ slice }) => slice !== "")
          .map(({ slice, amount }) => pay.slice(nameOf("named", slice), grouped(amount)))
          .join(texts.listComma),
        grouped(step.amount),
      );
    case "adjusted":
      return pay.adjusted(placeText(step, nameOf), step.rate, grouped(step.before), grouped(step.amount));
    case "bounded":
      return pay.bounded[step.bound](pay.of[step.on], grouped(step.limit), grouped(step.before), grouped(step.amount));
    case "earnings":
      return pay.earnings(grouped(step.fixed), grouped(step.performance), grouped(step.amount));
    case "draw":
      return drawText(step, texts);
    case "drawAhead":
      return pay.drawAhead(sourceText(step, texts, nameOf), grouped(step.amount));
    case "lessDraw":
      return pay.lessDraw(grouped(step.before), grouped(step.draw), grouped(step.amount));
    case "trueUp":
      return pay.trueUp[step.policy](grouped(step.balance), grouped(step.amount));
    case "contract":
      return contractText(step, texts);
  }
}

function drawText(step: StepOf<"draw">, texts: Texts): string {
  const { pay } = texts;
  const clauses = [
    pay.draw[step.timing](grouped(step.draw), pay.of[step.on], grouped(step.earned)),
    ...(isZero(step.toppedUp) ? [] : [pay.toppedUp[step.timing](grouped(step.toppedUp))]),
    ...(isZero(step.recovered) ? [] : [pay.recovered(grouped(step.recovered))]),
    pay.balance(grouped(step.before), grouped(step.after)),
    pay.pays(grouped(step.amount)),
  ];
  return `${clauses.join(texts.semicolon)}${texts.stop}`;
}

function contractText(step: StepOf<"contract">, texts: Texts): string {
  const { pay } = texts;
  const { before, now, of } = step.months;
  const clauses = [
    pay.contract(step.contract, instantText(step.issued), step.rate, grouped(step.value), grouped(step.commission)),
    ...(isZero(step.advanced) ? [] : [pay.advanced(grouped(step.advanced))]),
    ...(now === before ? [] : [pay.months(before + 1, now, of, grouped(step.earned))]),
    ...(isZero(step.repaid) ? [] : [pay.repaid(grouped(step.repaid))]),
    ...(step.lapsed === undefined ? [] : [pay.lapsed(instantText(step.lapsed), grouped(step.chargedBack))]),
    pay.open(grouped(step.balance)),
    pay.pays(grouped(step.paid)),
  ];
  return `${clauses.join(texts.semicolon)}${texts.stop}`;
}

function sourceText(
  { role, target }: { readonly role?: string | undefined; readonly target?: string | undefined },
  { pay }: Texts,
  nameOf: NameOf,
): string | undefined {
  if (role !== undefined) return pay.asRole(nameOf("role", role));
  return target === undefined ? undefined : pay.byTarget(nameOf("target", target));
}

function placeText({ unit, role }: StepOf<"adjusted">, nameOf: NameOf): string | undefined {
  if (unit !== undefined) return nameOf("subject", unit);
  return role === undefined ? undefined : nameOf("role", role);
}

function isZero(amount: string): boolean {
  return /^-?0*(?:\.0*)?$/.test(amount);
}

import type { Step } from "#domain/line.ts";
import { grouped, instantText } from "./figures.ts";
import type { NameOf } from "./names.ts";
import type { Texts } from "./texts/en.ts";

const BENEFIT_STEP_NAMES = ["orders", "gifts", "points", "used", "balance", "honour", "penalty"] as const;

/** A sentence, and the facts behind it. */
interface Told {
  readonly sentence: string;
  readonly details: readonly string[];
}

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;
export type BenefitStep = StepOf<(typeof BENEFIT_STEP_NAMES)[number]>;

export function isBenefitStep(step: Step): step is BenefitStep {
  return BENEFIT_STEP_NAMES.some((name) => name === step.step);
}

/** The steps of rebates, gifts, points, honours and penalties, in words; details are the facts behind them. */
export function explainBenefit(step: BenefitStep, texts: Texts, nameOf: NameOf): Told {
  const told = texts.benefits;
  switch (step.step) {
    case "orders":
      return {
        sentence:
          step.unitValue === undefined
            ? told.orders(step.rate, step.orders.length)
            : told.ordersInGoods(step.rate, step.orders.length, grouped(step.unitValue)),
        details: step.orders.map((order) => orderText(order, texts)),
      };
    case "gifts":
      return {
        sentence: giftText(step, texts),
        details: step.given.map(({ fact, occurredAt, recipient, pieces }) =>
          told.given(instantText(occurredAt), fact, grouped(pieces), recipient),
        ),
      };
    case "points":
      return {
        sentence: told.points(step.programme, step.rate),
        details: step.facts.map(({ fact, occurredAt, value, factor, factors, exact }) =>
          told.pointsOf(instantText(occurredAt), fact, grouped(value), factor, factors, grouped(exact)),
        ),
      };
    case "used":
      return {
        sentence: told.used[step.how],
        details: step.movements.map(({ at, fact, points, missing }) =>
          told.moved(instantText(at), fact, grouped(points), missing && grouped(missing)),
        ),
      };
    case "balance": {
      const { programme, before, earned, redeemed, expired, after } = step;
      const [was, plus, less, gone, is] = [before, earned, redeemed, expired, after].map(grouped);
      const sentence = told.balance(programme, was ?? "", plus ?? "", less ?? "", gone ?? "", is ?? "");
      return { sentence, details: [] };
    }
    case "honour":
      return { sentence: honourText(step, texts, nameOf), details: [] };
    case "penalty":
      return { sentence: penaltyText(step, texts), details: [] };
  }
}

function orderText(order: StepOf<"orders">["orders"][number], { benefits: told, comma }: Texts): string {
  const { fact, occurredAt, value, outcome, due, evidence, amount } = order;
  const clauses = [
    told.order(instantText(occurredAt), fact, grouped(value), grouped(amount)),
    ...(outcome === "counts" ? [] : [told.orderOutcomes[outcome]]),
    ...(evidence === undefined ? [] : [told.evidence(evidence)]),
    ...(due === undefined || evidence !== undefined ? [] : [told.evidenceDue(instantText(due))]),
  ];
  return clauses.join(comma);
}

function giftText(step: StepOf<"gifts">, { benefits: told, semicolon, stop }: Texts): string {
  const each = step.for === "every" ? told.giftEvery(grouped(step.every ?? "")) : told.giftFor[step.for];
  const limited =
    step.limit === undefined || step.earned === step.amount ? [] : [told.giftLimit(step.limit, grouped(step.earned))];
  return `${[told.gifts(step.item, grouped(step.pieces), each, grouped(step.amount)), ...limited].join(semicolon)}${stop}`;
}

function honourText(step: StepOf<"honour">, texts: Texts, nameOf: NameOf): string {
  const { benefits: told, semicolon, stop, listComma } = texts;
  const holders = step.before.map((id) => nameOf("subject", id)).join(listComma);
  const mark = step.threshold === undefined ? undefined : grouped(step.threshold);
  const earned =
    step.value === undefined
      ? told.honourKept(step.badge)
      : told.honour(step.badge, grouped(step.value), mark, step.of);
  const clauses = [
    earned,
    ...(step.how === "again" ? [told.honourAgain] : []),
    ...(step.how === "new" && holders !== "" ? [told.honourFrom(holders)] : []),
    ...(step.thenId ? [told.honourById] : []),
  ];
  return `${clauses.join(semicolon)}${stop}`;
}

function penaltyText(step: StepOf<"penalty">, { benefits: told, semicolon, stop }: Texts): string {
  const why =
    step.because === "below"
      ? told.penaltyBelow(grouped(step.value), grouped(step.threshold ?? ""), grouped(step.missing ?? ""))
      : told.penaltyLast(grouped(step.value), step.rank ?? 0, step.of ?? 0);
  const clauses = [
    told.penalty(step.card, why),
    ...(step.insteadOf === undefined ? [] : [told.penaltyInstead(step.insteadOf, step.cards)]),
    ...(step.fine === undefined ? [] : [told.fine(grouped(step.fine))]),
  ];
  return `${clauses.join(semicolon)}${stop}`;
}

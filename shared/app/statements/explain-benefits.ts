import type { Step } from "#domain/line.ts";
import { durationText, grouped, instantText } from "./figures.ts";
import type { Explanation, Teller } from "./teller.ts";
import type { Texts } from "./texts/en.ts";

const BENEFIT_STEP_NAMES = ["orders", "gifts", "points", "used", "balance", "honour", "penalty"] as const;

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;
export type BenefitStep = StepOf<(typeof BENEFIT_STEP_NAMES)[number]>;

export function isBenefitStep(step: Step): step is BenefitStep {
  return BENEFIT_STEP_NAMES.some((name) => name === step.step);
}

/** The steps of rebates, gifts, points, honours and penalties, in words; details are the facts behind them. */
export function explainBenefit(step: BenefitStep, teller: Teller): Explanation {
  const { texts, nameOf } = teller;
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
        sentence: giftText(step, teller),
        details: givenTexts(step, teller),
      };
    case "points":
      return {
        sentence: told.points(nameOf("named", step.programme), step.rate),
        details: step.facts.map(({ fact, occurredAt, value, factor, factors, exact }) =>
          told.pointsOf(
            instantText(occurredAt),
            fact,
            grouped(value),
            factor,
            factors.map((id) => nameOf("named", id)),
            grouped(exact),
          ),
        ),
      };
    case "used":
      return {
        sentence: told.used[step.how],
        details: step.movements.map(({ at, fact, points, missing }) =>
          told.moved(instantText(at), fact, grouped(points), missing && grouped(missing)),
        ),
      };
    case "balance":
      return { sentence: balanceText(step, teller), details: [] };
    case "honour":
      return { sentence: honourText(step, teller), details: [] };
    case "penalty":
      return { sentence: penaltyText(step, teller), details: [] };
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

function giftText(step: StepOf<"gifts">, { texts, nameOf }: Teller): string {
  const { benefits: told, semicolon, stop } = texts;
  const each = step.for === "every" ? told.giftEvery(grouped(step.every ?? "")) : told.giftFor[step.for];
  const limited =
    step.limit === undefined || step.earned === step.amount ? [] : [told.giftLimit(step.limit, grouped(step.earned))];
  return `${[told.gifts(nameOf("named", step.item), grouped(step.pieces), each, grouped(step.amount)), ...limited].join(semicolon)}${stop}`;
}

/** Who got a piece, and for whom none was left: the stock goes in the order of the facts (engine/modifiers/limits.ts). */
function givenTexts({ given }: StepOf<"gifts">, { texts, about }: Teller): string[] {
  const { benefits: told, comma } = texts;
  let left = about?.handedOut === undefined ? undefined : BigInt(about.handedOut);
  return given.map(({ fact, occurredAt, recipient, pieces }) => {
    const line = told.given(instantText(occurredAt), fact, grouped(pieces), recipient);
    if (left === undefined) return line;
    const asked = BigInt(pieces);
    const got = left < asked ? left : asked;
    left -= got;
    if (got === asked) return line;
    return `${line}${comma}${got === 0n ? told.noneLeft : told.someLeft(grouped(String(got)))}`;
  });
}

function balanceText(step: StepOf<"balance">, { texts, nameOf, plan, about }: Teller): string {
  const { benefits: told } = texts;
  const { before, earned, redeemed, expired, after } = step;
  const [was, plus, less, gone, is] = [before, earned, redeemed, expired, after].map(grouped);
  const programme = nameOf("named", step.programme);
  const balance = told.balance(programme, was ?? "", plus ?? "", less ?? "", gone ?? "", is ?? "");
  const lasts = plan.pointsLast(about?.reward ?? "");
  if (lasts === undefined || /^[-0]/.test(after)) return balance;
  return `${balance}${texts.between}${told.pointsLast(durationText(lasts, texts))}`;
}

function honourText(step: StepOf<"honour">, { texts, nameOf }: Teller): string {
  const { benefits: told, semicolon, stop, listComma } = texts;
  const badge = nameOf("named", step.badge);
  const holders = step.before.map((id) => nameOf("subject", id)).join(listComma);
  const mark = step.threshold === undefined ? undefined : grouped(step.threshold);
  const won = step.ranking === undefined ? undefined : told.honourWon(badge, nameOf("reward", step.ranking));
  const earned =
    step.value === undefined ? told.honourKept(badge) : (won ?? told.honour(badge, grouped(step.value), mark, step.of));
  const clauses = [
    earned,
    ...(step.how === "again" ? [told.honourAgain] : []),
    ...(step.how === "new" && holders !== "" ? [told.honourFrom(holders)] : []),
    ...(step.thenId ? [told.honourById] : []),
  ];
  return `${clauses.join(semicolon)}${stop}`;
}

function penaltyText(step: StepOf<"penalty">, { texts, nameOf }: Teller): string {
  const { benefits: told, semicolon, stop } = texts;
  const why =
    step.because === "below"
      ? told.penaltyBelow(grouped(step.value), grouped(step.threshold ?? ""), grouped(step.missing ?? ""))
      : told.penaltyLast(grouped(step.value), step.rank ?? 0, step.of ?? 0);
  const clauses = [
    told.penalty(nameOf("named", step.card), why),
    ...(step.insteadOf === undefined ? [] : [told.penaltyInstead(nameOf("named", step.insteadOf), step.cards)]),
    ...(step.fine === undefined ? [] : [told.fine(grouped(step.fine))]),
  ];
  return `${clauses.join(semicolon)}${stop}`;
}

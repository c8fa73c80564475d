import type { Step } from "#domain/line.ts";
import { grouped, instantText, partText } from "./figures.ts";
import type { NameOf } from "./names.ts";
import type { Texts } from "./texts/en.ts";

type ModifierStep = Extract<
  Step,
  { step: "multiplied" | "cancelled" | "toDate" | "coefficient" | "capped" | "deducted" | "budget" | "instalment" }
>;

/** What is done to an award of any kind before it is paid, in words. */
export function explainModifier(step: ModifierStep, texts: Texts, nameOf: NameOf): string {
  switch (step.step) {
    case "multiplied":
      return texts.multiplied(
        step.factors.map((id) => nameOf("named", id)).join(texts.listComma),
        step.factor,
        step.sales,
        grouped(step.before),
        grouped(step.amount),
      );
    case "cancelled":
      return texts.cancelledSale(
        step.fact,
        instantText(step.occurredAt),
        instantText(step.cancelledAt),
        grouped(step.earned),
        partText(step.keeps),
        grouped(step.amount),
      );
    case "toDate":
      return texts.toDate(
        nameOf("named", step.since),
        grouped(step.earned),
        grouped(step.before),
        grouped(step.amount),
      );
    case "coefficient":
      return texts.coefficient(
        nameOf("reward", step.scorecard),
        step.grade && nameOf("scored", step.grade),
        step.factor,
        grouped(step.before),
        grouped(step.amount),
      );
    case "capped":
      return texts.capped(grouped(step.cap), grouped(step.before), grouped(step.amount));
    case "deducted":
      return texts.deducted(
        nameOf("named", step.id),
        step.rate,
        grouped(step.of),
        grouped(step.taken),
        grouped(step.left),
      );
    case "budget":
      return budgetText(step, texts, nameOf);
    case "instalment":
      return step.proportion === undefined
        ? texts.instalment(
            nameOf("named", step.id),
            step.part,
            grouped(step.of),
            step.due && instantText(step.due),
            grouped(step.amount),
          )
        : texts.instalmentShare(
            nameOf("named", step.id),
            step.part,
            grouped(step.of),
            partText(step.proportion),
            grouped(step.amount),
          );
  }
}

function budgetText(step: Extract<Step, { step: "budget" }>, texts: Texts, nameOf: NameOf): string {
  const limit = grouped(step.limit);
  const before = grouped(step.before);
  const amount = grouped(step.amount);
  switch (step.policy) {
    case "firstCome":
      return texts.budgetFirstCome(nameOf("named", step.budget), limit, before, amount);
    case "proRata":
      return texts.budgetProRata(nameOf("named", step.budget), limit, grouped(step.earned), before, amount);
    case "stock":
      return texts.budgetStock(nameOf("stock", step.budget), limit, before, amount);
  }
}

import type { Step } from "#domain/line.ts";
import { grouped, partText, scoreText } from "./figures.ts";
import type { NameOf } from "./names.ts";
import type { Texts } from "./texts/en.ts";

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;
type ScorecardStep = StepOf<"kpi" | "total" | "scored" | "grade" | "scorePay" | "consequence">;
type PoolStep = StepOf<"pot" | "potShare" | "potAverage" | "potPaid">;
type OverrideStep = StepOf<"team" | "override">;

/** The steps of a scorecard, in words. */
export function explainScorecard(step: ScorecardStep, words: Texts, nameOf: NameOf): string {
  const { shares: texts, comma, stop, listComma } = words;
  const named = (id: string) => nameOf("scored", id);
  switch (step.step) {
    case "kpi":
      return explainKpi(step, texts, named, nameOf);
    case "total": {
      const [exact, total] = [scoreText(step.exact), scoreText(step.total)];
      const rounded = exact === total ? texts.total(total) : texts.totalRounded(exact, total);
      return step.weights === "100%" ? rounded : `${texts.totalOfWeights(step.weights)}${words.between}${rounded}`;
    }
    case "scored":
      return texts.scored(nameOf("reward", step.scorecard), grouped(step.total));
    case "grade": {
      const results = step.result === undefined ? [] : [texts.results[step.result]];
      const clauses = [
        texts.grade(named(step.grade), scoreText(step.from)),
        ...results.filter((result) => result !== named(step.grade)),
        ...(step.pays === undefined ? [] : [texts.gradePays(grouped(step.pays))]),
        ...(step.factor === undefined ? [] : [texts.gradeFactor(step.factor)]),
        ...(step.next === undefined ? [] : [texts.nextGrade(named(step.next.grade), scoreText(step.next.missing))]),
      ];
      return `${clauses.join(comma)}${stop}`;
    }
    case "scorePay":
      return texts.scorePay(scoreText(step.points), grouped(step.perPoint), grouped(step.exact), grouped(step.amount));
    case "consequence": {
      const slices = step.grades.map(({ slice, grade }) =>
        slice === "" ? named(grade) : `${nameOf("named", slice)} ${named(grade)}`,
      );
      return texts.consequence(nameOf("named", step.flag), named(step.id), slices.join(listComma));
    }
  }
}

function explainKpi(
  step: StepOf<"kpi">,
  texts: Texts["shares"],
  named: (id: string) => string,
  nameOf: NameOf,
): string {
  const kpi = named(step.kpi);
  if (step.missing === "excluded") return texts.kpiExcluded(kpi);
  if (step.missing === "reweight") return texts.kpiReweighted(kpi);
  if (step.missing === "zero") return texts.kpiZero(kpi, step.weight);
  const own = step.result ?? "";
  const result =
    step.target === undefined ? grouped(own) : texts.kpiOfTarget(partText(own), nameOf("target", step.target));
  return step.unmet
    ? texts.kpiUnmet(kpi, result, named(step.unmet.kpi), step.unmet.atLeast, scoreText(step.unmet.score))
    : texts.kpi(kpi, result, scoreText(step.score ?? ""), step.weight);
}

/** The steps of a pool, in words. */
export function explainPool(step: PoolStep, { shares: texts }: Texts, nameOf: NameOf): string {
  switch (step.step) {
    case "pot":
      return step.rate === undefined || step.value === undefined || step.measure === undefined
        ? texts.pot(grouped(step.amount), step.sharers)
        : texts.potOf(
            grouped(step.amount),
            step.rate,
            grouped(step.value),
            nameOf("measure", step.measure),
            step.sharers,
          );
    case "potShare": {
      const weighed = (text = "") => (step.by === "attainment" ? partText(text) : grouped(text));
      return step.by === "rank"
        ? texts.potPlaces(step.places?.from ?? 0, step.places?.to ?? 0, partText(step.share), grouped(step.amount))
        : texts.potPart(
            texts.potShare[step.by],
            weighed(step.own),
            weighed(step.all),
            partText(step.share),
            grouped(step.amount),
          );
    }
    case "potAverage":
      return texts.potAverage(
        grouped(step.contribution),
        grouped(step.average),
        grouped(step.before),
        grouped(step.residual),
        grouped(step.amount),
      );
    case "potPaid":
      return texts.potPaid(grouped(step.exact), grouped(step.amount));
  }
}

/** The steps of an override, in words; `details` say who brought what. */
export function explainOverride(
  step: OverrideStep,
  { shares: texts, listComma }: Texts,
  nameOf: NameOf,
): { readonly sentence: string; readonly details: readonly string[] } {
  const unit = nameOf("subject", step.unit);
  if (step.step === "team") {
    const of =
      step.measure === undefined
        ? (step.rewards ?? []).map((id) => nameOf("reward", id)).join(listComma)
        : nameOf("measure", step.measure);
    const sum = grouped(step.sum);
    return {
      sentence:
        step.own === undefined ? texts.team(unit, of, sum) : texts.teamWithout(unit, of, sum, grouped(step.own)),
      details: step.parts.map(({ id, value }) => texts.teamPart(nameOf("subject", id), grouped(value))),
    };
  }
  const [base, whole] = [grouped(step.base), grouped(step.whole)];
  if (step.leaders === 0) return { sentence: texts.overrideUnled(unit, step.rate, base, whole), details: [] };
  const sentence = step.shared
    ? texts.overrideShared(unit, step.rate, base, whole, step.leaders, grouped(step.amount))
    : texts.override(unit, step.rate, base, whole);
  return { sentence, details: [] };
}

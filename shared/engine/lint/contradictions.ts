import { askText, canBothHold, conditionsOf, type PlacedCondition, surelyAsked } from "./condition-text.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Conditions that no fact can meet, by their texts alone: `product == "A"` here and `product == "B"` there. */
export function contradictionFindings({ plan }: LintContext): Finding[] {
  const { counts, measures } = conditionsOf(plan);
  return [
    ...[...counts, ...measures].flatMap(constant),
    ...counts.flatMap((clause, index) => contradiction(clause, [...counts.slice(0, index), clause])),
    // A measure is computed of the facts that count.
    ...measures.flatMap((measure) => contradiction(measure, [...counts, measure])),
  ];
}

function constant({ path, name, text }: PlacedCondition): Finding[] {
  const word = text.trim();
  if (word !== "true" && word !== "false") return [];
  return [
    {
      code: "condition-constant",
      severity: word === "true" ? "warns" : "blocks",
      path,
      message: `${name} ${word === "true" ? "always holds" : "never holds: 0 facts can pass it"}`,
      seen: text,
      mend: word === "true" ? "remove it" : "say what must hold",
    },
  ];
}

function contradiction(condition: PlacedCondition, others: readonly PlacedCondition[]): Finding[] {
  const own = surelyAsked(condition.text);
  for (const other of others) {
    for (const theirs of surelyAsked(other.text)) {
      const clash = own.find((ask) => !canBothHold(ask, theirs));
      if (!clash) continue;
      const where = other === condition ? "and also" : `and ${other.name} asks for`;
      return [
        {
          code: "conditions-contradict",
          severity: "blocks",
          path: condition.path,
          message: `${condition.name} asks for ${askText(clash)}, ${where} ${askText(theirs)}: 0 facts can pass both`,
          seen: condition.text,
          mend: "correct one of the two, or join them by ||",
        },
      ];
    }
  }
  return [];
}

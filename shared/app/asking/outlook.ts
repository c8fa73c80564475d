import { addExact, formatDecimal, parseDecimal } from "#domain/decimal.ts";
import type { Line, NotAwarded, Payee, Settlement, Step } from "#domain/line.ts";
import { parseMoney } from "#domain/money.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import type { Rules } from "#engine/rules.ts";

/** How a subject stands in a reward, from the trace of what was decided. */
export interface Outlook {
  /** In the unit of the reward's measure. */
  value?: string;
  rank?: number;
  /** How many have a place. */
  of?: number;
  /** Why there is no award, where there is none. */
  obstacles?: string[];
  /** What would be needed for the next step. */
  next: NextStep[];
}

export interface NextStep {
  toward: "gate" | "target" | "milestone" | "place" | "prize";
  /** Whose value is to rise, in what, and by how much: at equality a gate or target is reached, and a place is shared or decided by the tie policy. */
  subject: string;
  measure: string;
  missing: string;
  /** The target's label; of a milestone its mark as the plan says it. */
  target?: string;
  place?: number;
}

/**
 * Whom a reward looks at for a person: themself, or the unit of the reward's level that a sale of theirs at an instant
 * would count for. Undefined when there is none.
 */
export function subjectOf(
  { directory }: Rules,
  { level }: Reward,
  participantId: string,
  at: number,
): Payee | undefined {
  if (level === "participant") return { kind: "participant", id: participantId };
  const leaf = directory.membershipAt(participantId, at)?.unit;
  const unit = leaf === undefined ? undefined : directory.ancestorAt(leaf, level);
  return unit === undefined ? undefined : { kind: "unit", id: unit };
}

/** The slice of a reward in which an instant lies; undefined for the whole campaign, or where it lies in none. */
export function sliceAt({ plan }: Rules, { per }: Reward, at: number): string | undefined {
  return sliceWindows(plan, per).find(({ start, end }) => start <= at && at < end)?.id || undefined;
}

/**
 * What a person gets of a reward in all, due or held, in what it pays; and how the subject stands that it looks at, in one
 * slice of it.
 */
export function outlookOf(
  rules: Rules,
  settlement: Pick<Settlement, "lines" | "held" | "components" | "notAwarded">,
  reward: Reward,
  participantId: string,
  subject: Payee | undefined,
  slice: string | undefined,
): { readonly amountMinor: number; readonly outlook: Outlook } {
  const { lines, held = [], components = [], notAwarded } = settlement;
  const unit = unitOfPay(rules.plan, reward);
  const earned = [...lines, ...held, ...components].filter((line) => line.reward === reward.id);
  const amountMinor = earned
    .filter(({ payee, currency }) => payee.kind === "participant" && payee.id === participantId && currency === unit)
    .reduce((sum, { amount }) => addExact(sum, parseMoney(amount, unit) ?? 0), 0);
  const decided = [...earned, ...notAwarded].find(
    (item) =>
      item.reward === reward.id &&
      item.slice === slice &&
      subject !== undefined &&
      judgedIn(item.trace, item) === subject.id,
  );
  if (!decided || !subject) return { amountMinor, outlook: { next: [] } };
  const { trace, rank } = decided;
  const measured = trace.find((step) => step.step === "measure");
  const place = trace.find((step) => step.step === "place");
  const obstacles = trace.flatMap((step) =>
    step.step === "nothing" || step.step === "excluded" ? [step.message] : [],
  );
  return {
    amountMinor,
    outlook: {
      ...(measured ? { value: measured.value } : {}),
      ...(rank === undefined ? {} : { rank }),
      ...(place ? { of: place.of } : {}),
      ...(obstacles.length === 0 ? {} : { obstacles }),
      next: measured ? nextSteps(rules, trace, subject.id, measured) : [],
    },
  };
}

/** A trace begins with what its subject sold, those of a unit's people with the unit's; without it whose award it is. */
function judgedIn(trace: readonly Step[], item: Line | NotAwarded): string | undefined {
  const first = trace.find((step) => step.step === "measure" || step.step === "ratio");
  return first?.subject ?? ("payee" in item ? item.payee : item.subject).id;
}

function nextSteps(
  rules: Rules,
  trace: readonly Step[],
  subject: string,
  { measure, value }: Extract<Step, { step: "measure" }>,
): NextStep[] {
  // Points of a scorecard are no part of the measure: more of it leads to the next place in ways that no number says.
  const byTotal = trace.some(({ step }) => step === "scored");
  const steps = trace.flatMap((step): NextStep[] => {
    if (byTotal && (step.step === "place" || step.step === "nothing")) return [];
    switch (step.step) {
      case "gate":
        if (step.missing === undefined) return [];
        return [
          {
            toward: "gate",
            subject: step.subject,
            measure: step.measure,
            missing: step.missing,
            ...(step.target === undefined ? {} : { target: step.target }),
          },
        ];
      case "reach":
        if (step.missing === undefined) return [];
        return [{ toward: "target", subject, measure, missing: step.missing, target: step.target }];
      case "milestone":
        if (step.missing === undefined) return [];
        return [{ toward: "milestone", subject, measure, missing: step.missing, target: step.at }];
      case "place": {
        // In a race, who reached a target earlier cannot be overtaken by selling more.
        if (!step.ahead || step.rank === undefined || step.rank === 1 || step.by.rule === "target") return [];
        const missing = lessThan(rules, measure, value, step.ahead.value);
        return missing === undefined ? [] : [{ toward: "place", subject, measure, missing, place: step.rank - 1 }];
      }
      case "nothing":
        return step.missing === undefined ? [] : [{ toward: "prize", subject, measure, missing: step.missing }];
      default:
        return [];
    }
  });
  const nextMilestone = steps.find(({ toward }) => toward === "milestone");
  const ahead = steps.filter((step) => step.toward !== "milestone" || step === nextMilestone);
  // What a reward says of its own nothing can be what one of its targets or milestones said already.
  const told = new Set(
    ahead.filter(({ toward }) => toward === "target" || toward === "milestone").map(({ missing }) => missing),
  );
  return ahead.filter(({ toward, missing }) => toward !== "prize" || !told.has(missing));
}

function lessThan({ measures }: Rules, measure: string, value: string, ahead: string): string | undefined {
  const digits = measures.get(measure)?.digits ?? 0;
  const [own, other] = [parseDecimal(value, digits), parseDecimal(ahead, digits)];
  return own === undefined || other === undefined ? undefined : formatDecimal(other - own, digits);
}

import { parseDecimal, parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import { addDuration, isDuration, localToInstant } from "../../time.ts";
import { multipliersOf } from "../asked.ts";
import type { Plan, Reward } from "../plan.ts";
import { componentProblems } from "./components.ts";
import { earlierProblems } from "./earlier.ts";
import { factsPaidProblems } from "./facts-paid.ts";

/** What is wrong with slices, coefficient, cap, deductions and instalments: what any kind of reward can have. */
export function modifierProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  return [
    ...sliceProblems(plan, reward, path),
    ...coefficientProblems(plan, reward, path),
    ...capProblems(reward, path),
    ...deductionProblems(reward, path),
    ...instalmentProblems(plan, reward, path),
    ...multiplierProblems(plan, reward, path),
    ...factsPaidProblems(plan, reward, path),
    ...componentProblems(plan, reward, path),
  ];
}

/** Amounts of the header that are paid or rounded to as they stand, and so must be whole minor units. */
export function headerAmounts({ cap, coefficient, deductions }: Reward): readonly { at: string; text: string }[] {
  return [
    ...(cap ? [{ at: "cap/amount", text: cap.amount }] : []),
    ...(coefficient ? [{ at: "coefficient/rounding/unit", text: coefficient.rounding.unit }] : []),
    ...(deductions?.items ?? []).flatMap(({ amount }, index) =>
      amount === undefined ? [] : [{ at: `deductions/items/${index}/amount`, text: amount }],
    ),
  ];
}

function sliceProblems({ windows }: Plan, { kind, per, accumulate }: Reward, path: string): Problem[] {
  const problems: Problem[] = [];
  const isSliced = per !== undefined && per !== "campaign";
  if (isSliced && accumulate === undefined) {
    problems.push({
      code: "policy-missing",
      path: `${path}/accumulate`,
      message: "a reward that is decided by slices must say what the pay of a slice looks at",
      allowed: "slice (that slice alone) or toDate (everything since the start, less what earlier slices paid)",
    });
  }
  if (!isSliced && accumulate !== undefined) {
    problems.push({
      code: "policy-impossible",
      path: `${path}/accumulate`,
      message: "the campaign as a whole has no slices to add up",
      seen: accumulate,
      mend: "remove accumulate, or say per: month",
    });
  }
  if (isSliced && accumulate === "toDate" && (kind === "race" || kind === "ranking")) {
    problems.push({
      code: "policy-impossible",
      path: `${path}/accumulate`,
      message: `the places of a ${kind} are won once: a later slice would take back the prizes of an earlier one`,
      seen: "toDate",
      allowed: "slice",
    });
  }
  if (typeof per === "object" && !windows.some(({ id }) => id === per.windows)) {
    problems.push({
      code: "unknown-windows",
      path: `${path}/per/windows`,
      message: `the plan has no list of windows ${per.windows}`,
      seen: per.windows,
      allowed: windows.map(({ id }) => id).join(", ") || "a list under `windows`",
    });
  }
  return problems;
}

function coefficientProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  if (!reward.coefficient) return [];
  const { scorecard: id, rounding } = reward.coefficient;
  // Who is paid by an override are people, whatever unit they lead.
  const level = reward.kind === "override" ? "participant" : reward.level;
  const at = `${path}/coefficient/scorecard`;
  const lacks = "no grades to multiply by";
  const named = earlierProblems(plan, reward, { id, at, kind: "scorecard", level, lacks, has: "a grade" });
  if (named.length > 0) return named;
  if ((parseDecimal(rounding.unit, 8) ?? 0) > 0) return [];
  const message = "the rounding unit must be above zero";
  const unit = { path: `${path}/coefficient/rounding/unit`, message, seen: rounding.unit };
  return [{ code: "bad-rounding-unit", ...unit, allowed: "0.01 for fen, 1 for yuan" }];
}

function capProblems({ cap }: Reward, path: string): Problem[] {
  if (!cap || (parseRational(cap.amount)?.num ?? 0n) > 0n) return [];
  const message = "a cap of nothing pays nobody anything";
  return [{ code: "bad-cap", path: `${path}/cap/amount`, message, seen: cap.amount, allowed: "an amount above zero" }];
}

function deductionProblems({ deductions }: Reward, path: string): Problem[] {
  const items = deductions?.items ?? [];
  return items.flatMap(({ id, rate, amount }, index): Problem[] => {
    const at = `${path}/deductions/items/${index}`;
    if (items.findIndex((other) => other.id === id) !== index)
      return [{ code: "duplicate-id", path: `${at}/id`, message: `${id} stands twice in the deductions`, seen: id }];
    if ((rate === undefined) === (amount === undefined)) {
      const said = rate === undefined ? "neither a rate nor an amount" : "both a rate and an amount";
      const mend = 'give one of them: rate: "10%" or amount: "15.00"';
      return [{ code: "rate-or-amount", path: at, message: `the deduction ${id} says ${said}`, mend }];
    }
    const { num, den } = parseRational(rate ?? "0") ?? { num: 0n, den: 1n };
    if (num <= den) return [];
    const message = `the deduction ${id} takes more than there is`;
    return [{ code: "part-above-whole", path: `${at}/rate`, message, seen: rate ?? "", allowed: "at most 100%" }];
  });
}

function instalmentProblems({ measures, period }: Plan, { instalments }: Reward, path: string): Problem[] {
  if (!instalments) return [];
  const problems: Problem[] = [];
  const sum = instalments.reduce(
    (total, { part }) => {
      const { num, den } = parseRational(part) ?? { num: 0n, den: 1n };
      return { num: total.num * den + num * total.den, den: total.den * den };
    },
    { num: 0n, den: 1n },
  );
  if (sum.num !== sum.den) {
    problems.push({
      code: "parts-not-whole",
      path: `${path}/instalments`,
      message: "the parts of the instalments do not sum to the whole",
      seen: instalments.map(({ part }) => part).join(" + "),
      allowed: "parts that sum to 100%",
    });
  }
  instalments.forEach(({ id, after, provided, inProportionTo }, index) => {
    const at = `${path}/instalments/${index}`;
    if (instalments.findIndex((other) => other.id === id) !== index)
      problems.push({
        code: "duplicate-id",
        path: `${at}/id`,
        message: `${id} stands twice in the instalments`,
        seen: id,
      });
    if (!isDuration(after)) {
      const message = `${after} is not an ISO 8601 duration`;
      problems.push({ code: "bad-duration", path: `${at}/after`, message, seen: after, allowed: "P0D, P3M, P1Y, …" });
    } else if (isBeyondCalendar(period, after)) {
      const message = `${after} after ${period.end} is beyond the calendar`;
      problems.push({ code: "bad-duration", path: `${at}/after`, message, seen: after, allowed: "P0D, P3M, P1Y, …" });
    }
    if (provided && inProportionTo !== undefined) {
      problems.push({
        code: "policy-impossible",
        path: at,
        message: `the instalment ${id} hangs on a condition and follows a proportion, which can disagree`,
        mend: "keep provided or inProportionTo",
      });
    }
    const asked = [
      [provided?.measure, `${at}/provided/measure`],
      [inProportionTo, `${at}/inProportionTo`],
    ] as const;
    for (const [measure, place] of asked) {
      if (measure === undefined || measures.some((one) => one.id === measure)) continue;
      const allowed = measures.map((one) => one.id).join(", ");
      problems.push({
        code: "unknown-measure",
        path: place,
        message: `there is no measure ${measure}`,
        seen: measure,
        allowed,
      });
    }
    const proportion = measures.find((one) => one.id === inProportionTo);
    if (proportion && !proportion.ratio) {
      const message = `${proportion.id} is not a ratio, so nothing can come due in proportion to it`;
      problems.push({ code: "not-a-ratio", path: `${at}/inProportionTo`, message, seen: proportion.id });
    }
  });
  return problems;
}

function isBeyondCalendar({ end, zone }: Plan["period"], after: string): boolean {
  const instant = localToInstant(end, zone);
  return instant !== undefined && addDuration(instant, after, zone) === undefined;
}

function multiplierProblems({ period }: Plan, reward: Reward, path: string): Problem[] {
  const factors = multipliersOf(reward)?.factors ?? [];
  return factors.flatMap(({ id, during }, index): Problem[] => {
    const at = `${path}/multipliers/factors/${index}`;
    const twice: Problem[] =
      factors.findIndex((other) => other.id === id) === index
        ? []
        : [{ code: "duplicate-id", path: `${at}/id`, message: `${id} stands twice in the multipliers`, seen: id }];
    if (!during) return twice;
    const [start, end] = [localToInstant(during.start, period.zone), localToInstant(during.end, period.zone)];
    const unreadable = (["start", "end"] as const)
      .filter((field) => localToInstant(during[field], period.zone) === undefined)
      .map((field) => ({
        code: "bad-local-time",
        path: `${at}/during/${field}`,
        message: `${during[field]} is not one instant in ${period.zone}`,
        seen: during[field],
        allowed: "a local date-time without offset, such as 2018-05-17T00:00, that the zone's clock shows exactly once",
      }));
    if (start === undefined || end === undefined || start < end) return [...twice, ...unreadable];
    const message = `the window ends at ${during.end}, not after it starts at ${during.start}`;
    return [...twice, { code: "empty-window", path: `${at}/during/end`, message, seen: during.end }];
  });
}

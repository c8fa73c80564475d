import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import { isDuration, localToInstant } from "../../time.ts";
import { multipliersOf } from "../asked.ts";
import type { Plan, Reward } from "../plan.ts";

/** What is wrong with slices, coefficient, deductions and instalments: what any kind of reward can have. */
export function modifierProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  return [
    ...sliceProblems(plan, reward, path),
    ...coefficientProblems(plan, reward, path),
    ...deductionProblems(reward, path),
    ...instalmentProblems(plan, reward, path),
    ...multiplierProblems(plan, reward, path),
  ];
}

function sliceProblems({ windows }: Plan, { per, accumulate }: Reward, path: string): Problem[] {
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

function coefficientProblems({ rewards }: Plan, reward: Reward, path: string): Problem[] {
  if (!reward.coefficient) return [];
  const { scorecard: id } = reward.coefficient;
  const before = rewards.slice(0, rewards.indexOf(reward));
  if (before.some((other) => other.id === id)) return [];
  return [
    {
      code: "unknown-reward",
      path: `${path}/coefficient/scorecard`,
      message: `no reward ${id} stands before ${reward.id}; rewards are decided in the plan's order`,
      seen: id,
      allowed: before.map((other) => other.id).join(", ") || "a scorecard that stands before it",
    },
  ];
}

function deductionProblems({ deductions }: Reward, path: string): Problem[] {
  return (deductions?.items ?? []).flatMap(({ id, rate, amount }, index): Problem[] =>
    (rate === undefined) === (amount === undefined)
      ? [
          {
            code: "rate-or-amount",
            path: `${path}/deductions/items/${index}`,
            message: `the deduction ${id} says ${rate === undefined ? "neither a rate nor an amount" : "both a rate and an amount"}`,
            mend: 'give one of them: rate: "10%" or amount: "15.00"',
          },
        ]
      : [],
  );
}

function instalmentProblems({ measures }: Plan, { instalments }: Reward, path: string): Problem[] {
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

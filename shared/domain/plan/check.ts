import { ConditionCompiler, FACT_VARIABLE_NAMES } from "../condition.ts";
import { canonicalDecimal, formatDecimal, isDecimal, parseDecimal } from "../decimal.ts";
import { currencyDigits } from "../money.ts";
import { type Problem, problemsOf, Refusal } from "../problem.ts";
import { addDuration, isDuration, isZone, localToInstant } from "../time.ts";
import { conditionsAsked } from "./asked.ts";
import { creditingProblems, measureProblems } from "./check-measures.ts";
import { rewardProblems } from "./check-reward.ts";
import { measureMarks, payableAmounts, prices } from "./checks/kinds.ts";
import { headerAmounts } from "./checks/modifiers.ts";
import { nameProblems } from "./checks/names.ts";
import { windowProblems } from "./checks/windows.ts";
import { disputeRuleProblems } from "./dispute-rules.ts";
import { measureDigits, type Plan, planSchema } from "./plan.ts";
import { uncountedProblems } from "./uncounted.ts";

export { type PlanInstants, planInstants } from "./instants.ts";

/** Reads a plan document; every problem is reported at once, each with its place in the document. */
export function parsePlan(document: unknown): Plan {
  const parsed = planSchema.safeParse(document);
  const problems = parsed.success ? planProblems(parsed.data) : problemsOf(parsed.error, "", document);
  if (problems.length > 0 || !parsed.success) {
    throw new Refusal(
      "invalid",
      `the plan has ${problems.length} problem${problems.length === 1 ? "" : "s"}`,
      problems,
    );
  }
  return parsed.data;
}

/** Rules that span several fields. A plan without problems can be computed; whether it is wise is the linter's business. */
export function planProblems(plan: Plan): Problem[] {
  return [
    ...periodProblems(plan),
    ...duplicateProblems(plan),
    ...conditionProblems(plan),
    ...audienceProblems(plan),
    ...uncountedProblems(plan.uncounted),
    ...creditingProblems(plan),
    ...measureProblems(plan),
    ...windowProblems(plan),
    ...plan.rewards.flatMap((reward, index) => rewardProblems(plan, reward, `/rewards/${index}`)),
    ...moneyProblems(plan),
    ...budgetProblems(plan),
    ...disputeRuleProblems(plan.disputes, plan.period.end),
    ...nameProblems(plan),
  ];
}

function periodProblems({ period, lateFacts, followUp = "P0D", currency }: Plan): Problem[] {
  const problems: Problem[] = [];
  if (currencyDigits(currency) === undefined) {
    problems.push({
      code: "unknown-currency",
      path: "/currency",
      message: `${currency} is not an ISO 4217 currency`,
      seen: currency,
      allowed: "a code such as CNY, USD, EUR",
    });
  }
  if (!isDuration(lateFacts)) {
    problems.push({
      code: "bad-duration",
      path: "/lateFacts",
      message: `${lateFacts} is not an ISO 8601 duration`,
      seen: lateFacts,
      allowed: "P15D, P1M, PT48H, P0D, …",
    });
  }
  if (!isDuration(followUp)) {
    problems.push({
      code: "bad-duration",
      path: "/followUp",
      message: `${followUp} is not an ISO 8601 duration`,
      seen: followUp,
      allowed: "P6M, P1Y, …",
    });
  }
  if (!isZone(period.zone)) {
    problems.push({
      code: "unknown-zone",
      path: "/period/zone",
      message: `${period.zone} is not an IANA time zone`,
      seen: period.zone,
      allowed: "a place such as Asia/Shanghai",
    });
    return problems;
  }
  const start = localToInstant(period.start, period.zone);
  const end = localToInstant(period.end, period.zone);
  for (const [field, instant] of [
    ["start", start],
    ["end", end],
  ] as const) {
    if (instant === undefined) {
      problems.push({
        code: "bad-local-time",
        path: `/period/${field}`,
        message: `${period[field]} is not one instant in ${period.zone}`,
        seen: period[field],
        allowed: "a local date-time without offset, such as 2018-05-01T00:00, that the zone's clock shows exactly once",
      });
    }
  }
  for (const [field, duration] of [
    ["lateFacts", lateFacts],
    ["followUp", followUp],
  ] as const) {
    if (end === undefined || !isDuration(duration) || addDuration(end, duration, period.zone) !== undefined) continue;
    problems.push({
      code: "bad-duration",
      path: `/${field}`,
      message: `${duration} after ${period.end} is beyond the calendar`,
      seen: duration,
      allowed: "P15D, P1M, PT48H, P0D, …",
    });
  }
  if (start !== undefined && end !== undefined && start >= end) {
    problems.push({
      code: "empty-period",
      path: "/period/end",
      message: `the period ends at ${period.end}, not after it starts at ${period.start}`,
      seen: period.end,
      allowed: `later than ${period.start}`,
    });
  }
  return problems;
}

function duplicateProblems(plan: Plan): Problem[] {
  return (["measures", "rewards", "budgets", "counts", "windows", "stocks"] as const).flatMap((list) => {
    const seen = new Set<string>();
    return plan[list].flatMap((item, index): Problem[] => {
      if (!seen.has(item.id)) {
        seen.add(item.id);
        return [];
      }
      return [
        {
          code: "duplicate-id",
          path: `/${list}/${index}/id`,
          message: `${item.id} stands twice in ${list}`,
          seen: item.id,
          mend: "give each its own id",
        },
      ];
    });
  });
}

/** A plan has a handful of conditions; ten thousand characters of them take a tenth of a second to read. */
const CONDITIONS_LENGTH = 100_000;

function conditionProblems(plan: Plan): Problem[] {
  const reserved = Object.keys(plan.attributes).filter((name) => FACT_VARIABLE_NAMES.includes(name));
  if (reserved.length > 0) {
    return reserved.map((name) => ({
      code: "reserved-attribute",
      path: `/attributes/${name}`,
      message: `every fact has ${name} already`,
      seen: name,
      mend: "remove the attribute, or give it another name",
    }));
  }
  const compiler = new ConditionCompiler(plan.attributes);
  const texts = [
    ...plan.counts.map((clause, index) => [`/counts/${index}/when`, clause.when] as const),
    ...plan.measures.flatMap((measure, index) =>
      measure.when === undefined ? [] : [[`/measures/${index}/when`, measure.when] as const],
    ),
    ...plan.rewards.flatMap((reward, index) =>
      conditionsAsked(reward).map(({ at, text }) => [`/rewards/${index}/${at}`, text] as const),
    ),
  ];
  const length = texts.reduce((sum, [, text]) => sum + text.length, 0);
  if (length > CONDITIONS_LENGTH) {
    const message = "the plan's conditions are too long together: every fact asks them";
    const allowed = `at most ${CONDITIONS_LENGTH} characters`;
    return [{ code: "long-conditions", path: "", message, seen: String(length), allowed }];
  }
  return texts.flatMap(([path, text]): Problem[] => {
    const problem = compiler.problem(text);
    return problem === undefined ? [] : [{ code: "bad-condition", path, seen: text, ...problem }];
  });
}

function audienceProblems({ audience }: Plan): Problem[] {
  if ((audience.units || audience.roles) && audience.membership === undefined) {
    return [
      {
        code: "policy-missing",
        path: "/audience/membership",
        message: "an audience of units or roles must say which membership is meant",
        allowed: "occurrence (where the seller worked at the sale) or periodEnd (where they work at the end)",
      },
    ];
  }
  return [];
}

/** Amounts must be whole minor units of the plan's currency, thresholds whole units of their measure: half a fen cannot be paid or reached. */
function moneyProblems(plan: Plan): Problem[] {
  const digits = currencyDigits(plan.currency);
  if (digits === undefined) return [];
  const amounts = [
    ...plan.rewards.flatMap((reward, index) =>
      [...payableAmounts(reward), ...headerAmounts(reward)].map(({ at, text }) => ({
        path: `/rewards/${index}/${at}`,
        text,
      })),
    ),
    ...plan.budgets.map((budget, index) => ({ path: `/budgets/${index}/amount`, text: budget.amount })),
    ...(plan.minimumPayout === undefined ? [] : [{ path: "/minimumPayout", text: plan.minimumPayout }]),
  ];
  const priced = plan.rewards.flatMap((reward, index) =>
    prices(reward).map(({ at, text }) => ({ path: `/rewards/${index}/${at}`, whole: text.split(".")[0] ?? text })),
  );
  const thresholds = plan.rewards.flatMap((reward, index) => [
    ...reward.gates.flatMap(({ measure, atLeast }, place) => {
      const path = `/rewards/${index}/gates/${place}/atLeast/value`;
      return "value" in atLeast ? [{ path, text: atLeast.value, measure }] : [];
    }),
    ...(reward.instalments ?? []).flatMap(({ provided }, place) => {
      const path = `/rewards/${index}/instalments/${place}/provided/atLeast/value`;
      return provided && "value" in provided.atLeast
        ? [{ path, text: provided.atLeast.value, measure: provided.measure }]
        : [];
    }),
    ...measureMarks(reward)
      .filter(({ text }) => isDecimal(text))
      .map(({ at, text }) => ({
        path: `/rewards/${index}/${at}`,
        text,
        measure: "measure" in reward ? reward.measure : "",
      })),
  ]);
  return [
    ...amounts.flatMap(({ path, text }) => sizeProblems(path, text, digits, `${plan.currency} can pay`)),
    ...priced.flatMap(({ path, whole }) => sizeProblems(path, whole, digits, `${plan.currency} can pay`)),
    ...thresholds.flatMap(({ path, text, measure: id }) => {
      const measure = plan.measures.find((item) => item.id === id);
      return measure ? sizeProblems(path, text, measureDigits(measure, digits), `${id} is measured`) : [];
    }),
  ];
}

function sizeProblems(path: string, text: string, digits: number, limit: string): Problem[] {
  if (parseDecimal(text, digits) !== undefined) return [];
  const isTooFine = (canonicalDecimal(text).split(".")[1] ?? "").length > digits;
  return [
    isTooFine
      ? {
          code: "too-fine",
          path,
          message: `${text} is finer than ${limit}`,
          seen: text,
          allowed: digits === 0 ? "a whole number" : `at most ${digits} digits after the point`,
        }
      : {
          code: "too-large",
          path,
          message: `${text} is beyond what can be computed exactly`,
          seen: text,
          allowed: `at most ${formatDecimal(Number.MAX_SAFE_INTEGER, digits)}`,
        },
  ];
}

function budgetProblems(plan: Plan): Problem[] {
  return plan.budgets.flatMap((budget, index) =>
    budget.rewards.flatMap((id, place): Problem[] => {
      const path = `/budgets/${index}/rewards/${place}`;
      if (!plan.rewards.some((reward) => reward.id === id)) {
        const allowed = plan.rewards.map((reward) => reward.id).join(", ");
        return [{ code: "unknown-reward", path, message: `there is no reward ${id}`, seen: id, allowed }];
      }
      if (budget.rewards.indexOf(id) === place) return [];
      const message = `${id} stands twice in the budget ${budget.id}, and would be counted twice`;
      return [{ code: "duplicate-id", path, message, seen: id, mend: "name it once" }];
    }),
  );
}

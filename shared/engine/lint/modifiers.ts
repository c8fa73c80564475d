import { addDuration, formatInZone, localToInstant } from "#domain/time.ts";
import { compare, exact, plus, ZERO } from "../kinds/exact.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

const LONGEST_WAIT = "P10Y";

/** What is done to awards of any kind: windows, deductions that leave nothing, instalments that nobody waits for, runs. */
export function modifierFindings(context: LintContext): Finding[] {
  return [
    ...windowFindings(context),
    ...deductionFindings(context),
    ...instalmentFindings(context),
    ...runFindings(context),
  ];
}

function windowFindings({ plan, rules }: LintContext): Finding[] {
  const { zone } = plan.period;
  return plan.windows.flatMap(({ windows }, list) =>
    windows.flatMap(({ id, start, end }, index): Finding[] => {
      const [from, to] = [localToInstant(start, zone) ?? 0, localToInstant(end, zone) ?? 0];
      if (from >= rules.instants.start && to <= rules.instants.end) return [];
      return [
        {
          code: "window-beyond-period",
          severity: "warns",
          path: `/windows/${list}/windows/${index}`,
          message: `the window ${id} from ${start} to ${end} reaches beyond the period, where no fact counts`,
          seen: `${start} to ${end}`,
          mend: `cut it to ${plan.period.start} and ${plan.period.end}`,
        },
      ];
    }),
  );
}

function deductionFindings({ plan }: LintContext): Finding[] {
  return plan.rewards.flatMap(({ id, deductions }, index): Finding[] => {
    if (!deductions) return [];
    const rates = deductions.items.flatMap(({ rate }) => (rate === undefined ? [] : [exact(rate)]));
    const one = exact("1");
    const takesAll =
      deductions.stacking === "together"
        ? compare(rates.reduce(plus, ZERO), one) >= 0
        : rates.some((rate) => compare(rate, one) >= 0);
    if (!takesAll) return [];
    const said = deductions.items.flatMap(({ rate }) => rate ?? []).join(" + ");
    return [
      {
        code: "deductions-leave-nothing",
        severity: "blocks",
        path: `/rewards/${index}/deductions`,
        message: `the deductions of ${id} take everything: ${said}`,
        seen: said,
        mend: "lower the rates until something is left",
      },
    ];
  });
}

function instalmentFindings({ plan, rules }: LintContext): Finding[] {
  const { zone } = plan.period;
  const latest = addDuration(rules.instants.end, LONGEST_WAIT, zone) ?? Number.POSITIVE_INFINITY;
  return plan.rewards.flatMap(({ instalments = [] }, index) =>
    instalments.flatMap(({ id, after }, place): Finding[] => {
      const due = addDuration(rules.instants.end, after, zone) ?? Number.POSITIVE_INFINITY;
      if (due <= latest) return [];
      return [
        {
          code: "late-instalment",
          severity: "warns",
          path: `/rewards/${index}/instalments/${place}/after`,
          message: `the instalment ${id} falls due on ${formatInZone(due, zone).slice(0, 10)}, more than 10 years after the end`,
          seen: after,
          mend: "check the duration: P3M is three months, P3Y three years",
        },
      ];
    }),
  );
}

const ORDER = ["day", "week", "month", "quarter", "year", "end"] as const;

/** A run posts the slices that closed: a reward by longer slices than the runs is in none but every few of them. */
function runFindings({ plan }: LintContext): Finding[] {
  if (plan.runs === "end") return [];
  return plan.rewards.flatMap(({ id, per = "campaign", component }, index): Finding[] => {
    const slice = per === "campaign" ? "end" : per;
    if (component || typeof slice === "object" || ORDER.indexOf(slice) <= ORDER.indexOf(plan.runs)) return [];
    return [
      {
        code: "slice-above-run",
        severity: "warns",
        path: `/rewards/${index}/per`,
        message: `runs are posted each ${plan.runs}, and ${id} is decided once ${per === "campaign" ? "in the whole campaign" : `a ${per}`}: 1 run pays it, the others do not`,
        seen: per === "campaign" ? "campaign" : slice,
        mend: `use per: ${plan.runs}, or accept that most runs pay nothing of it`,
      },
    ];
  });
}

import type { Bundle } from "#domain/bundle.ts";
import { type Book, Cannot } from "./book.ts";
import { order } from "./exact.ts";
import type { Results } from "./limits.ts";
import type { Reckoner, Warned } from "./reckon.ts";
import { type CheckVerdict, check } from "./verdicts.ts";

/** By code, reward and subject; what a warning says in words is not compared. Called after all else, which collects them. */
export function warningChecks(
  { plan, settlement }: Bundle,
  { book, warnings }: Reckoner,
  results: Results,
): CheckVerdict[] {
  const isOpen = (reward: string | undefined) => reward !== undefined && results.get(reward) instanceof Cannot;
  const openBudgets = plan.budgets.filter(({ rewards }) => rewards.some(isOpen)).map(({ id }) => id);
  const nameOf = (warning: {
    code: string;
    reward?: string | undefined;
    subject?: string | undefined;
    blocks: boolean;
  }) =>
    [warning.code, warning.reward, warning.subject, warning.blocks ? "(blocks approval)" : undefined]
      .filter((part) => part !== undefined)
      .join(" ");
  const computed = [...factWarnings(book), ...warnings].filter(({ reward }) => !isOpen(reward)).map(nameOf);
  const stated = settlement.warnings
    .filter(
      ({ code, reward, subject = "" }) =>
        !isOpen(reward) && !(code === "budget-exceeded" && openBudgets.includes(subject)),
    )
    .map(nameOf);
  return [check("warnings", stated.sort(order), computed.sort(order))];
}

function factWarnings(book: Book): Warned[] {
  const held = new Map<string, { code: string; subject: string; blocks: boolean }>();
  for (const { fate } of book.entered) {
    if (typeof fate === "string" || !("held" in fate)) continue;
    // One warning for each cause: an unknown person, or a currency with the first of its sellers.
    const cause = `${fate.held} ${fate.cause}`;
    if (!held.has(cause)) held.set(cause, { code: `held-${fate.held}`, subject: fate.subject, blocks: false });
  }
  const unplaced = new Set(book.entered.flatMap((entry) => book.unplaced(entry)));
  const code = "no-membership-at-sale";
  return [...held.values(), ...[...unplaced].map((subject) => ({ code, subject, blocks: false }))];
}

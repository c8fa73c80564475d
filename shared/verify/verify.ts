import type { Bundle } from "#domain/bundle.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { Award } from "./award.ts";
import { Book, Cannot } from "./book.ts";
import { inputHash, resultHash } from "./hashes.ts";
import { inParts, type Portion } from "./instalments.ts";
import { type Results, withinLimits } from "./limits.ts";
import { compareLists } from "./lists.ts";
import { Reckoner } from "./reckon.ts";
import { reckon } from "./rewards.ts";
import { spansOf } from "./spans.ts";
import { awardsOf, factCounts, totalChecks } from "./totals.ts";
import { type CheckVerdict, check, type LineVerdict } from "./verdicts.ts";
import { warningChecks } from "./warned.ts";

export type { CheckVerdict, LineVerdict, Verdict } from "./verdicts.ts";

export interface Report {
  /** Every line, every component, what is held, and everyone who was looked at and won nothing. */
  readonly lines: readonly LineVerdict[];
  /** Cut-off, facts, totals, budgets, warnings and hashes. */
  readonly checks: readonly CheckVerdict[];
  readonly agrees: boolean;
}

/** Works a run out again from its facts, and compares all that it states. */
export function verify(bundle: Bundle): Report {
  const { plan, settlement } = bundle;
  const book = new Book(bundle);
  const reckoner = new Reckoner(bundle, book);
  const results = withinLimits(reckoner, bundle, reckonAll(bundle, reckoner));
  const portions = plan.rewards.flatMap(({ id }) =>
    awardsOf(results, id).flatMap((award) => portionsOf(bundle, reckoner, award)),
  );
  const lines = compareLists(bundle, reckoner, results, portions);
  const leavesSlicesOut = bundle.rewards.some((reward) => spansOf(bundle, reward).leavesOut);
  const checks = [
    check("as of", settlement.asOf, formatInstant(instantOf(bundle.asOf))),
    check("facts", settlement.totals.facts, factCounts(book)),
    ...totalChecks(bundle, reckoner, results, portions),
    ...warningChecks(bundle, reckoner, results),
    check("input hash", settlement.inputHash, inputHash(bundle, book, leavesSlicesOut)),
    check("result hash", settlement.resultHash, resultHash(bundle)),
  ];
  return { lines, checks, agrees: [...lines, ...checks].every(({ verdict }) => verdict === "agrees") };
}

/** Every reward in the plan's order: one that names an earlier one sees what that came to, before budgets. */
function reckonAll(bundle: Bundle, reckoner: Reckoner): Results {
  const results = new Map<string, readonly Award[] | Cannot>();
  const earlier = (id: string) => {
    const result = results.get(id) ?? [];
    if (result instanceof Cannot) throw new Cannot(`it counts on ${id}: ${result.message}`);
    return result;
  };
  for (const { id, kind } of bundle.plan.rewards) {
    const reward = bundle.rewards.find((candidate) => candidate.id === id);
    results.set(
      id,
      reward
        ? unlessCannot(() => reckon(reckoner, reward, spansOf(bundle, reward), earlier))
        : new Cannot(`this verifier does not know the kind ${kind}`),
    );
  }
  return results;
}

function unlessCannot<T>(work: () => T): T | Cannot {
  try {
    return work();
  } catch (error) {
    if (error instanceof Cannot) return error;
    throw error;
  }
}

/** A component is counted whole by another reward; all else comes due in its instalments. */
function portionsOf({ asOf }: Bundle, reckoner: Reckoner, award: Award): Portion[] {
  if (award.amount === 0n || award.reward.component)
    return [{ ...award, part: award.part, state: "due", due: undefined }];
  return inParts(reckoner, award, instantOf(asOf));
}

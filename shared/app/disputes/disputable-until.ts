import { lineId as idOfLine, type Payee } from "#domain/line.ts";
import type { Statement } from "#domain/run.ts";
import { formatInZone } from "#domain/time.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { lastMoment, lineOf, postedTellings, toldAt } from "./questioned-line.ts";

const LOOKUPS_AT_ONCE = 16;

/**
 * Until when each line of a statement can be questioned, and each award that was not made, by line id; the same that opening a
 * dispute goes by. Empty for a statement that was not posted, for lines that a newer run told anew, and where the plan takes no
 * disputes. In the plan's zone.
 */
export async function disputableUntil(
  deps: Pick<Deps, "plans" | "ledger">,
  statement: Statement,
): Promise<ReadonlyMap<string, string>> {
  const { campaign, payee, runId } = statement;
  const tellings = await postedTellings(deps, campaign, payee);
  const at = tellings.findIndex(({ run }) => run.runId === runId);
  const telling = tellings[at];
  const plan = telling && (await deps.plans.version(campaign, telling.run.planVersion))?.plan;
  if (!telling || !plan?.disputes) return new Map();
  const newer = tellings.slice(at + 1);
  const current = idsIn(statement).filter((id) => !newer.some((later) => lineOf(later.statement, id)));
  const until = await inParallel(LOOKUPS_AT_ONCE, current, async (lineId): Promise<[string, string][]> => {
    const first = tellings.find((one) => lineOf(one.statement, lineId)) ?? telling;
    const last = lastMoment(plan, await toldAt(deps, campaign, { lineId, payee }, first.run));
    return last === undefined ? [] : [[lineId, formatInZone(last, plan.period.zone)]];
  });
  return new Map(until.flat());
}

function idsIn({ lines, notAwarded }: Statement): string[] {
  return [...lines.map(({ lineId }) => lineId), ...notAwarded.map(notAwardedId)];
}

/** The id that it would have as a line: under it it can be questioned. */
export function notAwardedId(missed: {
  readonly reward: string;
  readonly subject: Payee;
  readonly slice?: string | undefined;
  readonly part?: string | undefined;
}): string {
  return idOfLine(missed.reward, missed.subject, missed.slice, missed.part);
}

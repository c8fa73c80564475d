import { instantOf } from "#domain/instant.ts";
import type { Line, NotAwarded, Payee } from "#domain/line.ts";
import { lineId as idOfLine } from "#domain/line.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import type { Posting, Run, Statement } from "#domain/run.ts";
import { addDuration } from "#domain/time.ts";
import type { Deps } from "../deps.ts";

/** A line as its payee was told it: what is due, or what was not awarded and why. */
export type Told =
  | { readonly kind: "line"; readonly line: Line }
  | { readonly kind: "none"; readonly none: NotAwarded };

export interface Questioned {
  readonly payee: Payee;
  readonly told: Told;
  readonly run: Run;
  /** From when on the payee could know: the line's last posting, or the first posted run that said that there is nothing. */
  readonly toldAt: string;
}

/**
 * Whom a line's id can be of. The id of a payee may hold colons, and what follows it is a slice or a part, so there can be
 * several readings, the longest first.
 */
export function payeesOf(lineId: string): Payee[] {
  const [, kind, ...rest] = lineId.split(":");
  if (kind !== "participant" && kind !== "unit") return [];
  return rest
    .map((_, index): Payee => ({ kind, id: rest.slice(0, rest.length - index).join(":") }))
    .filter(({ id }) => id !== "");
}

/** The line of a statement, under its id; of those that were not awarded under the id that it would have. */
export function lineOf(statement: Statement, lineId: string): Told | undefined {
  const line = statement.lines.find((one) => one.lineId === lineId);
  if (line) return { kind: "line", line };
  const none = statement.notAwarded.find(
    ({ reward, subject, slice, part }) => idOfLine(reward, subject, slice, part) === lineId,
  );
  return none && { kind: "none", none };
}

/** What a payee was told by a run that posted. */
export interface PostedTelling {
  readonly run: Run;
  readonly statement: Statement;
}

/** In the order of the runs, newest last. What was never posted, as a provisional run, is nothing to question. */
export async function postedTellings(
  { ledger }: Pick<Deps, "ledger">,
  campaign: string,
  payee: Payee,
): Promise<PostedTelling[]> {
  const [runs, statements] = await Promise.all([ledger.runs(campaign), ledger.statements(campaign, payee)]);
  const byRun = new Map(statements.map((statement) => [statement.runId, statement]));
  return runs.flatMap((run) => {
    const statement = byRun.get(run.runId);
    return statement && run.kind !== "provisional" && run.state === "posted" ? [{ run, statement }] : [];
  });
}

/**
 * From when on the payee could know of a line: its last posting, or the first posted run that told it.
 *
 * @param first the run that told it first
 */
export async function toldAt(
  { ledger }: Pick<Deps, "ledger">,
  campaign: string,
  line: Pick<Posting, "lineId" | "payee">,
  first: Run,
): Promise<string> {
  const posting = await ledger.lastPosting(campaign, line);
  return posting?.postedAt ?? first.postedAt ?? first.asOf;
}

/** The last instant at which it can be questioned; undefined where the plan takes no disputes, or gives more time than a clock has. */
export function lastMoment({ disputes, period }: Pick<Plan, "disputes" | "period">, told: string): number | undefined {
  return disputes && addDuration(instantOf(told), disputes.within, period.zone);
}

/**
 * What the newest posted run tells of a line.
 *
 * @param payees whom it may be of, each of them in the asker's sight
 * @throws Refusal("notFound") when no posted run has told it
 */
export async function questionedLine(
  deps: Pick<Deps, "ledger">,
  campaign: string,
  lineId: string,
  payees: readonly Payee[],
): Promise<Questioned> {
  for (const payee of payees) {
    const tellings = (await postedTellings(deps, campaign, payee)).flatMap(({ run, statement }) => {
      const told = lineOf(statement, lineId);
      return told ? [{ run, told }] : [];
    });
    const [first] = tellings;
    const newest = tellings.at(-1);
    if (!newest || !first) continue;
    return { payee, ...newest, toldAt: await toldAt(deps, campaign, { lineId, payee }, first.run) };
  }
  throw new Refusal("notFound", `no posted run of ${campaign} has told a line ${lineId}`);
}

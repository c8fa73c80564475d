import type { Line, NotAwarded, Payee } from "#domain/line.ts";
import { lineId as idOfLine } from "#domain/line.ts";
import { Refusal } from "#domain/problem.ts";
import type { Posting, Run, Statement } from "#domain/run.ts";
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

/**
 * What the newest posted run tells of a line.
 *
 * @param payees whom it may be of, each of them in the asker's sight
 * @throws Refusal("notFound") when no posted run has told it
 */
export async function questionedLine(
  { ledger }: Pick<Deps, "ledger">,
  campaign: string,
  lineId: string,
  payees: readonly Payee[],
): Promise<Questioned> {
  const posted = (await ledger.runs(campaign)).filter(
    ({ kind, state }) => kind !== "provisional" && state === "posted",
  );
  for (const payee of payees) {
    let first: Run | undefined;
    let newest: { readonly run: Run; readonly told: Told } | undefined;
    for (const run of posted) {
      const statement = await ledger.statement(campaign, payee, run.runId);
      const told = statement && lineOf(statement, lineId);
      if (!told) continue;
      first ??= run;
      newest = { run, told };
    }
    if (!newest || !first) continue;
    const posting: Posting | undefined = await ledger.lastPosting(campaign, { lineId, payee });
    const toldAt = posting?.postedAt ?? first.postedAt ?? first.asOf;
    return { payee, ...newest, toldAt };
  }
  throw new Refusal("notFound", `no posted run of ${campaign} has told a line ${lineId}`);
}

import { addExact } from "#domain/decimal.ts";
import { instantOf } from "#domain/instant.ts";
import type { Payee } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { type Part, WHOLE } from "#domain/part.ts";
import type { Statement } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import { formatInZone } from "#domain/time.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { frozenRules } from "./frozen-rules.ts";
import { nameAndUnit } from "./payouts.ts";
import { allLines, allPages } from "./post-run.ts";
import { requireRun } from "./run-record.ts";

type StatementDeps = Pick<Deps, "ledger" | "files">;

/** Writes in flight at once. */
const WRITES_AT_ONCE = 16;
/** Entries that are read at once. */
const ENTRIES_AT_ONCE = 500;

/**
 * Keeps what every payee of a part is told about the run: their lines, what they did not win, what was posted and is paid.
 * Holds all that is told to the payees of the part.
 */
export async function writeStatements(
  deps: StatementDeps,
  campaignId: string,
  runId: string,
  part: Part = WHOLE,
): Promise<{ statements: number }> {
  const run = await requireRun(deps, campaignId, runId);
  const { plan, directory } = (await frozenRules(deps, run)).rules;
  const keyOf = ({ kind, id }: Payee) => `${kind}:${id}`;
  const lines = Map.groupBy(await allLines(deps, run, part), ({ payee }) => keyOf(payee));
  const notAwarded = Map.groupBy(
    await allPages((request) => deps.ledger.notAwarded(run, { ...request, limit: ENTRIES_AT_ONCE, part })),
    ({ subject }) => keyOf(subject),
  );
  const postings = Map.groupBy(
    (await deps.ledger.postings(campaignId, part)).filter((posting) => posting.runId === runId),
    ({ payee }) => keyOf(payee),
  );
  const payouts = new Map(
    (await deps.ledger.payouts(campaignId, part))
      .filter((payout) => payout.runId === runId)
      .map((payout) => [keyOf(payout.payee), payout]),
  );
  const beside = async (kind: "held" | "component") =>
    Map.groupBy(
      await allPages((request) => deps.ledger.beside(run, kind, { ...request, limit: ENTRIES_AT_ONCE, part })),
      ({ payee }) => keyOf(payee),
    );
  const held = await beside("held");
  const components = await beside("component");
  const keys = [
    ...new Set([
      ...lines.keys(),
      ...held.keys(),
      ...components.keys(),
      ...notAwarded.keys(),
      ...postings.keys(),
      // Who only carries a balance on stands in the payout file too, and is told so.
      ...payouts.keys(),
    ]),
  ].sort(compareText);
  await inParallel(WRITES_AT_ONCE, keys, async (key) => {
    const ofPayee = lines.get(key) ?? [];
    const payout = payouts.get(key);
    const payee =
      ofPayee[0]?.payee ??
      held.get(key)?.[0]?.payee ??
      components.get(key)?.[0]?.payee ??
      notAwarded.get(key)?.[0]?.subject ??
      postings.get(key)?.[0]?.payee ??
      payout?.payee;
    if (!payee) return;
    const statement: Statement = {
      campaign: campaignId,
      campaignName: plan.name.en,
      runId,
      resultHash: run.resultHash ?? "",
      asOf: formatInZone(instantOf(run.asOf), plan.period.zone),
      provisional: run.kind === "provisional",
      payee,
      name: nameAndUnit(directory, plan, payee).name,
      currency: plan.currency,
      total: formatMoney(
        ofPayee
          .filter(({ currency }) => !isBenefit(currency))
          .reduce((sum, line) => addExact(sum, parseMoney(line.amount, line.currency) ?? 0), 0),
        plan.currency,
      ),
      lines: ofPayee,
      ...(held.has(key) ? { held: held.get(key) ?? [] } : {}),
      ...(components.has(key) ? { components: components.get(key) ?? [] } : {}),
      notAwarded: notAwarded.get(key) ?? [],
      postings: postings.get(key) ?? [],
      ...(payout ? { payout } : {}),
    };
    await deps.ledger.putStatement(statement);
  });
  return { statements: keys.length };
}

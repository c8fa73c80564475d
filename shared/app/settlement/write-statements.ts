import { addExact } from "#domain/decimal.ts";
import { instantOf } from "#domain/instant.ts";
import type { NotAwarded, Payee } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { Directory } from "#domain/org.ts";
import type { Statement } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import { formatInZone } from "#domain/time.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { besideLines } from "./beside-lines.ts";
import { frozenSources } from "./freeze-run.ts";
import { nameAndUnit } from "./payouts.ts";
import { allLines } from "./post-run.ts";
import { requireRun } from "./run-record.ts";

type StatementDeps = Pick<Deps, "ledger" | "files">;

/** Writes in flight at once. */
const WRITES_AT_ONCE = 8;

/** Keeps what every payee is told about the run: their lines, what they did not win, what was posted and is paid. */
export async function writeStatements(
  deps: StatementDeps,
  campaignId: string,
  runId: string,
): Promise<{ statements: number }> {
  const run = await requireRun(deps, campaignId, runId);
  const { plan, units, memberships } = await frozenSources(deps, run);
  const directory = new Directory(units, memberships, plan.period.zone);
  const keyOf = ({ kind, id }: Payee) => `${kind}:${id}`;
  const lines = Map.groupBy(await allLines(deps, runId), ({ payee }) => keyOf(payee));
  const notAwarded = Map.groupBy(await allNotAwarded(deps, runId), ({ subject }) => keyOf(subject));
  const postings = Map.groupBy(
    (await deps.ledger.postings(campaignId)).filter((posting) => posting.runId === runId),
    ({ payee }) => keyOf(payee),
  );
  const payouts = new Map(
    (await deps.ledger.payouts(campaignId))
      .filter((payout) => payout.runId === runId)
      .map((payout) => [keyOf(payout.payee), payout]),
  );
  const beside = await besideLines(deps, runId);
  const held = Map.groupBy(beside.held, ({ payee }) => keyOf(payee));
  const components = Map.groupBy(beside.components, ({ payee }) => keyOf(payee));
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

async function allNotAwarded(deps: StatementDeps, runId: string): Promise<NotAwarded[]> {
  const all: NotAwarded[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<Deps["ledger"]["notAwarded"]>> = await deps.ledger.notAwarded(runId, {
      limit: 200,
      cursor,
    });
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

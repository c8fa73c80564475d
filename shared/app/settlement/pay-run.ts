import { instantOf } from "#domain/instant.ts";
import type { NotAwarded, Payee } from "#domain/line.ts";
import { formatMoney, parseMoney } from "#domain/money.ts";
import { Directory } from "#domain/org.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Payout, Posting, Run, Statement } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import { formatInZone } from "#domain/time.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { frozenSources } from "./freeze-run.ts";
import { allLines } from "./post-run.ts";
import { requireRun } from "./run-record.ts";

type PayDeps = Pick<Deps, "ledger" | "files" | "payoutWriter">;

/** Writes in flight at once. */
const WRITES_AT_ONCE = 8;

/**
 * Works out what a posted run pays each payee, keeps it, and writes the payout files. What is no longer due is recovered
 * by the plan's policy, and no payout is ever below zero. Doing it again gives the payouts that were kept the first time.
 */
export async function payRun(
  deps: PayDeps,
  campaignId: string,
  runId: string,
): Promise<NonNullable<Run["payoutFiles"]>> {
  const run = await requireRun(deps, campaignId, runId);
  const { plan, units, memberships } = await frozenSources(deps, runId);
  const directory = new Directory(units, memberships, plan.period.zone);
  const [postings, earlier] = await Promise.all([deps.ledger.postings(campaignId), deps.ledger.payouts(campaignId)]);
  const due = payoutsOf(
    run,
    plan,
    directory,
    postings,
    earlier.filter((payout) => payout.runId !== runId),
  );
  const payouts = await inParallel(WRITES_AT_ONCE, due, (payout) => deps.ledger.addPayout(payout));
  const meta = { runId, resultHash: run.resultHash ?? "" };
  const files = { csv: `payouts/${runId}.csv`, xlsx: `payouts/${runId}.xlsx` };
  await deps.files.put(files.csv, await deps.payoutWriter.csv(payouts, meta), "text/csv; charset=utf-8");
  await deps.files.put(
    files.xlsx,
    await deps.payoutWriter.xlsx(payouts, meta),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  );
  return files;
}

/** One payout for each payee whose postings of this run are not nothing, or whose balance is open. */
function payoutsOf(
  run: Run,
  plan: Plan,
  directory: Directory,
  postings: readonly Posting[],
  earlier: readonly Payout[],
): Payout[] {
  const accounts = new Map<
    string,
    { payee: Payee; postedMinor: number; beforeMinor: number; paidMinor: number; moved: boolean }
  >();
  const accountOf = (payee: Payee) => {
    const key = `${payee.kind}:${payee.id}`;
    const account = accounts.get(key) ?? { payee, postedMinor: 0, beforeMinor: 0, paidMinor: 0, moved: false };
    accounts.set(key, account);
    return account;
  };
  for (const posting of postings) {
    const account = accountOf(posting.payee);
    if (posting.runId === run.runId) {
      account.postedMinor += posting.amountMinor;
      account.moved = true;
    } else account.beforeMinor += posting.amountMinor;
  }
  for (const payout of earlier) accountOf(payout.payee).paidMinor += payout.paidMinor;
  return [...accounts.values()]
    .map((account) => ({ ...account, openMinor: account.beforeMinor - account.paidMinor }))
    .filter(({ moved, openMinor }) => moved || openMinor !== 0)
    .map(({ payee, postedMinor, openMinor }) => {
      // `nextPayout` sets an open debt off against what is due now; `receivable` leaves it to finance and pays in full.
      const balance = plan.recovery === "nextPayout" ? openMinor + postedMinor : Math.max(0, openMinor) + postedMinor;
      const paidMinor = Math.max(0, balance);
      return {
        campaign: run.campaign,
        runId: run.runId,
        payee,
        ...nameAndUnit(directory, plan, payee),
        currency: plan.currency,
        postedMinor,
        broughtForwardMinor: openMinor,
        paidMinor,
        carriedForwardMinor: openMinor + postedMinor - paidMinor,
      };
    })
    .sort((a, b) => compareText(a.payee.kind, b.payee.kind) || compareText(a.payee.id, b.payee.id));
}

function nameAndUnit(directory: Directory, plan: Plan, payee: Payee): { name: string; unit: string } {
  if (payee.kind === "unit") return { name: directory.unit(payee.id)?.name ?? payee.id, unit: payee.id };
  const membership = directory.membershipAt(payee.id, planInstants(plan).last);
  return { name: directory.participantName(payee.id), unit: membership?.unit ?? "" };
}

/** Keeps what every payee is told about the run: their lines, what they did not win, what was posted and is paid. */
export async function writeStatements(
  deps: PayDeps,
  campaignId: string,
  runId: string,
): Promise<{ statements: number }> {
  const run = await requireRun(deps, campaignId, runId);
  const { plan, units, memberships } = await frozenSources(deps, runId);
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
  const keys = [...new Set([...lines.keys(), ...notAwarded.keys(), ...postings.keys()])].sort(compareText);
  await inParallel(WRITES_AT_ONCE, keys, async (key) => {
    const ofPayee = lines.get(key) ?? [];
    const payee = ofPayee[0]?.payee ?? notAwarded.get(key)?.[0]?.subject ?? postings.get(key)?.[0]?.payee;
    if (!payee) return;
    const payout = payouts.get(key);
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
        ofPayee.reduce((sum, line) => sum + (parseMoney(line.amount, line.currency) ?? 0), 0),
        plan.currency,
      ),
      lines: ofPayee,
      notAwarded: notAwarded.get(key) ?? [],
      postings: postings.get(key) ?? [],
      ...(payout ? { payout } : {}),
    };
    await deps.ledger.putStatement(statement);
  });
  return { statements: keys.length };
}

async function allNotAwarded(deps: PayDeps, runId: string): Promise<NotAwarded[]> {
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

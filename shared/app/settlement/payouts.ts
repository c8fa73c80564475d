import { addExact } from "#domain/decimal.ts";
import { lineId, type Payee } from "#domain/line.ts";
import { isBenefit, parseMoney } from "#domain/money.ts";
import type { Directory } from "#domain/org.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Payout, Posting, Run } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";

/** What the ledger says of one payee. */
interface Account {
  readonly payee: Payee;
  /** Money that this run posted. */
  postedMinor: number;
  /** Money that earlier runs posted. */
  beforeMinor: number;
  /** Money that was paid. */
  paidMinor: number;
  /** This run posted something, money or not. */
  moved: boolean;
  readonly benefits: Map<string, number>;
  /** Number of the last payout. */
  lastSeq: number;
}

/**
 * One payout for each payee to whom this run posted something, or whose balance is open. Money only: benefits in kind are
 * listed beside it, to be handed out.
 *
 * @param earlier payouts of other runs; those of payees whom this run has paid already do no harm, as they are not paid again
 */
export function payoutsOf(
  run: Run,
  plan: Plan,
  directory: Directory,
  postings: readonly Posting[],
  earlier: readonly Payout[],
): Payout[] {
  return accountsOf(run, postings, earlier)
    .map((account) => ({ ...account, openMinor: account.beforeMinor - account.paidMinor }))
    .filter(({ moved, openMinor }) => moved || openMinor !== 0)
    .map(({ payee, postedMinor, openMinor, benefits, lastSeq }): Payout => {
      const paidMinor = payable(run, plan, openMinor, postedMinor);
      const handedOut = [...benefits]
        .map(([unit, quantity]) => ({ unit, quantity }))
        .filter(({ quantity }) => quantity !== 0)
        .sort((a, b) => compareText(a.unit, b.unit));
      return {
        campaign: run.campaign,
        runId: run.runId,
        payee,
        seq: lastSeq + 1,
        ...nameAndUnit(directory, plan, payee),
        currency: plan.currency,
        postedMinor,
        broughtForwardMinor: openMinor,
        paidMinor,
        carriedForwardMinor: openMinor + postedMinor - paidMinor,
        ...(handedOut.length === 0 ? {} : { benefits: handedOut }),
      };
    })
    .sort((a, b) => compareText(a.payee.kind, b.payee.kind) || compareText(a.payee.id, b.payee.id));
}

function accountsOf(run: Run, postings: readonly Posting[], earlier: readonly Payout[]): Account[] {
  const accounts = new Map<string, Account>();
  const accountOf = (payee: Payee) => {
    const key = lineId("", payee);
    const account = accounts.get(key) ?? {
      payee,
      postedMinor: 0,
      beforeMinor: 0,
      paidMinor: 0,
      moved: false,
      benefits: new Map<string, number>(),
      lastSeq: 0,
    };
    accounts.set(key, account);
    return account;
  };
  for (const { payee, runId, currency, amountMinor } of postings) {
    const account = accountOf(payee);
    if (runId === run.runId) {
      if (amountMinor !== 0) account.moved = true;
      if (isBenefit(currency)) account.benefits.set(currency, (account.benefits.get(currency) ?? 0) + amountMinor);
      else account.postedMinor = addExact(account.postedMinor, amountMinor);
    } else if (!isBenefit(currency)) account.beforeMinor = addExact(account.beforeMinor, amountMinor);
  }
  for (const payout of earlier) {
    const account = accountOf(payout.payee);
    account.paidMinor = addExact(account.paidMinor, payout.paidMinor);
    account.lastSeq = Math.max(account.lastSeq, payout.seq);
  }
  return [...accounts.values()];
}

/**
 * `nextPayout` sets an open debt off against what is due now; `receivable` leaves it to finance and pays in full. Less than
 * the plan's minimum waits for the next run; the final run pays all.
 */
function payable(run: Run, plan: Plan, openMinor: number, postedMinor: number): number {
  const broughtForward = plan.recovery === "nextPayout" ? openMinor : Math.max(0, openMinor);
  const balance = Math.max(0, addExact(broughtForward, postedMinor));
  const minimum = plan.minimumPayout === undefined ? 0 : (parseMoney(plan.minimumPayout, plan.currency) ?? 0);
  return balance < minimum && run.kind !== "final" ? 0 : balance;
}

export function nameAndUnit(directory: Directory, plan: Plan, payee: Payee): { name: string; unit: string } {
  if (payee.kind === "unit") return { name: directory.unit(payee.id)?.name ?? payee.id, unit: payee.id };
  const membership = directory.membershipAt(payee.id, planInstants(plan).last);
  return { name: directory.participantName(payee.id), unit: membership?.unit ?? "" };
}

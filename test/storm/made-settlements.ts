import { MemoryAnswerStore } from "#adapters/memory/answer-store.ts";
import type { EdgeDeps } from "#app/deps.ts";
import { approveRun } from "#app/settlement/decide-run.ts";
import { freezeRun, frozenSources } from "#app/settlement/freeze-run.ts";
import { payRun } from "#app/settlement/pay-run.ts";
import { postRun } from "#app/settlement/post-run.ts";
import { startRun } from "#app/settlement/request-run.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { CHECKER, MAKER } from "#test/fixtures/memory-cloud.ts";
import { commission, person, planOf, type SmallWorld, sale } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, CUT_OFF, HOUR_MS, SmallSettlement } from "#test/fixtures/small-settlement.ts";
import { over } from "./ports.ts";
import type { Made, Sabotage } from "./sabotage.ts";
import { unlessEqual } from "./unless-equal.ts";

/** Made coincidences of payments: see `made.ts`. */

/** A campaign, and how the job of a run sees its stores, with the guard switched off that is. */
class Rivals {
  readonly campaign: SmallSettlement;
  readonly #sabotage: Sabotage;

  constructor(campaign: SmallSettlement, sabotage: Sabotage = {}) {
    this.campaign = campaign;
    this.#sabotage = sabotage;
  }

  static async launch(sabotage: Sabotage | undefined, changes: Partial<SmallWorld>): Promise<Rivals> {
    return new Rivals(await SmallSettlement.launch(changes), sabotage);
  }

  seenBy({ runId }: Pick<Run, "runId">, ledger = this.campaign.ledger, worker = "settle"): EdgeDeps {
    const { cloud } = this.campaign;
    const identity = { actorOf: async () => MAKER };
    const deps: EdgeDeps = {
      ...cloud.deps,
      identity,
      answers: new MemoryAnswerStore(),
      securityClock: cloud.clock,
      ledger,
    };
    const stores = this.#sabotage.stores?.(deps) ?? deps;
    return this.#sabotage.ports?.(`${worker} ${runId}/1`, stores) ?? stores;
  }

  async pay(run: Run): Promise<void> {
    await postRun(this.seenBy(run), CAMPAIGN, run.runId);
    await payRun(this.seenBy(run), CAMPAIGN, run.runId);
  }

  /** What the files of all runs pay somebody, in minor units. */
  async paidOut(payee: string): Promise<number> {
    let paid = 0;
    for (const { runId } of await this.campaign.ledger.runs(CAMPAIGN)) {
      const file = await this.campaign.cloud.deps.files.get(`payouts/${runId}.csv`);
      const [head = [], ...rows] = linesOf(file);
      const own = rows.find((cells) => cells[head.indexOf("payee_id")] === payee);
      paid += Number((own?.[head.indexOf("paid")] ?? "0").replace(".", ""));
    }
    return paid;
  }
}

function linesOf(csv: Uint8Array | undefined): string[][] {
  const text = Buffer.from(csv ?? []).toString("utf8");
  return text.split(/\r?\n/).map((line) => line.split(","));
}

/** An interim run and the final run that were started at once and are approved; ann's sale of 100.00 changed between their cut-offs. */
async function twoRuns(sabotage: Sabotage | undefined, change: { amount: string } | { status: "cancelled" }) {
  const plan = planOf({
    period: { start: "2018-03-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" },
    runs: "month",
    rewards: [commission({ per: "month", accumulate: "slice" })],
  });
  const rivals = await Rivals.launch(sabotage, { plan });
  const { campaign } = rivals;
  const { cloud } = campaign;
  const march = sale("ann", 100, "03-10 10:00");
  await campaign.tell(march, sale("bob", 80, "04-10 10:00"));
  await campaign.tell({ ...march, version: 2, recordedAt: "2018-06-10T10:00:00+08:00", ...change });
  cloud.clock.set(Date.parse("2018-06-16T00:05:00+08:00"));
  const [first, second] = await Promise.all([
    startRun(cloud.deps, "clock", CAMPAIGN, "interim"),
    startRun(cloud.deps, "clock", CAMPAIGN, "final"),
  ]);
  const interim = await campaign.compute(first);
  const final = await campaign.compute(second);
  await campaign.approve(interim);
  await campaign.approve(final);
  return { rivals, interim, final };
}

/** Posts the interim run, which the final run overtakes right before its first posting. What refuses it is as it should be. */
async function overtakenPosting(
  sabotage: Sabotage | undefined,
  change: { amount: string } | { status: "cancelled" },
  owed: number,
): Promise<string[]> {
  const { rivals, interim, final } = await twoRuns(sabotage, change);
  const { ledger } = rivals.campaign;
  let isOvertaken = false;
  const slow = over(ledger, {
    addPosting: async (posting) => {
      if (!isOvertaken) {
        isOvertaken = true;
        await rivals.pay(final);
      }
      return ledger.addPosting(posting);
    },
  });
  try {
    await postRun(rivals.seenBy(interim, slow), CAMPAIGN, interim.runId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  const balances = await ledger.balances(CAMPAIGN);
  const ann = balances.find(({ lineId }) => lineId.includes("ann"));
  return unlessEqual("what ann is owed", ann?.balanceMinor ?? 0, owed);
}

/** The final run leaves ann's line at nothing. */
export const overtakenLeft: Made = (sabotage) => overtakenPosting(sabotage, { status: "cancelled" }, 0);

/** The final run posts 5.00 to ann's line, under the number that the interim run is about to take. */
export const overtakenPosted: Made = (sabotage) => overtakenPosting(sabotage, { amount: "50.00" }, 500);

/** The final run, which owes ann 5.00, is paid; then somebody posts the interim run, which owes her 10.00. */
export const olderPosted: Made = async (sabotage) => {
  const { rivals, interim, final } = await twoRuns(sabotage, { amount: "50.00" });
  await rivals.pay(final);
  try {
    await postRun(rivals.seenBy(interim), CAMPAIGN, interim.runId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  const [balance] = (await rivals.campaign.ledger.balances(CAMPAIGN)).filter(({ lineId }) => lineId.includes("ann"));
  return unlessEqual("what ann is owed", balance?.balanceMinor, 500);
};

/** Whoever asked for the final run approves it. */
export const approvedAlone: Made = async (sabotage) => {
  const rivals = await Rivals.launch(sabotage, { facts: [sale("ann", 100, "05-10 10:00")] });
  const { campaign } = rivals;
  campaign.cloud.clock.set(CUT_OFF + 24 * HOUR_MS);
  const asked = await startRun(campaign.cloud.deps, CHECKER.subject, CAMPAIGN, "final");
  const { runId, resultHash = "" } = await campaign.compute(asked);
  try {
    await approveRun(rivals.seenBy(asked, campaign.ledger, "approve"), CHECKER, CAMPAIGN, runId, { resultHash });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return unlessEqual("the state of the run", (await campaign.run(runId)).state, "awaitingApproval");
};

/** The interim run is posted, and overtaken right before it pays ann 10.00: the final run takes 5.00 back and pays the rest. */
export const overtakenPaying: Made = async (sabotage) => {
  const { rivals, interim, final } = await twoRuns(sabotage, { amount: "50.00" });
  const { ledger } = rivals.campaign;
  await postRun(rivals.seenBy(interim), CAMPAIGN, interim.runId);
  let isOvertaken = false;
  const slow = over(ledger, {
    addPayout: async (payout) => {
      if (!isOvertaken) {
        isOvertaken = true;
        await rivals.pay(final);
      }
      return ledger.addPayout(payout);
    },
  });
  await payRun(rivals.seenBy(interim, slow), CAMPAIGN, interim.runId);
  return unlessEqual("what ann is paid by all files", await rivals.paidOut("ann"), 500);
};

/** Two freeze one run at once: the slower saw ann elsewhere, and comes when the run is computed. */
export const frozenTwice: Made = async (sabotage) => {
  const rivals = await Rivals.launch(sabotage, { facts: [sale("ann", 100, "05-10 10:00")] });
  const { campaign } = rivals;
  campaign.cloud.clock.set(CUT_OFF + 24 * HOUR_MS);
  const run = await startRun(campaign.cloud.deps, "clock", CAMPAIGN, "final");
  const deps = rivals.seenBy(run);
  let isOvertaken = false;
  const slowFiles = over(deps.files, {
    put: async (...file) => {
      if (!isOvertaken) {
        isOvertaken = true;
        await freezeRun(deps, run);
      }
      await deps.files.put(...file);
    },
  });
  const moved = [{ participantId: "ann", memberships: [person("ann", "coast")] }];
  const elsewhere = over(deps.plans, { allPeople: async () => moved });
  await freezeRun({ ...deps, files: slowFiles, plans: elsewhere }, run);
  const { memberships } = await frozenSources(deps, await campaign.run(run.runId));
  const ann = memberships.find(({ participantId }) => participantId === "ann");
  return unlessEqual("where ann was when the run was frozen", ann?.unit, "east");
};

import { loadRuleSources } from "#app/crediting/live-rules.ts";
import { frozenSources } from "#app/settlement/freeze-run.ts";
import { type Fact, factContent } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import type { Line } from "#domain/line.ts";
import { parseMoney } from "#domain/money.ts";
import { Directory } from "#domain/org.ts";
import type { Payout, Posting, Run } from "#domain/run.ts";
import { heldReason, knownTo } from "#engine/held.ts";
import { settle } from "#engine/settle.ts";
import { boardsAreStandings, derivedIsRebuilt, everyRebuildIsOver, reconciles } from "./checks-derived.ts";
import type { People } from "./people.ts";
import { type Check, differs, EVERYTHING, type Scene } from "./scene.ts";
import type { Storm } from "./storm.ts";
import { brokenPromises } from "./tills.ts";
import { CAMPAIGNS } from "./world.ts";

/** What is asked when a storm is over: one function an invariant of shared/docs/INVARIANTS.md, each tells what is wrong. */

interface Ledger {
  readonly campaign: string;
  /** Oldest cut-off first. */
  readonly runs: readonly Run[];
  readonly postings: readonly Posting[];
  readonly payouts: readonly Payout[];
}

const CHECKS: Readonly<Record<string, Check>> = {
  "FACT-1": answeredIsStored,
  "FACT-2": storedOnce,
  "FACT-3": conflictsAreKept,
  "FACT-4": unreadableIsKept,
  "FACT-5": heldIsWhatCannotBeUsed,
  "DER-1": boardsAreStandings,
  "DER-2": derivedIsRebuilt,
  "DER-4": everyRebuildIsOver,
  "DER-5": reconciles,
  "LED-2": ofEachLedger(balancesAreComputedAnew),
  "LED-3": ofEachLedger(payoutsBalance),
  "LED-4": ofEachLedger(chainsAreWhole),
  "LED-5": ofEachLedger(newerRunsComeLater),
  "LED-6": ofEachLedger(resultsAreReproducible),
  "APP-1": ofEachLedger(secondPersonsDecided),
  "APP-2": ofEachLedger(shownIsApproved),
  RES: reservationsHold,
  REST: ofEachLedger(nothingIsStuck),
};

export async function checkAll(storm: Storm, people: People): Promise<string[]> {
  const { items: facts } = await storm.raw.facts.scan(0, 1, EVERYTHING);
  const scene = { storm, people, facts };
  const found: string[] = [];
  for (const [id, check] of Object.entries(CHECKS)) found.push(...(await check(scene)).map((what) => `${id} ${what}`));
  return found;
}

function ofEachLedger(check: (ledger: Ledger, scene: Scene) => Promise<string[]> | string[]): Check {
  return async (scene) => {
    const { ledger } = scene.storm.raw;
    const found = CAMPAIGNS.map(async (campaign) => {
      const runs = (await ledger.runs(campaign)).sort((a, b) => instantOf(a.asOf) - instantOf(b.asOf));
      const [postings, payouts] = [await ledger.postings(campaign), await ledger.payouts(campaign)];
      return check({ campaign, runs, postings, payouts }, scene);
    });
    return (await Promise.all(found)).flat();
  };
}

function versionKey(fact: Pick<Fact, "source" | "externalId" | "version">): string {
  return `${factKey(fact)} version ${fact.version}`;
}

function answeredIsStored({ facts, people }: Scene): string[] {
  const stored = new Map(facts.map((fact) => [versionKey(fact), factContent(fact)]));
  return people.answered
    .filter(({ outcome, message }) => outcome === "stored" && stored.get(versionKey(message)) !== factContent(message))
    .map(({ message }) => `${versionKey(message)} was answered as stored, and the store says otherwise`);
}

function storedOnce({ facts }: Scene): string[] {
  const seen = new Set<string>();
  return facts.flatMap((fact) => {
    const isSecond = seen.has(versionKey(fact));
    seen.add(versionKey(fact));
    return isSecond ? [`${versionKey(fact)} is stored twice`] : [];
  });
}

async function conflictsAreKept({ storm, people, facts }: Scene): Promise<string[]> {
  const { items } = await storm.raw.facts.conflicts("pos", EVERYTHING);
  const kept = new Set(items.map(({ fact }) => factContent(fact)));
  const applied = new Set(facts.map(factContent));
  return people.answered
    .filter(({ outcome }) => outcome === "conflict")
    .map(({ message }) => ({ what: versionKey(message), content: factContent(message) }))
    .filter(({ content }) => !kept.has(content) || applied.has(content))
    .map(({ what }) => `the contradiction of ${what} is not kept, or it was applied`);
}

async function unreadableIsKept({ storm, people }: Scene): Promise<string[]> {
  const { items } = await storm.raw.facts.unreadable("pos", EVERYTHING);
  const kept = new Set(items.map(({ deliveryId }) => deliveryId));
  return people.unreadable.filter((id) => !kept.has(id)).map((id) => `the unreadable delivery ${id} is lost`);
}

async function heldIsWhatCannotBeUsed({ storm, facts }: Scene): Promise<string[]> {
  const { plans, derived } = storm.raw;
  const memberships = (await plans.allPeople()).flatMap((person) => person.memberships);
  const known = knownTo(new Directory(await plans.units(), memberships, "UTC"));
  const newest = new Map(facts.toSorted((a, b) => a.version - b.version).map((fact) => [factKey(fact), fact]));
  const expected = [...newest.values()].filter((fact) => heldReason(fact, known)).map(versionKey);
  const held = (await derived.held(EVERYTHING)).items.map(versionKey);
  return differs("the list of held facts", held.sort(), expected.sort());
}

/** Once as the run at the head saw the world, once as the world is: what changed since the last run was adjusted. */
async function balancesAreComputedAnew(
  { campaign, runs, postings }: Ledger,
  { storm, facts }: Scene,
): Promise<string[]> {
  const { raw, clock } = storm;
  const balances = openBalances(await raw.ledger.balances(campaign));
  const sums = new Map<string, number>();
  for (const { lineId, amountMinor } of postings) sums.set(lineId, (sums.get(lineId) ?? 0) + amountMinor);
  const open = Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
  const head = await raw.ledger.head(campaign);
  const run = runs.find(({ runId }) => runId === head?.runId);
  const stored = await raw.plans.campaign(campaign);
  if (!head || !run || !stored) return [`${campaign} was never settled`];
  const atHead = settle({
    ...(await frozenSources(storm.stores, run)),
    facts,
    asOf: instantOf(head.asOf),
    closedOnly: true,
  });
  const { sources } = await loadRuleSources(raw, stored);
  const now = settle({ ...sources, facts, asOf: clock.now(), closedOnly: true });
  return [
    ...differs(`the sums of the postings of ${campaign} against its balances`, open, balances),
    ...differs(`the balances of ${campaign} against its newest run ${run.runId}`, balances, amountsOf(atHead.lines)),
    ...differs(`the balances of ${campaign} against the facts of today`, balances, amountsOf(now.lines)),
  ];
}

function openBalances(balances: readonly Posting[]): Record<string, number> {
  return Object.fromEntries(
    balances.filter(({ balanceMinor }) => balanceMinor !== 0).map(({ lineId, balanceMinor }) => [lineId, balanceMinor]),
  );
}

function amountsOf(lines: readonly Line[]): Record<string, number> {
  return Object.fromEntries(
    lines
      .map(({ lineId, amount, currency }) => [lineId, parseMoney(amount, currency) ?? Number.NaN] as const)
      .filter(([, minor]) => minor !== 0),
  );
}

async function payoutsBalance({ campaign, runs, postings, payouts }: Ledger, { storm }: Scene): Promise<string[]> {
  const found: string[] = [];
  const order = new Map(runs.map(({ runId }, index) => [runId, index]));
  const versions = await storm.raw.plans.versions(campaign);
  for (const payee of new Set(postings.map((posting) => posting.payee.id))) {
    const posted = postings.filter((posting) => posting.payee.id === payee);
    const paid = payouts
      .filter((payout) => payout.payee.id === payee)
      .sort((a, b) => (order.get(a.runId) ?? 0) - (order.get(b.runId) ?? 0));
    const due = total(posted.map(({ amountMinor }) => amountMinor));
    const out = total(paid.map(({ paidMinor }) => paidMinor));
    const who = `${payee} in ${campaign}`;
    if (new Set(paid.map(({ runId }) => runId)).size !== paid.length) found.push(`${who} is paid twice by one run`);
    if (paid.some(({ paidMinor }) => paidMinor < 0)) found.push(`${who} is paid less than nothing`);
    const last = paid.at(-1);
    if (due - out !== (last?.carriedForwardMinor ?? 0)) {
      found.push(`${who}: posted ${due}, paid ${out}, but carried ${last?.carriedForwardMinor}`);
    }
    // By the version that the run was decided by: a newer one may be published and not be in force.
    const decidedBy = runs.find(({ runId }) => runId === last?.runId)?.planVersion;
    const plan = versions.find(({ version }) => version === decidedBy)?.plan;
    const minimum = parseMoney(plan?.minimumPayout ?? "0", "CNY") ?? 0;
    if (due - out > 0 && due - out >= minimum) found.push(`${who}: ${due - out} of ${due} is not paid`);
    const byRun = [...Map.groupBy(posted, ({ runId }) => runId).values()];
    const most = total(byRun.map((ofRun) => Math.max(0, total(ofRun.map(({ amountMinor }) => amountMinor)))));
    if (out > most) found.push(`${who}: paid ${out}, but no more than ${most} was ever posted`);
  }
  return found;
}

/** Each line's postings are numbered from 1, each goes on from the balance before, and a run posts a line once. */
function chainsAreWhole({ postings }: Ledger): string[] {
  return [...Map.groupBy(postings, ({ lineId }) => lineId)].flatMap(([lineId, chain]) => {
    const ordered = chain.toSorted((a, b) => a.seq - b.seq);
    const isWhole = ordered.every(
      ({ seq, amountMinor, balanceMinor }, index) =>
        seq === index + 1 && balanceMinor === (ordered[index - 1]?.balanceMinor ?? 0) + amountMinor,
    );
    const isOncePerRun = new Set(chain.map(({ runId }) => runId)).size === chain.length;
    return isWhole && isOncePerRun ? [] : [`the postings of ${lineId} are no chain: ${told(ordered)}`];
  });
}

function newerRunsComeLater({ runs, postings }: Ledger): string[] {
  const asOf = new Map(runs.map((run) => [run.runId, instantOf(run.asOf)]));
  return [...Map.groupBy(postings, ({ lineId }) => lineId)].flatMap(([lineId, chain]) => {
    const instants = chain.toSorted((a, b) => a.seq - b.seq).map(({ runId }) => asOf.get(runId) ?? Number.NaN);
    const isOrdered = instants.every((instant, index) => index === 0 || (instants[index - 1] ?? 0) <= instant);
    return isOrdered ? [] : [`an older run posted ${lineId} after a newer one: ${told(chain)}`];
  });
}

/** What a run computed is what all facts recorded until its cut-off give, from what it froze: none was in flight when it read. */
async function resultsAreReproducible({ runs }: Ledger, { storm, facts }: Scene): Promise<string[]> {
  const found = runs
    // A provisional run looks at now, and does not wait for what is on its way.
    .filter(({ kind, resultHash }) => kind !== "provisional" && resultHash !== undefined)
    .map(async (run) => {
      const { runId, asOf, kind, resultHash } = run;
      const sources = await frozenSources(storm.stores, run);
      const again = settle({ ...sources, facts, asOf: instantOf(asOf), closedOnly: kind !== "provisional" });
      return again.resultHash === resultHash ? [] : [`the result of ${runId} is not what its inputs give`];
    });
  return (await Promise.all(found)).flat();
}

async function secondPersonsDecided({ campaign, runs }: Ledger, { storm, people }: Scene): Promise<string[]> {
  const found = runs.map(async ({ runId, planVersion, decidedBy }) => {
    if (decidedBy === undefined) return [];
    const publisher = (await storm.raw.plans.version(campaign, planVersion))?.publishedBy;
    const makers = [publisher, people.makers.get(runId)];
    return makers.includes(decidedBy) ? [`${runId} was decided by ${decidedBy}, who made it`] : [];
  });
  return (await Promise.all(found)).flat();
}

function shownIsApproved({ runs }: Ledger, { people }: Scene): string[] {
  return runs
    .filter(({ state }) => state === "approved" || state === "posted")
    .filter(({ runId, decidedBy, resultHash }) =>
      people.approvals.every(
        (approval) => approval.runId !== runId || approval.subject !== decidedBy || approval.seen !== resultHash,
      ),
    )
    .map(({ runId, decidedBy }) => `${runId} was approved by ${decidedBy}, who was shown something else`);
}

/** Every run has come to an end, and everybody who is paid by one was told. */
async function nothingIsStuck({ campaign, runs, payouts }: Ledger, { storm }: Scene): Promise<string[]> {
  const ended = ["computed", "unchanged", "posted", "rejected", "failed"];
  // A provisional run that died posts nothing and is asked for again.
  const stuck = runs
    .filter(({ kind, state }) => kind !== "provisional" && !ended.includes(state))
    .map(({ runId, state }) => `${runId} is still ${state}`);
  const told = payouts.map(async ({ runId, payee }) =>
    (await storm.raw.ledger.statement(campaign, payee, runId)) ? [] : [`${payee.id} has no statement of ${runId}`],
  );
  return [...stuck, ...(await Promise.all(told)).flat()];
}

/** RES-1 and RES-2 were looked at after every write. */
async function reservationsHold({ storm, people }: Scene): Promise<string[]> {
  const { reservations, clock } = storm;
  return [...reservations.seen, ...brokenPromises(people.tills.told, await reservations.all(), clock.now())];
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}

function told(chain: readonly Posting[]): string {
  return chain
    .map(({ seq, amountMinor, balanceMinor, runId }) => `${seq}: ${amountMinor} → ${balanceMinor} (${runId})`)
    .join(", ");
}

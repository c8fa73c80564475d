import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { seededRandom } from "#test/fixtures/jiangxi/random.ts";
import { checkAll } from "./checks.ts";
import { People } from "./people.ts";
import type { Sabotage } from "./sabotage.ts";
import { Storm } from "./storm.ts";
import { BEGIN, CAMPAIGNS, CUT_OFF, MONTHLY } from "./world.ts";

/** What came of one seed. */
export interface Played {
  readonly seed: number;
  readonly steps: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Each begins with the id of the invariant that does not hold; none when all is well. */
  readonly violations: readonly string[];
  /** The last turns, oldest first. */
  readonly log: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** More steps than this and it will not come to an end. */
const MOST_STEPS = 60_000;
const MOST_ROUNDS = 40;
/** Workers at once. */
const MOST_ALIVE = 30;

/** Where time goes: until when, and how many things happen on the way. */
const PHASES: readonly { readonly until: number; readonly happenings: number; readonly isLate: boolean }[] = [
  { until: Date.parse("2018-04-20T00:00:00+08:00"), happenings: 6, isLate: false },
  { until: Date.parse("2018-05-20T00:00:00+08:00"), happenings: 9, isLate: false },
  { until: CUT_OFF - MINUTE_MS, happenings: 8, isLate: false },
  { until: CUT_OFF + 10 * MINUTE_MS, happenings: 9, isLate: false },
  { until: CUT_OFF + 24 * DAY_MS, happenings: 12, isLate: true },
];

/** Plays one seed to its end and asks every invariant. The same seed is the same storm. */
export async function play(seed: number, sabotage: Sabotage = {}): Promise<Played> {
  const storm = new Storm(seededRandom(seed * 7919 + 1), sabotage);
  const people = new People(storm);
  const violations: string[] = [];
  try {
    await people.launch();
    await rage(storm, people);
    await rest(storm, people);
    violations.push(...(await checkAll(storm, people)), ...(await askForNothing(storm, people)));
  } catch (error) {
    violations.push(`END the storm did not come to its end: ${told(error)}`);
  }
  const { steps, faults, log } = storm.scheduler;
  return { seed, steps, faults, violations, log };
}

async function rage(storm: Storm, people: People): Promise<void> {
  const { random, scheduler, clock } = storm;
  const weather = random.pick([0, 0.5, 1, 2, 3]);
  const rate = (value: number) => Math.round(value * weather);
  scheduler.rates = {
    throttled: rate(60),
    unanswered: rate(40),
    killedBefore: rate(30),
    killedAfter: rate(40),
    slow: rate(40),
  };
  scheduler.stickiness = random.pick([0, 40, 80]);
  // Rebuilds mend much: in some storms nothing asks for one.
  const unrest = random.pick([0, 5, 12]);
  // In some nobody looks what is due until the end; then two settlements of different kinds are due at once.
  const isAsleep = random.chance(40);
  let from = BEGIN;
  for (const { until, happenings, isLate } of PHASES) {
    for (let left = happenings; left > 0; left -= 1) {
      const isAwake = !isAsleep || clock.now() >= CUT_OFF;
      await happen(storm, people, { isLate, unrest, isAwake });
      if (random.chance(60))
        storm.advance(random.int(0, Math.max(0, Math.min(until - clock.now(), (2 * (until - from)) / happenings))));
      if (random.chance(8)) storm.setBack();
      if (random.chance(8)) random.pick([storm.facts, storm.credits]).split();
      if (random.chance(30)) people.tills.claim();
      if (random.chance(20)) await people.tills.expire();
      if (isAwake && random.chance(35)) await people.due();
      for (let turns = random.int(0, 110); turns > 0; turns -= 1) await turn(storm, people);
    }
    storm.advance(Math.max(0, until - clock.now()));
    from = until;
    if (!isAsleep || until < CUT_OFF || isLate) continue;
    for (const kind of random.shuffled(["interim", "final"] as const)) await people.request(MONTHLY, kind);
  }
}

async function happen(
  storm: Storm,
  people: People,
  { isLate, unrest, isAwake }: { readonly isLate: boolean; readonly unrest: number; readonly isAwake: boolean },
): Promise<void> {
  const { random } = storm;
  const drawn = random.int(1, 100);
  if (drawn <= 50) {
    people.tellFact(isLate);
    return;
  }
  if (drawn > 100 - unrest) return people.change();
  if (isAwake && drawn <= 64) {
    const campaign = random.pick(CAMPAIGNS);
    const kinds = ["interim", "final", "adjustment", "provisional"] as const;
    await people.request(campaign, random.pick(kinds));
    // Two at once, and of another kind: only one can be the next.
    if (random.chance(60)) await people.request(campaign, random.pick(kinds));
    return;
  }
  if (drawn <= 68) return storm.jobs.wakeForNothing();
  if (drawn <= 72) {
    storm.facts.redrive();
    storm.credits.redrive();
    return storm.jobs.redrive();
  }
  await decideSome(storm, people, false);
}

/** One turn of whoever is at work, or somebody new gets to work. */
async function turn(storm: Storm, people: People): Promise<void> {
  const { random, scheduler } = storm;
  if (scheduler.waiting === 0 || (scheduler.alive < MOST_ALIVE && random.chance(12)))
    await startSomething(storm, people);
  await scheduler.step();
}

async function startSomething(storm: Storm, people: People): Promise<boolean> {
  const { facts, credits, jobs, random } = storm;
  const work = [
    ...(facts.backlog > 0 ? [() => facts.deliver()] : []),
    ...(credits.backlog > 0 ? [() => credits.deliver()] : []),
    ...(jobs.ready > 0 ? [() => jobs.invoke()] : []),
    ...(people.hasOutbox ? [() => people.deliver()] : []),
    ...(people.hasErrands ? [() => people.runErrand()] : []),
    ...(people.tills.hasCalls ? [() => people.tills.call()] : []),
  ];
  if (work.length === 0) return false;
  await random.pick(work)();
  return true;
}

/** Nothing goes wrong any more: what was put aside is sent in again, what is due is done, everything is decided. */
export async function rest(storm: Storm, people: People): Promise<void> {
  storm.calm();
  await drain(storm, people);
  for (let round = 1; ; round += 1) {
    if (round > MOST_ROUNDS) throw new Error(`still not at rest after ${MOST_ROUNDS} rounds`);
    const before = await fingerprint(storm);
    storm.advance(5 * MINUTE_MS);
    storm.facts.redrive();
    storm.credits.redrive();
    storm.jobs.redrive();
    await drain(storm, people);
    await people.due();
    await people.tills.expire();
    await drain(storm, people);
    await decideSome(storm, people, true);
    await drain(storm, people);
    await askAgain(storm, people);
    await drain(storm, people);
    if (round > 1 && (await fingerprint(storm)) === before) return;
  }
}

export async function drain(storm: Storm, people: People): Promise<void> {
  const { scheduler } = storm;
  while (scheduler.waiting > 0 || (await startSomething(storm, people))) {
    if (scheduler.steps > MOST_STEPS) throw new Error(`no end after ${MOST_STEPS} turns`);
    if (scheduler.alive < MOST_ALIVE) await startSomething(storm, people);
    await scheduler.step();
  }
}

/** A second person looks at every run that waits. */
async function decideSome(storm: Storm, people: People, isCareful: boolean): Promise<void> {
  for (const campaign of CAMPAIGNS) {
    for (const run of await storm.raw.ledger.runs(campaign)) {
      if (run.state === "awaitingApproval" && (isCareful || storm.random.chance(70)))
        await people.decide(run, isCareful);
    }
  }
}

/** A run that was rejected or that failed is not tried again by itself: a person asks. */
async function askAgain(storm: Storm, people: People): Promise<void> {
  for (const campaign of CAMPAIGNS) {
    const runs = (await storm.raw.ledger.runs(campaign)).filter(({ kind }) => kind !== "provisional");
    const hasFinal = runs.some(({ kind, state }) => kind === "final" && state === "posted");
    const isBroken = runs.at(-1)?.state === "rejected" || runs.at(-1)?.state === "failed";
    if (hasFinal && !isBroken) continue;
    await people.request(campaign, hasFinal ? "adjustment" : "final");
  }
}

/** LED-1: once all is at rest, one more run has nothing to post. */
async function askForNothing(storm: Storm, people: People): Promise<string[]> {
  const { ledger } = storm.raw;
  const postings = async () =>
    (await Promise.all(CAMPAIGNS.map((campaign) => ledger.postings(campaign)))).flat().length;
  const before = await postings();
  storm.advance(5 * MINUTE_MS);
  for (const campaign of CAMPAIGNS) await people.request(campaign, "adjustment");
  await drain(storm, people);
  const runs = await Promise.all(CAMPAIGNS.map(async (campaign) => (await ledger.runs(campaign)).at(-1)));
  const asked = runs
    .filter((run) => run?.state !== "unchanged")
    .map((run) => `LED-1 ${run?.runId} has something to post`);
  return (await postings()) === before ? asked : [...asked, "LED-1 an unchanged run posted something"];
}

async function fingerprint({ raw }: Storm): Promise<string> {
  const states = await Promise.all(CAMPAIGNS.map((campaign) => raw.ledger.runs(campaign)));
  const epochs = await Promise.all(CAMPAIGNS.map((campaign) => raw.plans.campaign(campaign)));
  return JSON.stringify([
    states.flat().map(({ runId, state }: Run) => `${runId} ${state}`),
    epochs.map((campaign) => `${campaign?.epoch} ${campaign?.rebuiltEpoch} ${campaign?.finalAsOf}`),
  ]);
}

function told(error: unknown): string {
  const problems = error instanceof Refusal ? error.problems.map(({ path, message }) => `${path} ${message}`) : [];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error), ...problems].join("; ");
}

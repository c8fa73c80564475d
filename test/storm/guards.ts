import {
  blindFactPut,
  has,
  hasOnly,
  isCredit,
  isProgress,
  isTotal,
  loosened,
  NeverInForceAgain,
  NeverLooksAgain,
  olderReads,
  seenBy,
  seqReadLast,
  silentWhenEqual,
} from "./loosen.ts";
import { behindRebuild, equalSum, inFlight, oldRules, sameSubject, slowProgress, slowReach } from "./made.ts";
import {
  approvedAlone,
  frozenTwice,
  olderPosted,
  overtakenLeft,
  overtakenPaying,
  overtakenPosted,
} from "./made-settlements.ts";
import { over } from "./ports.ts";
import type { Made, Sabotage } from "./sabotage.ts";

/** A guard of the design, and how to switch it off. */
export interface Guard {
  readonly name: string;
  /** What it keeps from happening. */
  readonly against: string;
  readonly sabotage?: Sabotage;
  /** Loosens conditions of the memory stores; gives back what tightens them again. */
  readonly loosen?: () => () => void;
  /** The first seed that notices, when it was last looked for from 1; the test begins there. */
  readonly seed?: number;
  /** Storms that must be enough to notice; absent for a guard that another one stands behind, with the reason. */
  readonly within?: number;
  readonly behind?: string;
  /** A coincidence that is too rare to wait for, made. */
  readonly made?: Made;
}

const DERIVED_READS = new Set(["participantCredits", "placeCredits", "placeProgress", "progress", "total", "totals"]);

export const GUARDS: readonly Guard[] = [
  {
    name: "reads: consistent",
    against: "a worker reads a sum or its sources as they were before the last write",
    sabotage: { stores: (deps) => ({ ...deps, derived: olderReads(deps.derived, DERIVED_READS) }) },
    seed: 1,
    within: 60,
  },
  {
    name: "reservation: closed once",
    against: "a commit and the expiry both take effect",
    loosen: loosened(has("reservationId", "expiresAt")),
    seed: 1,
    within: 60,
  },
  {
    name: "fact: put if absent",
    against: "a repeated message stores a second time",
    loosen: blindFactPut,
    seed: 1,
    within: 10,
  },
  {
    name: "fact: conflict is told from duplicate",
    against: "a contradiction is answered as stored",
    sabotage: {
      stores: (deps) => ({
        ...deps,
        facts: over(deps.facts, {
          put: async (fact) => {
            const { outcome, fact: stored } = await deps.facts.put(fact);
            return { outcome: outcome === "conflict" ? "duplicate" : outcome, fact: stored };
          },
        }),
      }),
    },
    seed: 1,
    within: 10,
  },
  {
    name: "credit: epoch",
    against: "a slow worker puts back what an older rule said",
    loosen: loosened(
      isCredit,
      (value, stored) =>
        !stored ||
        Number(stored.version) < Number(value.version) ||
        (stored.version === value.version && stored.epoch !== value.epoch),
    ),
    made: oldRules,
    behind: "whoever wrote by older rules looks again, and credits by the newer ones; unless its message is put aside",
  },
  {
    name: "credit: version",
    against: "a slow worker puts back an older version",
    loosen: loosened(isCredit, (value, stored) => !stored || Number(stored.epoch) <= Number(value.epoch)),
    seed: 6,
    within: 60,
  },
  {
    name: "credit: withdrawn where older versions put one",
    against: "a sale that changed hands counts for both",
    sabotage: seenBy(/^(credit|rebuild)/, ({ derived }) => ({
      derived: over(derived, {
        setCredit: async (credit) => (credit.reason === "superseded" ? false : derived.setCredit(credit)),
      }),
    })),
    seed: 1,
    within: 20,
  },
  {
    name: "progress: seq",
    against: "a slow roll-up overwrites newer progress",
    loosen: loosened(isProgress),
    made: slowProgress,
  },
  {
    name: "total: seq",
    against: "a slow roll-up overwrites a newer total",
    loosen: loosened(isTotal),
    seed: 36,
    within: 60,
  },
  {
    name: "total: written even when equal",
    against: "a slow roll-up puts an older sum back after a cancellation, because the one between wrote nothing",
    loosen: silentWhenEqual(isProgress),
    made: equalSum,
  },
  {
    name: "reach: seq",
    against: "a slow roll-up overwrites newer reach instants",
    loosen: loosened(has("reaches")),
    made: slowReach,
  },
  {
    name: "roll-up: seq is read before the sources",
    against: "what came between reading and writing is missed",
    sabotage: seenBy(/^(rollup|rebuild)/, ({ derived }) => ({ derived: over(derived, seqReadLast(derived)) })),
    seed: 33,
    within: 60,
  },
  {
    name: "roll-up: credits of older epochs do not count",
    against: "a sale counts in the old place and in the new one",
    sabotage: seenBy(/^rollup/, ({ plans }) => ({
      plans: over(plans, {
        campaign: async (id) => {
          const campaign = await plans.campaign(id);
          return campaign && { ...campaign, rebuiltEpoch: 0 };
        },
      }),
    })),
    seed: 3,
    within: 60,
  },
  {
    name: "roll-up: looks again whether a rebuild overtook it",
    against: "a total by old rules that nobody corrects",
    sabotage: { newContainer: () => new NeverLooksAgain() },
    seed: 2,
    within: 300,
  },
  {
    name: "crediting: looks again whether its rules are in force",
    against: "a sale is credited by old rules behind a rebuild's back",
    sabotage: { newContainer: () => new NeverInForceAgain() },
    made: behindRebuild,
  },
  {
    name: "held facts are released",
    against: "the list of held facts grows for ever",
    sabotage: { stores: (deps) => ({ ...deps, derived: over(deps.derived, { release: async () => undefined }) }) },
    seed: 1,
    within: 20,
  },
  {
    name: "late changes are noted",
    against: "a refund after the final run is never adjusted",
    sabotage: {
      stores: (deps) => ({ ...deps, derived: over(deps.derived, { noteLateChange: async () => undefined }) }),
    },
    seed: 2,
    within: 30,
  },
  {
    name: "campaign: revision",
    against: "two edits at once lose one of them",
    loosen: loosened(has("draft", "latestVersion")),
    seed: 9,
    within: 150,
  },
  {
    name: "run: revision",
    against: "a decision is lost under a slower write",
    loosen: loosened(has("submittedBy", "startedAt")),
    seed: 1,
    within: 150,
  },
  {
    name: "run: inputs are named by their hash",
    against: "who freezes a run a second time changes what it was made from",
    sabotage: {
      stores: (deps) => {
        const plain = (key: string) => key.replace(/\/[0-9a-f]{64}\.json$/, "/inputs.json");
        return {
          ...deps,
          files: over(deps.files, {
            put: (key, body, type) => deps.files.put(plain(key), body, type),
            get: (key) => deps.files.get(plain(key)),
          }),
        };
      },
    },
    made: frozenTwice,
  },
  {
    name: "ledger head: only forward",
    against: "an older run posts after a newer one",
    loosen: loosened(hasOnly("campaign", "runId", "asOf")),
    made: olderPosted,
  },
  {
    name: "posting: a number is taken once",
    against: "a line is posted twice",
    loosen: loosened(has("balanceMinor")),
    made: overtakenPosted,
  },
  {
    name: "payout: a number is taken once",
    against: "two runs pay the same posting",
    loosen: loosened(has("paidMinor")),
    made: overtakenPaying,
  },
  {
    name: "posting: the head is read again",
    against: "an older run goes on posting after a newer one began",
    sabotage: seenBy(/^settle/, ({ ledger }, worker) => ({
      ledger: over(ledger, {
        head: async (campaign) => {
          const head = await ledger.head(campaign);
          return head && { ...head, runId: runOf(worker) };
        },
      }),
    })),
    made: overtakenLeft,
  },
  {
    name: "posting: a newer run takes the number of lines it leaves",
    against: "an older run writes a line that the newer one did not touch",
    sabotage: seenBy(/^settle/, ({ ledger }) => ({ ledger: over(ledger, { runs: async () => [] }) })),
    made: overtakenLeft,
  },
  {
    name: "cut-off: nothing in flight is older",
    against: "a run misses a sale that was on its way",
    sabotage: { isIntakeEndless: true },
    made: inFlight,
  },
  {
    name: "approval: a second person",
    against: "who made a run approves it",
    sabotage: seenBy(/^(approve|reject)/, ({ ledger, plans }) => ({
      ledger: over(ledger, {
        run: async (campaign, runId) => {
          const run = await ledger.run(campaign, runId);
          return run && { ...run, submittedBy: "nobody" };
        },
      }),
      plans: over(plans, {
        version: async (campaign, number) => {
          const version = await plans.version(campaign, number);
          return version && { ...version, publishedBy: "nobody" };
        },
      }),
    })),
    made: approvedAlone,
  },
  {
    name: "approval: bound to the hash that was shown",
    against: "something else is approved than was looked at",
    sabotage: { isApprovalUnbound: true },
    seed: 35,
    within: 60,
  },
  {
    name: "stream: a subject once in a batch",
    against: "work is done twice",
    sabotage: { isDeduped: false },
    made: sameSubject,
    behind: "workers are level-triggered: what is done twice ends the same. It saves work, not correctness",
  },
];

/** `settle sprint.final-1~2/124` → `sprint.final-1` */
function runOf(worker: string): string {
  return worker.replace(/^settle /, "").split(/[~/]/)[0] ?? "";
}

import { MemoryLedgerStore } from "#adapters/memory/ledger-store.ts";
import { MemoryFileStore } from "#adapters/system/files-memory.ts";
import { decideRun, storeLines } from "#app/settlement/compute-run.ts";
import { type FoldPosition, foldChunk, planFold } from "#app/settlement/fold-run.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { Fact } from "#domain/fact.ts";
import { partsOf } from "#domain/part.ts";
import { hashOf } from "#engine/hash.ts";
import type { FactStore } from "#ports/fact-store.ts";
import type { LedgerStore } from "#ports/ledger-store.ts";
import { person, planOf, world } from "#test/fixtures/plan-builder.ts";
import { measured, peakMegabytes } from "../measure.ts";

/**
 * The steps of one settlement, each measured: `node test/bench/settle/scale.ts 2000000 100000` (facts, people). Facts are made up as
 * they are read, and lines are dropped as they are stored, so that the memory is the settlement's own.
 */

const [facts = 1_000_000, people = 100_000] = process.argv.slice(2).map(Number);
const CAMPAIGN = "small";
const RUN = { campaign: CAMPAIGN, runId: "small.provisional-1", asOf: "2018-06-16T00:00:00.000Z" };
const NOTHING = { chunks: 0, cpuMs: 0, wallMs: 0 };

const sources = world({
  plan: planOf(),
  memberships: Array.from({ length: people }, (_, index) => person(`seller-${index}`, "east")),
});

function factAt(index: number): Fact {
  const at = new Date(Date.UTC(2018, 4, 1) + (index % 2_500_000) * 1000).toISOString();
  return {
    kind: "sale",
    source: "pos",
    externalId: `sale-${index}`,
    version: 1,
    status: "active",
    participantId: `seller-${(index * 7919) % people}`,
    occurredAt: at,
    recordedAt: at,
    amount: `${(index % 900) + 100}.00`,
    currency: "CNY",
    quantity: "1",
    product: "P",
    channel: "individual",
    attributes: {},
  };
}

/** Makes up what it is asked for. */
const made: Pick<FactStore, "scan" | "about"> = {
  about: async () => facts,
  scan: async (segment, segments, { cursor = "0", limit = 1000 }) => {
    const begin = Number(cursor);
    const items: Fact[] = [];
    let next = begin;
    for (; items.length < limit && next * segments + segment < facts; next += 1) {
      items.push(factAt(next * segments + segment));
    }
    return next * segments + segment < facts ? { items, cursor: String(next) } : { items };
  },
};

/** Keeps the run, and drops its lines. */
class Sink extends MemoryLedgerStore {
  lineCount = 0;
  override async putLines(...[, lines]: Parameters<LedgerStore["putLines"]>): Promise<void> {
    this.lineCount += lines.length;
  }
  override async putNotAwarded(): Promise<void> {}
}

const ledger = new Sink();
const files = new MemoryFileStore();
const frozen = { plan: sources.plan, units: sources.units, memberships: sources.memberships, targets: sources.targets };
const sourcesHash = hashOf(frozen);
await files.put(
  `runs/${RUN.runId}/${sourcesHash}.json`,
  new TextEncoder().encode(canonicalJson(frozen)),
  "application/json",
);
await ledger.saveRun({
  ...RUN,
  kind: "provisional",
  state: "computing",
  revision: 1,
  planVersion: 1,
  planHash: "",
  epoch: 1,
  sourcesHash,
  submittedBy: "bench",
  startedAt: "2018-06-16T00:00:00.000Z",
  warnings: [],
});

const refuse = () => Promise.reject(new Error("not in this benchmark"));
const deps = {
  ledger,
  files,
  facts: {
    ...made,
    put: refuse,
    versions: refuse,
    conflicts: refuse,
    putUnreadable: refuse,
    unreadable: refuse,
    markDeliveryMended: refuse,
    putRejected: refuse,
    rejectedRow: refuse,
    rejected: refuse,
    markMended: refuse,
  },
};

const say = (what: string, { cpuMs, wallMs }: { readonly cpuMs: number; readonly wallMs: number }) =>
  process.stdout.write(
    `${what}: ${Math.round(wallMs)} ms, ${Math.round(cpuMs)} ms of processor, peak ${peakMegabytes()} MB\n`,
  );

const plan = await planFold(deps, RUN);
process.stdout.write(
  `${facts} facts, ${people} people, ${plan.segments} segments, ${plan.chunkFacts} a step; ${peakMegabytes()} MB\n`,
);
const partials: string[] = [];
const total = { ...NOTHING };
let longest = 0;
for (let segment = 0; segment < plan.segments; segment += 1) {
  let position: FoldPosition | undefined = { segment, facts: 0 };
  while (position) {
    const at: FoldPosition = position;
    const { result, cpuMs, wallMs } = await measured(() => foldChunk(deps, RUN, plan, at));
    partials.push(result.file);
    total.chunks += 1;
    total.cpuMs += cpuMs;
    total.wallMs += wallMs;
    longest = Math.max(longest, wallMs);
    position = result.cursor === undefined ? undefined : result;
  }
}
say(`fold, ${total.chunks} steps (longest ${Math.round(longest)} ms)`, total);
const sizes = await Promise.all(partials.map(async (file) => (await files.get(file))?.length ?? 0));
process.stdout.write(`partials: ${Math.round(sizes.reduce((sum, size) => sum + size, 0) / facts)} bytes a fact\n`);
const decided = await measured(() => decideRun(deps, RUN, partials));
say(`decide, ${decided.result.parts} parts`, decided);
const stored = { ...NOTHING };
for (const part of partsOf(decided.result.parts)) {
  const { cpuMs, wallMs } = await measured(() => storeLines(deps, RUN, part));
  stored.cpuMs += cpuMs;
  stored.wallMs += wallMs;
}
say(`store ${ledger.lineCount} lines, without the database`, stored);

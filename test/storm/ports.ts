import { createHash } from "node:crypto";
import type { EdgeDeps } from "#app/deps.ts";
import { factKey } from "#domain/ids.ts";
import type { FactStore } from "#ports/fact-store.ts";
import type { ReservationStore } from "#ports/reservation-store.ts";
import type { Task } from "./scheduler.ts";

/** Lists of whole partitions, with the fields of the key that a database reads them in order of. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  "facts.versions": ["version"],
  "derived.participantCredits": ["fact"],
  "derived.placeCredits": ["participantId", "fact"],
  "derived.placeProgress": ["participantId"],
  "derived.totals": ["place"],
  "derived.reaches": ["unit"],
  "derived.lateChanges": ["fact", "version"],
  "ledger.runs": ["runId"],
  "ledger.balances": ["lineId"],
  "ledger.postings": ["lineId", "seq"],
  "ledger.payouts": ["payee", "seq"],
  "plans.units": ["unit"],
  "plans.allPeople": ["participantId"],
  "plans.targets": ["subject", "measure", "label", "slice"],
};

/** Lists that come in pages, whose last argument is the request: here in very small ones. */
const PAGES = new Set([
  "plans.campaigns",
  "ledger.lines",
  "ledger.notAwarded",
  "ledger.beside",
  "derived.held",
  "facts.unreadable",
  "facts.rejected",
]);

/**
 * The ports as one worker sees them. Each call waits for its turn. A list is no snapshot: it is read in small parts, each at a
 * turn of its own, as a database reads a long query. A single item is read as it is at its turn, for every port
 * promises consistent reads; there is none that may answer with an older one.
 */
export function portsOf(task: Task, deps: EdgeDeps): EdgeDeps {
  return {
    ...deps,
    facts: turnwise(task, "facts", over(deps.facts, { scan: scanByHash(task, deps.facts) })),
    derived: turnwise(task, "derived", deps.derived),
    plans: turnwise(task, "plans", deps.plans),
    ledger: turnwise(task, "ledger", deps.ledger),
    reservations: turnwise(task, "reservations", busyNow(task, deps.reservations)),
    approvals: turnwise(task, "approvals", deps.approvals),
    audit: turnwise(task, "audit", deps.audit),
    files: turnwise(task, "files", deps.files),
    secrets: turnwise(task, "secrets", deps.secrets),
    jobs: turnwise(task, "jobs", deps.jobs),
  };
}

/** In hundred writes to a limit, those that were not tried because too many others write to it. */
const BUSY_PERCENT = 4;

function busyNow(task: Task, reservations: ReservationStore): ReservationStore {
  const isBusy = () => {
    const busy = task.mayFail && task.isStormy && task.random.chance(BUSY_PERCENT);
    if (busy) task.count("busy limit");
    return busy;
  };
  return over(reservations, {
    reserve: async (claim) => (isBusy() ? { outcome: "busy" } : reservations.reserve(claim)),
    close: async (closed) => (isBusy() ? "busy" : reservations.close(closed)),
  });
}

/** A store with some methods of another. */
export function over<T extends object>(store: T, changes: Partial<T>): T {
  return new Proxy(store, {
    get: (target, key) => {
      if (Reflect.has(changes, key)) return Reflect.get(changes, key);
      const member: unknown = Reflect.get(target, key);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

function turnwise<T extends object>(task: Task, port: string, store: T): T {
  return new Proxy(store, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== "function" || typeof key !== "string") return member;
      const what = `${port}.${key}`;
      return (...args: unknown[]) => {
        const fields = LISTS[what];
        if (fields && task.random.chance(35)) {
          return tornList(task, what, fields, async () => Reflect.apply(member, target, args));
        }
        return task.call(what, async () =>
          Reflect.apply(member, target, PAGES.has(what) ? smallPage(task, args) : args),
        );
      };
    },
  });
}

function smallPage(task: Task, args: readonly unknown[]): unknown[] {
  const request = args.at(-1);
  return typeof request === "object" ? [...args.slice(0, -1), { ...request, limit: task.random.int(1, 6) }] : [...args];
}

/** Reads in order of the key, some items a turn; what comes or goes meanwhile behind the reader's back is not seen. */
async function tornList(
  task: Task,
  what: string,
  fields: readonly string[],
  read: () => Promise<readonly object[]>,
): Promise<object[]> {
  const items: object[] = [];
  let after = "";
  for (;;) {
    const rest = await task.call(what, async () =>
      (await read())
        .map((item) => ({ item, key: keyOf(item, fields) }))
        .filter(({ key }) => key > after)
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    );
    const part = rest.slice(0, task.random.int(1, 4));
    items.push(...part.map(({ item }) => item));
    if (after !== "") task.count("list read in parts");
    if (part.length === rest.length) return what === "ledger.runs" ? items.sort(byStart) : items;
    after = part.at(-1)?.key ?? after;
  }
}

function keyOf(item: object, fields: readonly string[]): string {
  return fields
    .map((field): unknown => Reflect.get(item, field))
    .map((value) => (typeof value === "number" ? String(value).padStart(16, "0") : JSON.stringify(value)))
    .join("\u0000");
}

function byStart(a: object, b: object): number {
  return Date.parse(String(Reflect.get(a, "startedAt"))) - Date.parse(String(Reflect.get(b, "startedAt")));
}

const EVERYTHING = 1_000_000;

/** A scan in order of a hash, as a database scans: what is stored while it goes on may lie before its cursor. */
function scanByHash(task: Task, facts: FactStore): FactStore["scan"] {
  return async (segment, segments, { cursor }) => {
    const { items } = await facts.scan(segment, segments, { limit: EVERYTHING });
    const keyed = items
      .map((fact) => ({ fact, key: `${hash(factKey(fact))}#${String(fact.version).padStart(6, "0")}` }))
      .filter(({ key }) => cursor === undefined || key > cursor)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const page = keyed.slice(0, task.random.int(3, 14));
    const last = page.length < keyed.length ? page.at(-1) : undefined;
    return { items: page.map(({ fact }) => fact), ...(last ? { cursor: last.key } : {}) };
  };
}

const hashes = new Map<string, string>();

function hash(text: string): string {
  const known = hashes.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 12);
  hashes.set(text, known);
  return known;
}

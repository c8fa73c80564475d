import { isDeepStrictEqual } from "node:util";
import { MemoryTable } from "#adapters/memory/memory-table.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import type { EdgeDeps } from "#app/deps.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { Sabotage } from "./sabotage.ts";

/** Ways to switch a guard off. */

export type Fields = Readonly<Record<string, unknown>>;

/** Conditional writes of items that look like this succeed when `allowed` says so, whatever the store's own condition says. */
export function loosened(
  looksLike: (value: object) => boolean,
  allowed: (value: Fields, stored: Fields | undefined) => boolean = () => true,
): () => () => void {
  return () => {
    const { setIf } = MemoryTable.prototype;
    MemoryTable.prototype.setIf = function (partition, key, value, condition) {
      return setIf.call(this, partition, key, value, (stored) =>
        looksLike(value) ? allowed(value, stored) : condition(stored),
      );
    };
    return () => {
      MemoryTable.prototype.setIf = setIf;
    };
  };
}

/** A put that looks at nothing: what is stored under the key is not seen, and replaced. */
export function blindFactPut(): () => void {
  const { get } = MemoryTable.prototype;
  MemoryTable.prototype.get = function (partition, key) {
    const value: unknown = get.call(this, partition, key);
    return typeof value === "object" && value !== null && has("externalId", "occurredAt")(value) ? undefined : value;
  };
  return () => {
    MemoryTable.prototype.get = get;
  };
}

export function has(...fields: readonly string[]): (value: object) => boolean {
  return (value) => fields.every((field) => Reflect.has(value, field));
}

export function hasOnly(...fields: readonly string[]): (value: object) => boolean {
  return (value) => has(...fields)(value) && Object.keys(value).length === fields.length;
}

/** What workers whose name begins so see of one port. */
export function seenBy(workers: RegExp, change: (deps: EdgeDeps, worker: string) => Partial<EdgeDeps>): Sabotage {
  return { ports: (worker, deps) => (workers.test(worker) ? { ...deps, ...change(deps, worker) } : deps) };
}

export const isCredit = has("outcome", "epoch", "version");
export const isProgress = has("participantId", "seq", "measures");
export const isTotal = (value: object) => has("place", "seq", "measures")(value) && !has("participantId")(value);

export class NeverInForceAgain extends LiveRules {
  override async stillInForce(): Promise<boolean> {
    return true;
  }
}

export class NeverLooksAgain extends LiveRules {
  override async isStill(): Promise<boolean> {
    return true;
  }
}

/** Totals whose seq is read after their sources, right before they are written: the order turned round. */
export function seqReadLast(derived: DerivedStore): Partial<DerivedStore> {
  return {
    setProgress: async (next) => {
      const now = await derived.progress(next.campaign, next.place, next.participantId);
      return derived.setProgress({ ...next, seq: (now?.seq ?? 0) + 1 });
    },
    setTotal: async (next) => {
      const now = await derived.total(next.campaign, next.place);
      return derived.setTotal({ ...next, seq: (now?.seq ?? 0) + 1 });
    },
    setReach: async (next) => {
      const now = await derived.reach(next.campaign, next.unit);
      return derived.setReach({ ...next, seq: (now?.seq ?? 0) + 1 });
    },
  };
}

/** Every third answer of a read is the one before: what a database may say to who does not ask for better. */
export function olderReads<T extends object>(store: T, reads: ReadonlySet<string>): T {
  const before = new Map<string, unknown>();
  let count = 0;
  return new Proxy(store, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== "function" || typeof key !== "string") return member;
      if (!reads.has(key)) return member.bind(target);
      return async (...args: unknown[]) => {
        const asked = `${key} ${JSON.stringify(args)}`;
        const now: unknown = await Reflect.apply(member, target, args);
        const answer = before.has(asked) && count % 3 === 0 ? before.get(asked) : now;
        count += 1;
        before.set(asked, now);
        return answer;
      };
    },
  });
}

/** Who finds nothing to change writes nothing, and is told that it was written: so the number of what stands does not rise. */
export function silentWhenEqual(looksLike: (value: object) => boolean): () => () => void {
  return () => {
    const { setIf } = MemoryTable.prototype;
    MemoryTable.prototype.setIf = function (partition, key, value, condition) {
      const stored: unknown = this.get(partition, key);
      const isSame =
        looksLike(value) && stored !== undefined && isDeepStrictEqual({ ...stored, seq: 0 }, { ...value, seq: 0 });
      return isSame || setIf.call(this, partition, key, value, condition);
    };
    return () => {
      MemoryTable.prototype.setIf = setIf;
    };
  };
}

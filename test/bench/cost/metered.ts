import { AsyncLocalStorage } from "node:async_hooks";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import type { TableDescription } from "#adapters/dynamodb/table.ts";
import { UnitMeter, type Units } from "#adapters/dynamodb/units.ts";
import type { Deps } from "#app/deps.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";

/** The steps of a sale's way, in order. */
export const STEPS = [
  "fact",
  "fact, read again",
  "who is known",
  "rules",
  "credit",
  "progress of the seller",
  "total of the place",
  "reach of the unit",
  "late change",
] as const;
export type CostStep = (typeof STEPS)[number];

/** By the store's method that a request is made for. */
const STEP_OF: Readonly<Record<string, CostStep>> = {
  put: "fact",
  versions: "fact, read again",
  person: "who is known",
  hold: "who is known",
  release: "who is known",
  setCredit: "credit",
  progress: "progress of the seller",
  participantCredits: "progress of the seller",
  setProgress: "progress of the seller",
  total: "total of the place",
  placeProgress: "total of the place",
  setTotal: "total of the place",
  reach: "reach of the unit",
  totals: "reach of the unit",
  placeCredits: "reach of the unit",
  setReach: "reach of the unit",
  noteLateChange: "late change",
};

/** The stores on DynamoDB Local with a meter on each request, told by what the request was made for. */
export class MeteredWorld {
  readonly cloud = new MemoryCloud();
  readonly deps: Deps;
  readonly #doing = new AsyncLocalStorage<CostStep>();
  readonly #meter = new UnitMeter(() => this.#doing.getStore() ?? "rules");

  constructor(client: DynamoDBDocumentClient, tables: Record<TableDescription["name"], string>) {
    this.#meter.attach(client);
    this.deps = {
      ...this.cloud.deps,
      facts: this.#named(new DynamoFactStore(client, tables.facts)),
      derived: this.#named(new DynamoDerivedStore(client, tables.derived)),
      plans: this.#named(new DynamoPlanStore(client, tables.plans)),
    };
  }

  /** What was used since the last time this was asked. */
  take(): ReadonlyMap<CostStep, Units> {
    const taken = new Map(STEPS.map((step) => [step, this.#meter.of(step)] as const));
    this.#meter.reset();
    return taken;
  }

  /** The same store; while one of its methods runs, requests are counted for that step. */
  #named<T extends object>(store: T): T {
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        const step = STEP_OF[String(name)] ?? "rules";
        return (...given: unknown[]) => this.#doing.run(step, () => Reflect.apply(value, target, given));
      },
    });
  }
}

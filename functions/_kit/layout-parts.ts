import { DynamoLayoutStore } from "#adapters/dynamodb/layout-store.ts";
import type { LayoutStore, LayoutWriter } from "#ports/payout-layouts.ts";
import { type Environment, given } from "./environment.ts";
import { once } from "./once.ts";
import { database } from "./parts.ts";

/** Layouts lie beside the plans. */
export function layoutsOf(environment: Environment): LayoutStore {
  return new DynamoLayoutStore(database(), given(environment, "LAUREL_PLANS_TABLE"));
}

/** The tables of encodings are large, and few calls write a payout file. */
export function layoutWriterOf(): LayoutWriter {
  const writer = once(() => import("#adapters/files/payout-layout-file.ts"));
  return { write: async (layout, payouts, run) => (await writer()).payoutLayoutFile(layout, payouts, run) };
}

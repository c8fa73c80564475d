import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { documentClient } from "#adapters/dynamodb/client.ts";
import { TABLES } from "#adapters/dynamodb/table.ts";
import { createTables, LOCAL_CLIENT_CONFIG, startDynamoDbLocal } from "#infra/local/dynamodb.ts";
import { rounded, table, writeSection } from "../results.ts";
import { STEPS } from "./metered.ts";
import { type Costs, perMessage, play, type Scenario } from "./play.ts";

/** `npm run bench -- cost`: what a sale costs, in counted request units and in money. Nothing in it is a time. */

const steady = { campaigns: 1, sales: 500, sellers: 400, batch: 250 };

const SCENARIOS: readonly Scenario[] = [
  { ...steady, name: "one campaign, 50 sales a second" },
  { ...steady, name: "one campaign, 5 sales a second", batch: 25 },
  { ...steady, name: "one campaign, a sale now and then", sales: 120, batch: 1 },
  { ...steady, name: "three campaigns, 50 sales a second", campaigns: 3 },
  { ...steady, name: "an import of 500 rows", batch: 500 },
  { ...steady, name: "a correction of each", sales: 250, afterwards: "corrected" },
  { ...steady, name: "a cancellation of each", sales: 250, afterwards: "cancelled" },
  { ...steady, name: "a correction after the cut-off", sales: 250, afterwards: "corrected after the cut-off" },
];

const pricesSchema = z.looseObject({
  region: z.string(),
  asOf: z.iso.date(),
  dynamodb: z.object({ perMillionWriteUnits: z.number(), perMillionReadUnits: z.number(), perGbMonth: z.number() }),
  lambda: z.object({ perMillionRequests: z.number(), perGbSecondArm: z.number() }),
});

/** Rough, and small beside the tables: calls a sale (a webhook each; batches of the two workers), and gigabyte-seconds. */
const LAMBDA = { callsASale: 1 + 1 / 50 + 1 / 60, gbSecondsASale: 0.5 * 0.02 + 1 * 0.004 + 1 * 0.004 };
/** A fact, a credit and its part of the rest, stored for a year; from the sizes of the items that were written. */
const BYTES_A_SALE = 1_100;
const SIZES = [1_000_000, 10_000_000, 100_000_000];

export async function benchCost(): Promise<void> {
  const database = await startDynamoDbLocal();
  const costs: Costs[] = [];
  try {
    for (const [index, scenario] of SCENARIOS.entries()) {
      const prefix = `cost-${index}-`;
      await createTables(database.endpoint, prefix);
      const client = documentClient({ ...LOCAL_CLIENT_CONFIG, endpoint: database.endpoint });
      costs.push(await play(client, tableNames(prefix), scenario));
      client.destroy();
    }
  } finally {
    await database.stop();
  }
  writeSection("cost", sheet(costs));
}

function tableNames(prefix: string) {
  const { facts, derived, plans, ledger } = TABLES;
  const name = (described: { readonly name: string }) => prefix + described.name;
  return { facts: name(facts), derived: name(derived), plans: name(plans), ledger: name(ledger) };
}

function sheet(costs: readonly Costs[]): string[] {
  const prices = pricesSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, "prices.json"), "utf8")));
  const { perMillionWriteUnits, perMillionReadUnits, perGbMonth } = prices.dynamodb;
  const dollars = (cost: Costs) => {
    const { writes, reads } = perMessage(cost);
    return writes * perMillionWriteUnits + reads * perMillionReadUnits;
  };
  const [first] = costs;
  if (!first) throw new RangeError("no scenario was played");
  const lambda =
    LAMBDA.callsASale * prices.lambda.perMillionRequests + LAMBDA.gbSecondsASale * 1e6 * prices.lambda.perGbSecondArm;
  const perYear = ((BYTES_A_SALE * 1e6) / 1e9) * perGbMonth * 12;
  return [
    "## What a sale costs",
    "",
    "Request units, counted on DynamoDB Local while the real use cases play sales of 400 sellers in 56 branches. Write units",
    "a message, by step; the last columns are all reads, and dollars for a million messages.",
    "",
    ...table(
      ["sales arrive as", ...STEPS.filter((step) => writesOf(costs, step)), "writes", "reads", "$ a million"],
      costs.map((cost) => {
        const { writes, reads } = perMessage(cost);
        return [
          cost.scenario.name,
          ...STEPS.filter((step) => writesOf(costs, step)).map((step) => rounded(ofStep(cost, step, "writes"))),
          rounded(writes),
          rounded(reads),
          rounded(dollars(cost)),
        ];
      }),
    ),
    "",
    "Read units a message, of the first line, by step:",
    "",
    ...table(
      ["step", "reads"],
      STEPS.filter((step) => ofStep(first, step, "reads") > 0).map((step) => [
        step,
        rounded(ofStep(first, step, "reads")),
      ]),
    ),
    "",
    "Reads grow with what a total is made of: about one for 20 credits of the seller, and one for 12 sellers of a branch",
    "that had a sale in the batch. Writes do not grow.",
    "",
    `A whole campaign at 50 sales a second, in dollars (${prices.region}, list prices of ${prices.asOf}: \`test/bench/cost/prices.json\`).`,
    `Lambda is an estimate from its settings (${rounded(lambda)} a million sales); storage is of a year (${rounded(perYear)} a million).`,
    "",
    ...table(
      ["facts", "tables", "Lambda", "storage", "all"],
      SIZES.map((facts) => {
        const parts = [dollars(first), lambda, perYear].map((perMillion) => (perMillion * facts) / 1e6);
        return [
          `${facts / 1e6} million`,
          ...parts.map((part) => rounded(part, 0)),
          rounded(
            parts.reduce((a, b) => a + b),
            0,
          ),
        ];
      }),
    ),
  ];
}

function ofStep({ messages, steps }: Costs, step: (typeof STEPS)[number], kind: "writes" | "reads"): number {
  return (steps.get(step)?.[kind] ?? 0) / messages;
}

function writesOf(costs: readonly Costs[], step: (typeof STEPS)[number]): boolean {
  return costs.some((cost) => ofStep(cost, step, "writes") > 0);
}

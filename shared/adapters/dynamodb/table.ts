import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";

/**
 * The four tables, as data. CDK, the tests and the local cloud all build them from this one description.
 * They are split by life cycle: what can be lost, who writes, and who wants to hear of changes.
 */
export interface TableDescription {
  /** Logical name; the real one has a prefix. */
  readonly name: "facts" | "derived" | "plans" | "ledger";
  /** The environment variable that tells a function the real name. */
  readonly environmentVariable: string;
  /** What a change says to the workers; undefined: nobody listens. Workers re-read, so keys are enough. */
  readonly stream: "KEYS_ONLY" | undefined;
  /** False: point-in-time recovery and deletion protection. True: it can be dropped and rebuilt to the same bytes. */
  readonly mayBeLost: boolean;
  /** Some items carry {@link EXPIRY_ATTRIBUTE} and are deleted some time after it. */
  readonly expires: boolean;
  readonly holds: string;
}

export const TABLES = {
  facts: {
    name: "facts",
    environmentVariable: "LAUREL_FACTS_TABLE",
    stream: "KEYS_ONLY",
    mayBeLost: false,
    expires: false,
    holds:
      "every version of every fact, conflicting messages, deliveries that could not be understood, lines of orders",
  },
  derived: {
    name: "derived",
    environmentVariable: "LAUREL_DERIVED_TABLE",
    stream: "KEYS_ONLY",
    mayBeLost: true,
    expires: true,
    holds:
      "credits, progress, totals, reaches, held facts, late changes; how days ended; what became of deliveries lately",
  },
  plans: {
    name: "plans",
    environmentVariable: "LAUREL_PLANS_TABLE",
    stream: undefined,
    mayBeLost: false,
    expires: true,
    holds:
      "campaigns, plan versions, units, people, targets, sources, requests for approval; answers of calls with an Idempotency-Key",
  },
  ledger: {
    name: "ledger",
    environmentVariable: "LAUREL_LEDGER_TABLE",
    stream: undefined,
    mayBeLost: false,
    expires: false,
    holds: "runs, lines, postings, payouts, statements; reservations and what they leave of stocks and budgets; audit",
  },
} as const satisfies Record<TableDescription["name"], TableDescription>;

/** Every table has the same primary key: two strings. */
export const PARTITION_KEY = "PK";
export const SORT_KEY = "SK";

/** On-demand: a campaign's last day is not capacity-planned. */
export const BILLING_MODE = "PAY_PER_REQUEST";

/**
 * Which stream records wake a worker. In `facts` only versions of facts do, not conflicts or unreadable deliveries;
 * in `derived` only credits, so that the roll-up's own writes do not wake it again. keys.ts builds keys with these.
 */
export const FACT_PARTITION_PREFIX = "fact#";
export const CREDIT_SORT_PREFIX = "who#";

/**
 * In `ledger`, what may be updated in place (how much of a limit is taken) and what may be deleted (the reminder that an open
 * reservation will expire). Roles allow both in these partitions only; keys.ts builds keys with these.
 */
export const LEVEL_PARTITION_PREFIX = "limits#";
export const DUE_PARTITION_PREFIX = "due#";

/** In `derived`, the log of deliveries: the only items there that intake may write, and that vanish by themselves. */
export const DELIVERY_PARTITION_PREFIX = "deliveries#";

/** In `derived`, how campaigns stood at the end of days: the only items there that the clock may write. */
export const DAY_PARTITION_PREFIX = "days#";

/** In `plans`, what has happened and what channels are told of it: the only items there that the notifier may write. */
export const OUTBOX_PARTITION_PREFIX = "outbox#";

/** The attribute that says, in seconds since the epoch, from when on DynamoDB may delete an item. */
export const EXPIRY_ATTRIBUTE = "expiresAt";

/** Lambda event-source filter patterns (the value of `FilterCriteria.Filters[].Pattern`, before JSON). */
export const STREAM_FILTERS = {
  facts: { dynamodb: { Keys: { [PARTITION_KEY]: { S: [{ prefix: FACT_PARTITION_PREFIX }] } } } },
  derived: { dynamodb: { Keys: { [SORT_KEY]: { S: [{ prefix: CREDIT_SORT_PREFIX }] } } } },
} as const;

/** The request that creates a table named `<prefix><name>`; for DynamoDB Local, where backups mean nothing. */
export function createTableInput(table: TableDescription, prefix: string): CreateTableCommandInput {
  return {
    TableName: `${prefix}${table.name}`,
    BillingMode: BILLING_MODE,
    AttributeDefinitions: [
      { AttributeName: PARTITION_KEY, AttributeType: "S" },
      { AttributeName: SORT_KEY, AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: PARTITION_KEY, KeyType: "HASH" },
      { AttributeName: SORT_KEY, KeyType: "RANGE" },
    ],
    StreamSpecification: table.stream
      ? { StreamEnabled: true, StreamViewType: table.stream }
      : { StreamEnabled: false },
  };
}

import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { AnswerStore, CallKey, KeptAnswer, KeptCall } from "#ports/answer-store.ts";
import { ABSENT, type Condition, ItemTable, parseItem } from "./item-table.ts";
import { answerKeys } from "./keys.ts";
import { EXPIRY_ATTRIBUTE } from "./table.ts";

const keptCallSchema = z.strictObject({
  attempt: z.string(),
  fingerprint: z.string(),
  startedAt: z.int(),
  keptUntil: z.int(),
  answer: z
    .strictObject({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() })
    .exactOptional(),
});

/** Beside the plans. DynamoDB deletes what has expired, some day: the reader looks at `keptUntil` itself. */
export class DynamoAnswerStore implements AnswerStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async call(key: CallKey): Promise<KeptCall | undefined> {
    const item = await this.#table.get(answerKeys.call(key));
    if (!item) return undefined;
    const { [EXPIRY_ATTRIBUTE]: _deletedAt, ...fields } = item;
    return parseItem(keptCallSchema, fields);
  }

  async begin(key: CallKey, call: KeptCall, before: KeptCall | undefined): Promise<boolean> {
    return this.#table.claim(answerKeys.call(key), fieldsOf(call), before === undefined ? ABSENT : began(before));
  }

  async finish(key: CallKey, call: KeptCall, answer: KeptAnswer): Promise<void> {
    await this.#table.putIf(answerKeys.call(key), fieldsOf({ ...call, answer }), underWay(call));
  }

  async release(key: CallKey, call: KeptCall): Promise<void> {
    await this.#table.putIf(answerKeys.call(key), fieldsOf({ ...call, keptUntil: call.startedAt }), underWay(call));
  }
}

function fieldsOf(call: KeptCall) {
  return { ...call, [EXPIRY_ATTRIBUTE]: Math.ceil(call.keptUntil / 1000) };
}

function began({ attempt }: KeptCall): Condition {
  return { expression: "attempt = :attempt", values: { ":attempt": attempt } };
}

function underWay(call: KeptCall): Condition {
  const { expression, ...rest } = began(call);
  return { ...rest, expression: `${expression} AND attribute_not_exists(answer)` };
}

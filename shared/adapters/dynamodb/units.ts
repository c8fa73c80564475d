import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { itemSizeBytes } from "./item-size.ts";

/** Request units as DynamoDB bills them on demand. */
export interface Units {
  readonly writes: number;
  readonly reads: number;
}

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** One for each started kB, at least one, also when the condition fails; twice that inside a transaction. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

/** One for each started 4 kB of what is read together, at least one; half when it may be stale. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);
}

const itemSchema = z.record(z.string(), z.unknown());
const itemsSchema = z.array(itemSchema).default([]);
const tableSchema = z.object({ TableName: z.string(), ConsistentRead: z.boolean().default(false) });
const writeSchema = z.object({ PutRequest: z.object({ Item: itemSchema }).optional() });
const batchWriteSchema = z.object({ RequestItems: z.record(z.string(), z.array(writeSchema)) });
const leftOverSchema = z.object({ UnprocessedItems: z.record(z.string(), z.array(writeSchema)).default({}) });
const tableItemSchema = z.object({ TableName: z.string(), Item: itemSchema.optional() });
const transactWriteSchema = z.object({
  TransactItems: z.array(z.partialRecord(z.enum(["Put", "Update", "Delete", "ConditionCheck"]), tableItemSchema)),
});

/**
 * Estimates the units that requests cost, by table or by step, from the sizes of what they send and receive. It knows the new item
 * of a write, not the one it replaces, and of a filtered scan what came through: real bills are at least this.
 */
export class UnitMeter {
  readonly #byLabel = new Map<string, { writes: number; reads: number }>();
  readonly #labelOf: (table: string) => string;

  /** @param labelOf under which name a request is counted: its table's, or what is being done when it is answered */
  constructor(labelOf: (table: string) => string = (table) => table) {
    this.#labelOf = labelOf;
  }

  /** Counts every request that this client sends from now on; through the document client only, whose values are plain. */
  attach(client: DynamoDBDocumentClient): void {
    client.middlewareStack.add(
      (next, context) => async (request) => {
        const command = context.commandName ?? "";
        try {
          const answer = await next(request);
          this.#count(command, request.input, answer.output);
          return answer;
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) this.#count(command, request.input, {});
          throw error;
        }
      },
      { step: "initialize", name: "laurelUnitMeter" },
    );
  }

  of(label: string): Units {
    return { ...(this.#byLabel.get(label) ?? { writes: 0, reads: 0 }) };
  }

  total(): Units {
    const all = [...this.#byLabel.values()];
    return {
      writes: all.reduce((sum, { writes }) => sum + writes, 0),
      reads: all.reduce((sum, { reads }) => sum + reads, 0),
    };
  }

  reset(): void {
    this.#byLabel.clear();
  }

  #count(command: string, input: unknown, output: unknown): void {
    switch (command) {
      case "PutItemCommand":
      case "DeleteItemCommand":
      case "UpdateItemCommand": {
        const { TableName, Item } = tableItemSchema.parse(input);
        this.#add(TableName, { writes: writeUnits(itemSizeBytes(Item ?? {})), reads: 0 });
        return;
      }
      case "BatchWriteItemCommand":
        this.#countBatch(batchWriteSchema.parse(input).RequestItems, 1);
        this.#countBatch(leftOverSchema.parse(output).UnprocessedItems, -1);
        return;
      case "TransactWriteItemsCommand":
        for (const write of transactWriteSchema.parse(input).TransactItems.flatMap((item) => Object.values(item))) {
          if (write) this.#add(write.TableName, { writes: 2 * writeUnits(itemSizeBytes(write.Item ?? {})), reads: 0 });
        }
        return;
      case "GetItemCommand": {
        const { TableName, ConsistentRead } = tableSchema.parse(input);
        const { Item } = z.object({ Item: itemSchema.default({}) }).parse(output);
        this.#add(TableName, { writes: 0, reads: readUnits(itemSizeBytes(Item), ConsistentRead) });
        return;
      }
      case "QueryCommand":
      case "ScanCommand": {
        const { TableName, ConsistentRead } = tableSchema.parse(input);
        const { Items } = z.object({ Items: itemsSchema }).parse(output);
        const bytes = Items.reduce((sum, item) => sum + itemSizeBytes(item), 0);
        this.#add(TableName, { writes: 0, reads: readUnits(bytes, ConsistentRead) });
        return;
      }
      default:
        throw new Error(`the unit meter does not know ${command}`);
    }
  }

  #countBatch(requests: z.infer<typeof batchWriteSchema>["RequestItems"], sign: 1 | -1): void {
    for (const [table, writes] of Object.entries(requests)) {
      for (const { PutRequest } of writes) {
        this.#add(table, { writes: sign * writeUnits(itemSizeBytes(PutRequest?.Item ?? {})), reads: 0 });
      }
    }
  }

  #add(table: string, { writes, reads }: Units): void {
    const label = this.#labelOf(table);
    const sum = this.#byLabel.get(label) ?? { writes: 0, reads: 0 };
    this.#byLabel.set(label, { writes: sum.writes + writes, reads: sum.reads + reads });
  }
}

import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireOperation } from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import type { SavedExecution } from "./execution.ts";

/** Where executions outlive the process. */
export interface Journal {
  load(): SavedExecution[];
  save(execution: SavedExecution): void;
}

/** Keeps nothing: what is in memory goes with the tables that are in memory. */
export const NO_JOURNAL: Journal = { load: () => [], save: () => undefined };

const savedSchema: z.ZodType<SavedExecution> = z.object({
  name: z.string(),
  functionName: z.string(),
  arn: z.string(),
  status: z.enum(["running", "succeeded", "failed"]),
  error: z.string().optional(),
  operations: z.array(z.custom<WireOperation>((value) => z.looseObject({ Id: z.string() }).safeParse(value).success)),
  deadlines: z.record(z.string(), z.number()),
});

/** One JSON file an execution. A file is replaced whole, so a crash leaves the old state or the new one. */
export function folderJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true });
  return {
    load: () =>
      readdirSync(folder)
        .filter((file) => file.endsWith(".json"))
        .sort()
        .map((file) => savedSchema.parse(JSON.parse(readFileSync(join(folder, file), "utf8")))),
    save: (execution) => {
      const file = join(folder, `${encodeURIComponent(execution.name)}.json`);
      writeFileSync(`${file}.new`, JSON.stringify(execution));
      renameSync(`${file}.new`, file);
    },
  };
}

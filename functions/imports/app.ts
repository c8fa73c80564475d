import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import { giveUpImport, type ImportDeps, runImport } from "#app/imports/run-import.ts";
import { log } from "../_kit/log.ts";

const requestSchema = z.object({ id: z.string(), attempt: z.int() });

/** Carries out an import of an uploaded file, or looks what it would change. */
export function createImports(deps: ImportDeps) {
  return withDurableExecution(async (event: unknown, context: DurableContext) => {
    const request = requestSchema.parse(event);
    try {
      const { state, findings } = await context.step("import", async () => {
        const { state, findings } = await runImport(deps, request);
        return { state, findings };
      });
      log.info("imported", { ...request, state, findings });
      return { ...request, state, findings };
    } catch (error) {
      // Whoever waits for it learns that it will not come; the execution fails, and is counted.
      await context.step("give up", () => giveUpImport(deps, request));
      throw error;
    }
  });
}

import * as z from "zod";
import { importOptionsShape, importSchema, uploadSchema } from "#domain/import.ts";

export const uploadViewSchema = uploadSchema
  .extend({
    put: z
      .strictObject({
        method: z.literal("PUT"),
        url: z.string().describe("Takes one file; whoever has it may put it, nothing else"),
        headers: z.record(z.string(), z.string()).describe("To be sent exactly so"),
        expiresAt: z.string(),
      })
      .describe("The request that puts the file there; it goes past this API and carries no token"),
  })
  .meta({ id: "Upload" });

export const importViewSchema = importSchema.meta({ id: "Import" });

export const uploadBodySchema = uploadSchema.pick({ kind: true, fileName: true, size: true, sha256: true });

export const importStartSchema = z.strictObject({
  upload: z.string().min(1).max(64),
  ...importOptionsShape,
  preview: z.boolean().default(false).describe("Only look what would change; `…/confirm` carries it out"),
});

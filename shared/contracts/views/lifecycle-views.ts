import * as z from "zod";
import { ROLES } from "#domain/actor.ts";
import { conductSchema } from "#domain/conduct.ts";
import { COMMANDS, PHASES } from "#domain/lifecycle.ts";

/** Where a campaign is in its life. */
export const lifecycleViewSchema = z
  .strictObject({
    campaign: z.string(),
    phase: z.enum(PHASES).describe("Told from what is stored and the time: a campaign whose period is over is closing"),
    conduct: conductSchema.optional(),
    allowed: z
      .array(
        z.strictObject({
          command: z.enum(COMMANDS),
          from: z.array(z.enum(PHASES)),
          to: z.enum([...PHASES, "same"]),
          who: z.array(z.enum(ROLES)),
          second: z.boolean().describe("Asked for by one person, decided by another"),
          holds: z.string().describe("What must hold besides"),
        }),
      )
      .describe("What is allowed now"),
    versions: z
      .array(
        z.strictObject({
          version: z.int(),
          planHash: z.string(),
          publishedBy: z.string(),
          inForce: z.boolean(),
          linted: z.strictObject({ at: z.string(), findings: z.int() }).optional(),
          simulationHash: z.string().optional().describe("Of the simulation that its maker looked at"),
          approval: z
            .strictObject({ id: z.string(), state: z.string(), by: z.string().optional(), at: z.string().optional() })
            .optional()
            .describe("Of its newest request"),
        }),
      )
      .describe("That a version was looked at, simulated and approved are facts about it, not states of the campaign"),
  })
  .meta({ id: "Lifecycle" });

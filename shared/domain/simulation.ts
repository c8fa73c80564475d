import * as z from "zod";
import { slugSchema } from "./ids.ts";
import { problemSchema } from "./problem.ts";

/** What is being done: one after another, in this order; `settlingInForce` is passed over where a plan is tried by itself. */
export const SIMULATION_STAGES = ["reading", "settlingDraft", "settlingInForce", "comparing"] as const;

/** How far a simulation is. Counts are of versions of facts, as a settlement reads them. */
export const simulationProgressSchema = z.strictObject({
  stage: z.enum(SIMULATION_STAGES),
  read: z.int().min(0).describe("Read so far"),
  about: z.int().min(0).describe("About how many there are; exact once all are read"),
  settled: z.int().min(0).describe("Settled so far, over both plans"),
  toSettle: z.int().min(0).describe("How many will be settled, over both plans: about, while they are being read"),
});
export type SimulationProgress = z.infer<typeof simulationProgressSchema>;

/** A simulation that was asked to be kept, without what came of it. */
export const keptSimulationSchema = z.strictObject({
  id: z.uuid(),
  campaign: slugSchema,
  requestedBy: z.string(),
  requestedAt: z.string(),
  updatedAt: z.string(),
  state: z
    .enum(["working", "done", "failed"])
    .describe("`failed`: it was refused, and `problems` say why; nothing came of it"),
  draftRevision: z.int().min(1).describe("The campaign's revision whose draft, or whose version, was tried"),
  progress: simulationProgressSchema,
  refusal: z
    .strictObject({ kind: z.string(), message: z.string(), problems: z.array(problemSchema) })
    .exactOptional()
    .describe("Why it failed"),
});
export type KeptSimulation = z.infer<typeof keptSimulationSchema>;

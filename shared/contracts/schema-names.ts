import * as z from "zod";
import {
  clawbackSchema,
  deductionsSchema,
  gateSchema,
  instalmentSchema,
  localizedSchema,
  multipliersSchema,
  paySchema,
  roundingSchema,
  splitSchema,
  thresholdSchema,
} from "#domain/plan/parts.ts";
import { rewardSchema } from "#domain/plan/plan.ts";
import { stepSchema } from "#domain/step.ts";

/**
 * Shapes that stand in many places of the published schemas, by the name under which they are published once. Without a name each place
 * has a copy: the plan alone would be four times as long, and a generated client would have a type for each copy.
 */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Clawback: clawbackSchema,
  Deductions: deductionsSchema,
  Gate: gateSchema,
  Instalment: instalmentSchema,
  LocalizedText: localizedSchema,
  Multipliers: multipliersSchema,
  Pay: paySchema,
  Reward: rewardSchema,
  Rounding: roundingSchema,
  Split: splitSchema,
  Threshold: thresholdSchema,
  TraceStep: stepSchema,
};

/** Names them; a schema is named once, however often this is asked. */
export function nameSchemas(): void {
  for (const [id, schema] of Object.entries(NAMED)) {
    const known = z.globalRegistry.get(schema);
    if (known?.id !== id) z.globalRegistry.add(schema, { ...known, id });
  }
}

import type { FunctionName } from "./functions.ts";

/**
 * Kilobytes of minified code that a cold start loads: what was measured, and five in a hundred. Of it the AWS SDK's core
 * with the DynamoDB client is 230, zod 100, the condition language 82, Temporal 55, the plan's schemas 35. Who needs more looks
 * into the bundle's `meta.json` first, and whether it can be imported on demand.
 */
export const BUDGET_KB: Record<FunctionName, number> = {
  api: 880,
  intake: 534,
  reference: 132,
  credit: 668,
  rollup: 661,
  settle: 922,
  rebuild: 790,
  reconcile: 792,
  imports: 802,
  clock: 636,
  notify: 824,
};

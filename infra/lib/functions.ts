/** Every function that is deployed; each is `functions/<name>/handler.ts`, exporting `handler`. */
export const FUNCTION_NAMES = [
  "api",
  "intake",
  "reference",
  "credit",
  "rollup",
  "settle",
  "rebuild",
  "reconcile",
  "imports",
  "clock",
  "notify",
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

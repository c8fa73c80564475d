import type { FunctionName } from "#infra/lib/functions.ts";

/** What each function is told besides its stage, without the prefix `LAUREL_`. */
export const ENVIRONMENT: Record<FunctionName, readonly string[]> = {
  api: [
    "FACTS_TABLE",
    "DERIVED_TABLE",
    "PLANS_TABLE",
    "LEDGER_TABLE",
    "FILES_BUCKET",
    "VENDOR_SECRETS_PREFIX",
    "SETTLE_FUNCTION",
    "REBUILD_FUNCTION",
    "RECONCILE_FUNCTION",
    "IMPORTS_FUNCTION",
    "JWT_ISSUER",
    "JWT_AUDIENCE",
    "JWKS_URI",
    "JWT_CLAIMS",
  ],
  intake: ["FACTS_TABLE", "DERIVED_TABLE", "PLANS_TABLE", "SECRETS_PREFIX", "VENDOR_SECRETS_PREFIX"],
  reference: ["SIGN_IN"],
  credit: ["FACTS_TABLE", "DERIVED_TABLE", "PLANS_TABLE"],
  rollup: ["DERIVED_TABLE", "PLANS_TABLE"],
  settle: ["FACTS_TABLE", "PLANS_TABLE", "LEDGER_TABLE", "FILES_BUCKET"],
  rebuild: ["FACTS_TABLE", "DERIVED_TABLE", "PLANS_TABLE"],
  reconcile: ["FACTS_TABLE", "DERIVED_TABLE", "PLANS_TABLE", "FILES_BUCKET"],
  imports: ["FACTS_TABLE", "PLANS_TABLE", "LEDGER_TABLE", "FILES_BUCKET", "REBUILD_FUNCTION"],
  clock: [
    "FACTS_TABLE",
    "DERIVED_TABLE",
    "PLANS_TABLE",
    "LEDGER_TABLE",
    "FILES_BUCKET",
    "SETTLE_FUNCTION",
    "REBUILD_FUNCTION",
    "RECONCILE_FUNCTION",
  ],
};

import type { ApiOperationId } from "#contracts/routes.ts";

/** What the build writes in, from the same tables that the API is made of (`infra/lib/console-bundle.ts`). */
declare global {
  /** Of each operation its method and path. */
  const API_OPERATIONS: Readonly<Record<ApiOperationId, readonly [method: string, path: string]>>;
  /** Minor-unit digits of the currencies that have not two. */
  const CURRENCY_DIGITS: Readonly<Record<string, number>>;
}

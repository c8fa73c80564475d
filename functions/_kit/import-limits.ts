import * as z from "zod";
import { IMPORT_LIMITS, type ImportLimits } from "#domain/approval.ts";
import type { Environment } from "./environment.ts";

const rowsSchema = z.coerce.number().int().min(0).default(IMPORT_LIMITS.rows);
const percentSchema = z.coerce.number().min(0).max(100).default(IMPORT_LIMITS.percent);

/** How much an import may change without a second person: the defaults, but where the deployment says otherwise. */
export function importLimitsOf({ LAUREL_IMPORT_LIMIT_ROWS: rows, LAUREL_IMPORT_LIMIT_SHARE: percent }: Environment): {
  readonly importLimits: ImportLimits;
} {
  const { percentFrom } = IMPORT_LIMITS;
  return { importLimits: { rows: rowsSchema.parse(rows), percent: percentSchema.parse(percent), percentFrom } };
}

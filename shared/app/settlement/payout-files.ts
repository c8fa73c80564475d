import type { Part } from "#domain/part.ts";
import type { Run } from "#domain/run.ts";

/** The files of one part of the payees; a run whose payees are not divided has one of each kind, under its plain name. */
export function payoutFilesOf(runId: string, { index, of }: Part): NonNullable<Run["payoutFiles"]> {
  const name = of === 1 ? runId : `${runId}-part-${index + 1}-of-${of}`;
  return { csv: `payouts/${name}.csv`, xlsx: `payouts/${name}.xlsx`, ...(of === 1 ? {} : { parts: of }) };
}

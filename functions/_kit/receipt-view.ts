import type { FactReceipt } from "#app/record-facts.ts";

/** A receipt as the wire shows it. */
export function receiptView({ problems, ...receipt }: FactReceipt) {
  return { ...receipt, ...(problems === undefined ? {} : { problems: [...problems] }) };
}

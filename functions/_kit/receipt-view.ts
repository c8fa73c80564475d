import type { FactReceipt } from "#app/intake/record-facts.ts";

/** A receipt as the wire shows it. */
export function receiptView({ problems, ...receipt }: FactReceipt) {
  return { ...receipt, ...(problems === undefined ? {} : { problems: [...problems] }) };
}

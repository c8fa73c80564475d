import type { PayoutLayout, PayoutLayoutBody } from "#domain/payout-layout.ts";
import type { Payout } from "#domain/run.ts";

/** Layouts of payout files. Reads are consistent. */
export interface LayoutStore {
  layout(id: string): Promise<PayoutLayout | undefined>;
  /** All, by id. */
  layouts(): Promise<PayoutLayout[]>;
  /** Creates with revision 1 if the id is free, or replaces exactly the revision before; false when another was faster. */
  saveLayout(layout: PayoutLayout): Promise<boolean>;
}

/** What a file says of the run that it pays. `asOf` is in the plan's zone. */
export interface LayoutRun {
  readonly campaign: string;
  readonly runId: string;
  readonly resultHash: string;
  readonly asOf: string;
  readonly currency: string;
}

/** Writes payouts as a layout says. Throws Refusal("invalid") with what the layout cannot write. */
export interface LayoutWriter {
  write(layout: PayoutLayoutBody, payouts: readonly Payout[], run: LayoutRun): Promise<Uint8Array>;
}

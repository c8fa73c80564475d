import { addExact } from "#domain/decimal.ts";
import type { PayPlanReward } from "#domain/plan/rewards/pay-plan.ts";

type Draw = NonNullable<PayPlanReward["draw"]>;

/** What a draw makes of the earnings of a slice. Minor units. */
export interface Drawn {
  /** Paid beyond what was earned. */
  readonly toppedUp: number;
  readonly recovered: number;
  /** Open balance after. */
  readonly after: number;
  /** What is paid of the earnings, a draw paid ahead included. */
  readonly paid: number;
}

/**
 * Tops up and recovers. Only what was open before the slice can be recovered in it, and never more than was earned: above the
 * draw, or at all.
 */
export function drawOf({ timing, recovery }: Draw, drawMinor: number, earned: number, before: number): Drawn {
  const toppedUp = timing === "onTop" ? drawMinor : Math.max(0, addExact(drawMinor, -earned));
  const room = recovery === "aboveDraw" ? addExact(earned, -drawMinor) : earned;
  const recovered = recovery === "none" ? 0 : Math.min(before, Math.max(0, room));
  const lent = recovery === "none" ? 0 : toppedUp;
  return {
    toppedUp,
    recovered,
    after: addExact(addExact(before, lent), -recovered),
    paid: addExact(addExact(earned, toppedUp), -recovered),
  };
}

import type { NotAwarded, Step } from "#domain/line.ts";
import type { About } from "./teller.ts";

export type Traced = Pick<NotAwarded, "reward" | "slice" | "trace">;

/** What a trace's sentences need to know of the whole of it. */
export function aboutTrace({ reward, slice, trace }: Traced): About {
  return { reward, slice, own: ownValue(trace), handedOut: handedOut(trace) };
}

/** A scorecard's total where places go by it; else a trace starts with what the reward looks at. */
function ownValue(trace: readonly Step[]): string | undefined {
  const scored = trace.find((step) => step.step === "scored");
  if (scored) return scored.total;
  const [first] = trace;
  return first?.step === "measure" || first?.step === "ratio" ? first.value : undefined;
}

/** How much of a gift the stock was enough for; undefined where it was enough for all. */
function handedOut(trace: readonly Step[]): string | undefined {
  const cut = trace.findLast((step) => step.step === "budget");
  return cut?.policy === "stock" ? cut.amount : undefined;
}

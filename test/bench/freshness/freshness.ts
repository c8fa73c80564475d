import { availableParallelism, loadavg } from "node:os";
import { measuredOn, rounded, table, writeSection } from "../results.ts";
import { measureLag } from "./lag.ts";
import { measureOverhead, SALE_BYTES } from "./overhead.ts";
import { measureStartUps } from "./start-up.ts";

/** Times of a machine with other work say nothing: how much there was, by the system's own count. */
function besides(): string {
  const [minute = 0] = loadavg();
  const isBusy = minute > availableParallelism() / 2;
  return `Load average when it began: ${rounded(minute, 1)} on ${availableParallelism()} processors${isBusy ? ": too busy, measure again when it is quiet" : ""}.`;
}

/** How soon a sale is on the board, what a request costs beside the database, and how fast each function starts. */
export async function benchFreshness(): Promise<void> {
  const load = besides();
  const { sales, perSecond, lags, acceptMs, boardMs } = await measureLag();
  const sorted = lags.toSorted((a, b) => a - b);
  const seconds = (part: number) => rounded((sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN) / 1000);
  writeSection("freshness", [
    "## From a sale's 2xx to the board",
    "",
    `${sales} signed sales, meant to be 50 a second and answered at ${rounded(perSecond, 0)} a second, on the local cloud: the deployed handlers, DynamoDB Local with its streams, and the windows that are deployed.`,
    "The nth sale counts as visible with the first board that counts n. A total is written once in the five seconds that a roll-up collects (`infra/lib/jobs-stack.ts`).",
    "",
    `${measuredOn()} ${load}`,
    "",
    ...table(
      ["", "p50", "p95", "max"],
      [["seconds until it is on the board", seconds(0.5), seconds(0.95), seconds(1)]],
    ),
    "",
    `A call of the intake took ${rounded(acceptMs, 0)} ms, one of the board ${rounded(boardMs, 0)} ms (medians, with HTTP and DynamoDB Local on the same processors).`,
  ]);
  const overheads = await measureOverhead();
  const nothing = overheads[0]?.cpuUs ?? Number.NaN;
  writeSection("overhead", [
    "## What a request costs beside the database",
    "",
    `The deployed handlers over memory stores: processor time a request, the median of seven rounds of 1,000. A sale has ${SALE_BYTES} bytes; its signature is verified.`,
    "",
    `${measuredOn()} ${load}`,
    "",
    ...table(
      ["", "µs", "times nothing"],
      overheads.map(({ name, cpuUs }) => [name, rounded(cpuUs, 0), rounded(cpuUs / nothing, 1)]),
    ),
  ]);
  const startUps = measureStartUps();
  const empty = startUps[0]?.importMs ?? Number.NaN;
  writeSection("start-up", [
    "## How large functions are, and how fast they load",
    "",
    "Minified code that a cold start loads, against its budget (`infra/lib/bundle-budgets.ts`; a test holds it), and the time in which a fresh process imports it: the median of five.",
    "",
    `${measuredOn()} ${load}`,
    "",
    ...table(
      ["", "kB", "budget", "ms", "times an empty one"],
      startUps.map(({ name, kilobytes, budgetKb, importMs }) => [
        name,
        rounded(kilobytes, budgetKb === undefined ? 1 : 0),
        budgetKb ?? "",
        rounded(importMs, 0),
        rounded(importMs / empty, 1),
      ]),
    ),
  ]);
}

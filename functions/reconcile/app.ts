import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import { concludeLook, toLookAtAgain } from "#app/reconciliation/conclude.ts";
import { beginLook, type Look, type LookDeps } from "#app/reconciliation/look.ts";
import { lookAtFacts } from "#app/reconciliation/look-at-facts.ts";
import { lookAtInflow } from "#app/reconciliation/look-at-inflow.ts";
import {
  listPlaces,
  lookAgainAtTotals,
  lookAtPlaces,
  lookForSuperfluous,
  type PlacesPart,
} from "#app/reconciliation/look-at-places.ts";
import { lookAtReaches } from "#app/reconciliation/look-at-reaches.ts";
import { log } from "../_kit/log.ts";

/** Disjoint parts of all facts, looked at side by side. */
const SEGMENTS = 4;

/** Places that one step looks at. */
const PLACES = 25;

/** Longer than any total is on its way. */
const BETWEEN_LOOKS = { minutes: 5 };

const requestSchema = z.object({ campaign: z.string(), id: z.string() });

/** Holds the derived data of a campaign against its facts, in both directions, and tells; it changes nothing. */
export function createReconcile(deps: LookDeps) {
  return withDurableExecution(async (event: unknown, context: DurableContext) => {
    const request = requestSchema.parse(event);
    const look = await context.step("begin", () => beginLook(deps, request));
    const facts = await lookAtAllFacts(deps, look, context);
    await context.step("inflow", () => lookAtInflow(deps, look, "inflow", facts));
    const count = await context.step("places", () => listPlaces(deps, look, facts));
    const places = await eachPlaces("place", count, context, (part) => lookAtPlaces(deps, look, part));
    const reaches = await lookAtAllReaches(deps, look, context);
    const parts = [...facts, "inflow", ...places, ...reaches];
    const again = await lookAgain(deps, look, context, { parts, count });
    return context.step("conclude", () => conclude(deps, look, [...parts, ...again]));
  });
}

async function lookAtAllFacts(deps: LookDeps, look: Look, context: DurableContext): Promise<string[]> {
  const segments = Array.from({ length: SEGMENTS }, (_, segment) => segment);
  const looked = await context.map("facts", segments, (child, segment) => lookAtSegment(deps, look, child, segment), {
    maxConcurrency: 2,
  });
  looked.throwIfError();
  return looked.getResults().flatMap((steps, segment) => names(`facts-${segment}`, steps));
}

/** @returns how many parts it took */
async function lookAtSegment(deps: LookDeps, look: Look, context: DurableContext, segment: number): Promise<number> {
  let cursor: string | undefined;
  for (let step = 1; ; step += 1) {
    const from = cursor;
    const part = `facts-${segment}-${step}`;
    // A step's result is JSON, so the end of a segment is null, not undefined.
    const next = await context.step(
      part,
      async () => (await lookAtFacts(deps, look, { segment, segments: SEGMENTS, cursor: from, part })) ?? null,
    );
    if (next === null) return step;
    cursor = next;
  }
}

async function lookAtAllReaches(deps: LookDeps, look: Look, context: DurableContext): Promise<string[]> {
  const parts: string[] = [];
  for (let step = 0, hasMore = true; hasMore; step += 1) {
    const part = `reaches-${step + 1}`;
    hasMore = await context.step(part, () => lookAtReaches(deps, look, { step, part }));
    parts.push(part);
  }
  return parts;
}

/** Looks closer where the first look saw something: at the credits of those days, and, after a while, at those totals. */
async function lookAgain(
  deps: LookDeps,
  look: Look,
  context: DurableContext,
  { parts, count }: { readonly parts: readonly string[]; readonly count: number },
): Promise<string[]> {
  const { days, suspects } = await context.step("compare", () => toLookAtAgain(deps, look, parts));
  const looked =
    days.length === 0
      ? []
      : await eachPlaces("credits", count, context, (part) => lookForSuperfluous(deps, look, part, new Set(days)));
  if (suspects.length === 0) return looked;
  await context.wait("totals on their way", BETWEEN_LOOKS);
  await context.step("totals", () => lookAgainAtTotals(deps, look, "totals", suspects));
  return [...looked, "totals"];
}

async function eachPlaces(
  name: string,
  count: number,
  context: DurableContext,
  work: (part: PlacesPart) => Promise<void>,
): Promise<string[]> {
  const parts = names(name, Math.ceil(count / PLACES));
  for (const [index, part] of parts.entries()) {
    await context.step(part, () => work({ from: index * PLACES, to: (index + 1) * PLACES, part }));
  }
  return parts;
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

/** The log line is what the alarm counts: `message` and `differences` are named in the jobs stack. */
async function conclude(deps: LookDeps, look: Look, parts: readonly string[]) {
  const { campaign, id, state, differences, findings } = await concludeLook(deps, look, parts);
  log.info("reconciled", { campaign, id, state, differences });
  for (const finding of findings.slice(0, 20)) log.warn("derived data differs from facts", { campaign, id, finding });
  return { campaign, id, state, differences };
}

import { createHash, randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { acceptsIdempotencyKey, type Route } from "#contracts/route.ts";
import type { Actor } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { CallKey, KeptAnswer, KeptCall } from "#ports/answer-store.ts";
import type { Edge } from "./edge.ts";
import { HttpProblem } from "./http-problem.ts";

type Answer = APIGatewayProxyStructuredResultV2;

const HEADER = "idempotency-key";
/** How long a repeated call is answered from what is kept. */
const KEPT_HOURS = 24;
/** The API gives up earlier (`infra/lib/api-stack.ts`): whoever began longer ago is not coming back. */
const ABANDONED_AFTER_SECONDS = 60;
/** A store's item holds 400 kB; a call that answers more is made again when it is repeated. */
const KEPT_BYTES_MAX = 300_000;

/** What makes two calls the same: everything that was asked, after it was read. */
export interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly expectedRevision: number;
}

/**
 * Runs a call once for each `Idempotency-Key` of a caller (draft-ietf-httpapi-idempotency-key-header): the same call again does nothing
 * and is answered the same, with `idempotency-replayed: true`. A call that was refused has done nothing and may be sent
 * again under its key.
 *
 * @throws HttpProblem("invalid") for the key of another call; HttpProblem("conflict") while the first is under way
 */
export async function oncePerKey(
  edge: Pick<Edge, "answers" | "securityClock">,
  route: Route,
  event: APIGatewayProxyEventV2,
  actor: Actor,
  asked: Asked,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const given = acceptsIdempotencyKey(route) ? event.headers[HEADER] : undefined;
  if (given === undefined) return run();
  const key = { caller: actor.subject, operation: `${route.method} ${route.path}`, key: readKey(given) };
  const now = edge.securityClock.now();
  const before = await edge.answers.call(key);
  const fingerprint = createHash("sha256").update(canonicalJson(asked)).digest("hex");
  if (before !== undefined && now < before.keptUntil) {
    if (before.fingerprint !== fingerprint) throw keyOfAnother(given);
    if (before.answer) return replayed(before.answer);
    if (now < before.startedAt + ABANDONED_AFTER_SECONDS * 1000) throw underWay(given);
  }
  const call = { attempt: randomUUID(), fingerprint, startedAt: now, keptUntil: now + KEPT_HOURS * 3_600_000 };
  if (!(await edge.answers.begin(key, call, before))) throw underWay(given);
  return runAndKeep(edge, key, call, run);
}

async function runAndKeep(
  { answers }: Pick<Edge, "answers">,
  key: CallKey,
  call: KeptCall,
  run: () => Promise<Answer>,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await run();
  } catch (error) {
    await answers.release(key, call);
    throw error;
  }
  const kept = keepable(answer);
  if (kept) await answers.finish(key, call, kept);
  else await answers.release(key, call);
  return answer;
}

function keepable({ statusCode = 200, headers = {}, body = "" }: Answer): KeptAnswer | undefined {
  if (Buffer.byteLength(body) > KEPT_BYTES_MAX) return undefined;
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return { status: statusCode, headers: texts, body };
}

function replayed({ status, headers, body }: KeptAnswer): Answer {
  return { statusCode: status, headers: { ...headers, "idempotency-replayed": "true" }, body };
}

/** 1 to 255 visible ASCII characters; the draft's quotes are taken off. */
function readKey(header: string): string {
  const key = /^"(.*)"$/.exec(header.trim())?.[1] ?? header.trim();
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw refused("invalid", "this is no key", header.slice(0, 300), {
    allowed: "1 to 255 visible ASCII characters",
    mend: "send a new UUID for each call, and the same one when you repeat it",
  });
}

function keyOfAnother(key: string): HttpProblem {
  return refused("invalid", "this key was used for another call", key, {
    mend: "use a new key for each call; repeat a call with exactly what it said before",
  });
}

function underWay(key: string): HttpProblem {
  return refused("conflict", "the call with this key is still under way", key, {
    mend: "wait a few seconds, then repeat it under the same key",
  });
}

function refused(
  kind: "invalid" | "conflict",
  message: string,
  seen: string,
  more: { readonly allowed?: string; readonly mend: string },
): HttpProblem {
  const problem = { code: "idempotency-key", path: "Idempotency-Key", message, seen, ...more };
  return new HttpProblem(kind, message, { problems: [problem] });
}

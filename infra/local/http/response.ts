import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import * as z from "zod";
import {
  PROBLEM_KINDS,
  PROBLEM_MEDIA,
  type ProblemDetails,
  type ProblemKind,
  problemType,
} from "#contracts/problem-details.ts";

/** Lambda's limit for what a handler answers. */
const MOST_ANSWER_BYTES = 6 * 1024 * 1024;

const answerSchema = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** What a handler answered → what goes over the wire. Throws when the gateway would not understand it. */
export function fromGatewayAnswer(answer: unknown): HttpAnswer {
  const { statusCode, headers = {}, cookies = [], body = "", isBase64Encoded = false } = answerSchema.parse(answer);
  if (Buffer.byteLength(body) > MOST_ANSWER_BYTES) {
    throw new Error(`the answer has ${Buffer.byteLength(body)} bytes and Lambda passes on ${MOST_ANSWER_BYTES}`);
  }
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    statusCode,
    headers: { ...Object.fromEntries(texts), ...(cookies.length > 0 ? { "set-cookie": cookies } : {}) },
    body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
  };
}

/** The gateway's own refusals, in the same form as the functions'. */
export function problemAnswer(kind: ProblemKind, detail: string, instance: string): HttpAnswer {
  const { status, title } = PROBLEM_KINDS[kind];
  const problem: ProblemDetails = { type: problemType(kind), title, status, detail, instance, problems: [] };
  return { statusCode: status, headers: { "content-type": PROBLEM_MEDIA }, body: Buffer.from(JSON.stringify(problem)) };
}

export function send(response: ServerResponse, { statusCode, headers, body }: HttpAnswer, requestId: string): void {
  // Node leaves the body out for HEAD and for statuses that have none, but not its length.
  const bodiless = statusCode === 204 || statusCode === 304;
  response.writeHead(statusCode, {
    ...headers,
    "apigw-requestid": requestId,
    ...(bodiless ? {} : { "content-length": body.length }),
  });
  response.end(bodiless ? undefined : body);
}

import { createHash } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { HttpProblem } from "./http-problem.ts";

/** What an operation answers with: a JSON document, or a file. */
export type Reply<T> = JsonReply<T> | FileReply;

export interface JsonReply<T> {
  readonly json: T;
  /** Revision of what is answered, for `If-Match`. */
  readonly revision?: number;
  /** Path of what was made. */
  readonly location?: string;
}

export interface FileReply {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Given: browsers save the file under this name. */
  readonly fileName?: string;
  /** The `cursor` of the next file, where one does not hold all. */
  readonly nextCursor?: string;
}

/** Lambda hands on at most 6 MB, base64 and wrapping included. */
const ANSWER_BYTES_MAX = 5_500_000;

/**
 * A JSON answer with an ETag: the revision, or else a hash of the text. Who shows the hash again in `If-None-Match` is told that
 * nothing changed.
 */
export function jsonAnswer(
  event: APIGatewayProxyEventV2,
  status: number,
  { json, revision, location }: JsonReply<unknown>,
): APIGatewayProxyStructuredResultV2 {
  const body = JSON.stringify(json);
  requireSendable(Buffer.byteLength(body));
  const etag = revision === undefined ? `"${hash(body)}"` : `"${revision}"`;
  const headers = {
    "content-type": "application/json",
    "cache-control": "private, no-cache",
    "x-content-type-options": "nosniff",
    ...(status === 200 || revision !== undefined ? { etag } : {}),
    ...(location === undefined ? {} : { location }),
  };
  const isGet = event.requestContext.http.method === "GET";
  if (isGet && status === 200 && event.headers["if-none-match"] === etag) return { statusCode: 304, headers };
  return { statusCode: status, headers, body };
}

export function fileAnswer({ bytes, contentType, fileName, nextCursor }: FileReply): APIGatewayProxyStructuredResultV2 {
  const body = Buffer.from(bytes).toString("base64");
  requireSendable(body.length);
  return {
    statusCode: 200,
    headers: {
      "content-type": contentType,
      "cache-control": "private, no-cache",
      "x-content-type-options": "nosniff",
      ...(fileName === undefined ? {} : { "content-disposition": `attachment; filename="${fileName}"` }),
      ...(nextCursor === undefined ? {} : { "laurel-next-cursor": nextCursor }),
    },
    body,
    isBase64Encoded: true,
  };
}

function requireSendable(bytes: number): void {
  if (bytes <= ANSWER_BYTES_MAX) return;
  const problem = {
    code: "answer-too-large",
    path: "query/limit",
    message: "the answer is larger than can be sent at once",
    seen: `${bytes} bytes`,
    allowed: `${ANSWER_BYTES_MAX} bytes`,
    mend: "ask for fewer items with `limit`",
  };
  throw new HttpProblem("invalid", problem.message, { problems: [problem] });
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

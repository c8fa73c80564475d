import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { MatchedRoute } from "./routes.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface Target {
  /** As it was sent, still encoded, without the query. */
  readonly encodedPath: string;
  /** Decoded, which is how an HTTP API hands a path to its functions; undefined when it cannot be decoded. */
  readonly path: string | undefined;
  readonly query: string;
}

/** Splits a request's target without resolving `..` or repeated slashes: what a client sent is what a function must cope with. */
export function readTarget(url: string): Target {
  const at = url.indexOf("?");
  const encodedPath = at < 0 ? url : url.slice(0, at);
  return { encodedPath, path: decoded(encodedPath), query: at < 0 ? "" : url.slice(at + 1) };
}

/** A request as API Gateway's HTTP API puts it into an event (payload format 2.0). */
export function toGatewayEvent(
  request: IncomingMessage,
  target: Target & { path: string },
  body: Buffer,
  { routeKey, pathParameters }: MatchedRoute,
): APIGatewayProxyEventV2 {
  const headers = headersOf(request);
  const { cookie, ...others } = headers;
  const parameters = joined(new URLSearchParams(target.query));
  const now = new Date();
  return {
    version: "2.0",
    routeKey,
    rawPath: target.path,
    rawQueryString: target.query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(";").map((part) => part.trim()) }),
    headers: others,
    ...(Object.keys(parameters).length > 0 ? { queryStringParameters: parameters } : {}),
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method: request.method ?? "GET",
        path: target.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: gatewayTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? bodyOf(body, headers["content-type"]) : { isBase64Encoded: false }),
  };
}

/** Text stays text only where that keeps every byte: signatures are made over bytes. */
function bodyOf(body: Buffer, contentType = ""): { body: string; isBase64Encoded: boolean } {
  const text = body.toString("utf8");
  const isText = /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript)\b)/i.test(contentType.trim());
  if (isText && Buffer.from(text, "utf8").equals(body)) return { body: text, isBase64Encoded: false };
  return { body: body.toString("base64"), isBase64Encoded: true };
}

/** Names in lower case, repeated headers joined by commas, as the gateway does it. */
function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [
      name,
      values?.join(name === "cookie" ? "; " : ","),
    ]),
  );
}

function joined(parameters: URLSearchParams): Record<string, string> {
  const names = new Set(parameters.keys());
  return Object.fromEntries([...names].map((name) => [name, parameters.getAll(name).join(",")]));
}

/** `12/Mar/2020:19:03:58 +0000`. */
function gatewayTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${date.toISOString().slice(11, 19)} +0000`;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

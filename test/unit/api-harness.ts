import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { expect } from "vitest";
import { MemoryAnswerStore } from "#adapters/memory/answer-store.ts";
import { systemClock } from "#adapters/system/clock.ts";
import { JwtIdentity } from "#adapters/system/identity-jwt.ts";
import type { EdgeDeps } from "#app/deps.ts";
import { type ProblemDetails, problemDetailsSchema } from "#contracts/problem-details.ts";
import type { Actor } from "#domain/actor.ts";
import type { HttpHandler } from "#functions/_kit/http.ts";
import { log } from "#functions/_kit/log.ts";
import { createApi } from "#functions/api/app.ts";
import { lambdaContext } from "#infra/local/lambda-context.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";

log.setLogLevel("SILENT");

export const ISSUER = "https://identity.test/";
export const AUDIENCE = "laurel-test";

const { privateKey, publicKey } = await generateKeyPair("ES256");
export const JWKS = { keys: [{ ...(await exportJWK(publicKey)), alg: "ES256", kid: "test", use: "sig" }] };

/** One person a role. */
export const ADMIN = actor("sun.hao", "administrator");
export const MARKETING = actor("mei.lin", "marketing");
export const APPROVER = actor("fang.wei", "approver");
export const AUDITOR = actor("he.yun", "auditor");
export const MANAGER: Actor = { ...actor("luo.jie", "branch-manager"), units: ["nanchang"] };
export const POS: Actor = { ...actor("pos.team", "integrator"), sources: ["pos"] };
export const SELLER = actor("a-1", "seller");

function actor(subject: string, role: Actor["roles"][number]): Actor {
  return { subject, roles: [role], units: [], sources: [] };
}

/** @param claims what the token says otherwise, or, undefined, does not say */
export function tokenFor(who: Actor, claims: JWTPayload = {}): Promise<string> {
  const { subject, roles, units, sources } = who;
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const usual = { sub: subject, roles, units, sources, iss: ISSUER, aud: AUDIENCE, exp };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: "ES256", kid: "test" }).sign(privateKey);
}

export interface Sent {
  readonly as?: Actor;
  /** Sent as JSON unless it is a text or bytes. */
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** Of a JSON answer; undefined otherwise. */
  readonly json: ReturnType<typeof JSON.parse>;
}

/** The API over memory stores, called with the events that the gateway makes. */
export class ApiHarness {
  readonly cloud = new MemoryCloud();
  readonly identity = new JwtIdentity({ issuer: ISSUER, audience: AUDIENCE, keys: JWKS }, systemClock);
  readonly answers = new MemoryAnswerStore();
  readonly api = this.apiWith({});

  /** The same API with other parts at its edge. */
  apiWith(
    edge: Partial<Pick<EdgeDeps, "answers" | "securityClock">>,
    callsPerMinute = Number.MAX_SAFE_INTEGER,
  ): HttpHandler {
    const { cloud, identity, answers } = this;
    return createApi({ ...cloud.deps, identity, answers, securityClock: systemClock, ...edge }, callsPerMinute);
  }

  get(path: string, as: Actor, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call("GET", path, { as, headers });
  }

  post(path: string, as: Actor, body?: unknown, sent: Sent = {}): Promise<Answer> {
    return this.call("POST", path, { as, body, ...sent });
  }

  async call(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    return invoke(this.api, method, path, sent);
  }
}

export async function invoke(handler: HttpHandler, method: string, target: string, sent: Sent = {}): Promise<Answer> {
  const event = await gatewayEvent(method, target, sent);
  const answer = await handler(event, lambdaContext("test"));
  const bytes = Buffer.from(answer.body ?? "", answer.isBase64Encoded ? "base64" : "utf8");
  const text = bytes.toString("utf8");
  const isJson = /json/.test(String(answer.headers?.["content-type"]));
  return {
    status: answer.statusCode ?? 200,
    headers: answer.headers ?? {},
    bytes,
    text,
    json: isJson && text !== "" ? JSON.parse(text) : undefined,
  };
}

/** As an HTTP API makes it: the path decoded, header names in lower case, bytes in base64. */
async function gatewayEvent(method: string, target: string, sent: Sent): Promise<APIGatewayProxyEventV2> {
  const [path = "", query = ""] = target.split("?");
  const decoded = decodeURIComponent(path);
  const { body, isBase64Encoded, type } = encoded(sent);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return {
    version: "2.0",
    routeKey: "ANY /v1/{proxy+}",
    rawPath: decoded,
    rawQueryString: query,
    headers: {
      ...(type === undefined ? {} : { "content-type": type }),
      ...(sent.as ? { authorization: `Bearer ${await tokenFor(sent.as)}` } : {}),
      ...sent.headers,
    },
    ...(query === "" ? {} : { queryStringParameters: parameters }),
    pathParameters: { proxy: decoded.replace(/^\/v1\//, "") },
    requestContext: {
      accountId: "000000000000",
      apiId: "test",
      domainName: "test",
      domainPrefix: "test",
      http: { method, path: decoded, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "request-1",
      routeKey: "ANY /v1/{proxy+}",
      stage: "$default",
      time: "01/Mar/2026:00:00:00 +0000",
      timeEpoch: 0,
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded,
  };
}

function encoded({ body, type }: Sent): { body?: string; isBase64Encoded: boolean; type?: string } {
  const named = type === undefined ? {} : { type };
  if (body === undefined) return { isBase64Encoded: false, ...named };
  if (body instanceof Uint8Array)
    return { body: Buffer.from(body).toString("base64"), isBase64Encoded: true, ...named };
  if (typeof body === "string") return { body, isBase64Encoded: false, type: type ?? "application/json" };
  return { body: JSON.stringify(body), isBase64Encoded: false, type: type ?? "application/json" };
}

/** The problem document of an answer, read by its own schema. */
export function problemOf(answer: Answer): ProblemDetails {
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  const problem = problemDetailsSchema.parse(answer.json);
  expect(problem.status).toBe(answer.status);
  expect(problem.requestId).toBe("request-1");
  return problem;
}

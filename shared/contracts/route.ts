import * as z from "zod";
import type { Role } from "#domain/actor.ts";
import type { ProblemKind } from "./problem-details.ts";

export const TAGS = {
  Campaigns: "The life of a plan: a draft, published versions that never change, one of them active",
  Directory: "Organisation and people, with their history",
  Imports: "Files that are too large for a request: put, looked at, taken",
  Targets: "What subjects are to reach",
  Sources: "The systems that report facts, and what of theirs could not be taken",
  Facts: "What was sold, as reported",
  Boards: "Standings so far, provisional",
  Approvals: "What one person asks for and another decides",
  Runs: "Computation, approval, posting and payout",
  Statements: "What one payee gets, and why",
  Disputes: "A payee questions a line; it is answered, then accepted or refused",
  Stocks: "Goods and budgets of which there is only so much: reserve, then commit or release",
  Channels: "Group robots, e-mail, event buses and webhooks that are told what happens",
  Audit: "Who did what, in chains that cannot be changed unseen",
  Service: "About this service",
} as const;
export type Tag = keyof typeof TAGS;

export type RequestMedia = "application/json" | "application/yaml" | "text/csv";

/** What a body may be. `schema` reads it; `documented` says more where rows or facts are judged one by one, not as a whole. */
export interface RouteBody<B extends z.ZodType = z.ZodType> {
  readonly schema: B;
  readonly documented?: z.ZodType;
  /** None: the call has no body. */
  readonly media: readonly RequestMedia[];
  readonly example: unknown;
  readonly csvExample?: string;
}

/** What success looks like. `schema` is of the JSON answer; `otherMedia` are files and texts that the query can ask for instead. */
export interface RouteSuccess<S extends z.ZodType = z.ZodType> {
  readonly status: 200 | 201 | 202;
  readonly description: string;
  readonly schema: S;
  readonly example?: unknown;
  /** `revision`: the ETag is what `If-Match` wants back. */
  readonly etag?: "revision";
  readonly location?: boolean;
  readonly otherMedia?: Readonly<Record<string, string>>;
}

/** How an operation ends. Dates are calendar days in UTC; between them lies at least a year. */
export interface Deprecation {
  /** From when on nobody should begin to use it. */
  readonly since: string;
  /** From when on it may be gone. */
  readonly sunset: string;
  /** What to use instead. */
  readonly instead: string;
}

/**
 * One operation as data. `access` is who may call: roles, everybody, or a source by its signature.
 * P, Q, B, S are the schemas of path parameters, query, body and answer.
 */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  S extends z.ZodType = z.ZodType,
> {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: `/${string}`;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly access: "public" | "signature" | readonly Role[];
  readonly params: P;
  readonly query: Q;
  readonly body: RouteBody<B>;
  /** The call must carry `If-Match` with the ETag that was read; `optional`: it may, with the `revision` that was read. */
  readonly ifMatch?: true | "optional";
  readonly success: RouteSuccess<S>;
  /** The operation will go; until `sunset` it does what it did. */
  readonly deprecated?: Deprecation;
  /** Refusals beyond those that follow from access, body and `ifMatch`. */
  readonly refusals: readonly ProblemKind[];
}

/** Keeps the schemas' exact types, so that handlers are checked against them. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, S extends z.ZodType>(
  definition: Route<P, Q, B, S>,
): Route<P, Q, B, S> {
  return definition;
}

/** Calls that make something or start work: repeated under the same key they do nothing twice. Other calls are safe to repeat as they are. */
export function acceptsIdempotencyKey({ method, access, success }: Route): boolean {
  return method === "POST" && Array.isArray(access) && success.status !== 200;
}

/** For routes without path parameters or without a query: anything that is sent there is refused, not ignored. */
export const none = z.strictObject({});

export const noBody: RouteBody<z.ZodUndefined> = { schema: z.undefined(), media: [], example: undefined };

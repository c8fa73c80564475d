import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type * as z from "zod";
import type { Route } from "#contracts/route.ts";
import { type Actor, requireRole } from "#domain/actor.ts";
import { problemsOf, Refusal } from "#domain/problem.ts";
import { fileAnswer, jsonAnswer, type Reply } from "./answer.ts";
import { bodyDocument, yamlText } from "./body-document.ts";
import type { Edge } from "./edge.ts";
import { HttpProblem } from "./http-problem.ts";
import { oncePerKey } from "./idempotency.ts";

/** A call whose every part has been read by the route's schemas. */
export interface Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  /** The same as it was written, where it was YAML. */
  readonly yaml: string | undefined;
  /** Who calls; on public routes nobody, who has no roles. */
  readonly actor: Actor;
  /** Revision that `If-Match` names; 0 on routes that do not ask for it. */
  readonly expectedRevision: number;
  /** The same on routes where it may be left out. */
  readonly seenRevision: number | undefined;
}

/** A route with what it does. */
export interface Operation {
  readonly route: Route;
  answer(event: APIGatewayProxyEventV2, edge: Edge): Promise<APIGatewayProxyStructuredResultV2>;
}

/**
 * Binds a use case to its route: authenticate, check the role, read path, query and body by schema, run, and read the answer by
 * its schema on the way out: what a client is promised is what it gets, or the call fails here and not there.
 */
export function operation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, S extends z.ZodType>(
  route: Route<P, Q, B, S>,
  run: (call: Call<P, Q, B>) => Promise<Reply<z.input<S>>>,
): Operation {
  return {
    route,
    async answer(event, edge) {
      const { actor, headers } = await admit(route, event, edge);
      const expectedRevision = route.ifMatch === true ? readIfMatch(event) : 0;
      const isOptional = route.ifMatch === "optional" && event.headers["if-match"] !== undefined;
      const seenRevision = isOptional ? readIfMatch(event) : undefined;
      const params = read(route.params, pathParameters(route.path, event), "path");
      const query = read(route.query, { ...event.queryStringParameters }, "query");
      const body = read(route.body.schema, await bodyDocument(event, route.body), "");
      // Rows and facts are judged one by one, each with its own answer.
      if (!route.body.documented) requireWholeCharacters(body);
      const asked = { params, query, body, expectedRevision };
      const answer = await oncePerKey(edge, route, event, actor, asked, async () => {
        const reply = await run({ ...asked, yaml: yamlText(event, route.body), seenRevision, actor });
        if ("bytes" in reply) return fileAnswer(reply);
        return jsonAnswer(event, route.success.status, { ...reply, json: route.success.schema.parse(reply.json) });
      });
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
  };
}

const NOBODY: Actor = { subject: "", roles: [], units: [], sources: [] };

/** Who calls, and what every answer to them says besides. */
async function admit(
  route: Route,
  event: APIGatewayProxyEventV2,
  { identity, limits, securityClock }: Edge,
): Promise<{ actor: Actor; headers: Record<string, string> }> {
  const actor = await actorOf(route, event, identity);
  if (actor === NOBODY) return { actor, headers: endHeaders(route) };
  return { actor, headers: { ...limits.take(actor.subject, securityClock.now()), ...endHeaders(route) } };
}

/** RFC 9745 `Deprecation` and RFC 8594 `Sunset`. */
function endHeaders({ deprecated }: Route): Record<string, string> {
  if (!deprecated) return {};
  const [since, sunset] = [new Date(deprecated.since), new Date(deprecated.sunset)];
  return { deprecation: `@${since.getTime() / 1000}`, sunset: sunset.toUTCString() };
}

async function actorOf({ access }: Route, event: APIGatewayProxyEventV2, identity: Edge["identity"]): Promise<Actor> {
  if (access === "public" || access === "signature") return NOBODY;
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(event.headers.authorization ?? "")?.[1];
  if (token === undefined) {
    throw new HttpProblem("unauthenticated", "send a token as `Authorization: Bearer …`", {
      headers: { "www-authenticate": 'Bearer realm="laurel"' },
    });
  }
  const actor = await identity.actorOf(token);
  requireRole(actor, access);
  // What one role sees must not widen what another opens: inside a route only the roles count that open it.
  const roles = actor.roles.filter((role) => access.includes(role));
  return { ...actor, roles, request: event.requestContext.requestId };
}

/** Only what the route's path names: a gateway's catch-all adds a parameter of its own. */
function pathParameters(path: string, event: APIGatewayProxyEventV2): Record<string, string | undefined> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name) => [name, event.pathParameters?.[name]]));
}

function readIfMatch(event: APIGatewayProxyEventV2): number {
  const header = event.headers["if-match"];
  if (header === undefined) {
    const problem = {
      code: "if-match",
      path: "If-Match",
      message: "say which copy you edit",
      mend: "send the ETag that you read",
    };
    throw new HttpProblem("preconditionRequired", "this call needs `If-Match`", { problems: [problem] });
  }
  const revision = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new Refusal("stale", "`If-Match` names no revision", [
    {
      code: "if-match",
      path: "If-Match",
      message: "this is no revision",
      seen: header,
      allowed: 'one revision in quotes, such as "3"',
    },
  ]);
}

/** Half of a character can be written in JSON (`"\\ud800"`) and in nothing else: it has no bytes, and so no hash and no place in a table. */
function requireWholeCharacters(value: unknown, path = ""): void {
  if (typeof value === "string" && !value.isWellFormed()) {
    const problem = {
      code: "broken-unicode",
      path,
      message: "a text holds half of a character",
      seen: value.toWellFormed().slice(0, 100),
      mend: "write the character whole, or leave it out",
    };
    throw new Refusal("invalid", "a text cannot be read", [problem]);
  }
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  for (const [name, inner] of Object.entries(value)) {
    requireWholeCharacters(name, path);
    requireWholeCharacters(inner, `${path}/${name}`);
  }
}

function read<S extends z.ZodType>(schema: S, value: unknown, base: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error, base, value);
  const what = base === "" ? "body" : base;
  throw new Refusal(
    "invalid",
    `the ${what} has ${problems.length} problem${problems.length === 1 ? "" : "s"}`,
    problems,
  );
}

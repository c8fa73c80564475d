import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { readTarget, toGatewayEvent } from "./http/event.ts";
import { fromGatewayAnswer, type HttpAnswer, problemAnswer, send } from "./http/response.ts";
import { type HttpRoute, matchRoute } from "./http/routes.ts";
import { lambdaContext } from "./lambda-context.ts";

export type { HttpRoute } from "./http/routes.ts";

export interface LocalHttpServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface LocalHttpOptions {
  /** The first route that fits answers. */
  readonly routes: readonly HttpRoute[];
  /** A free one by default. */
  readonly port?: number;
  readonly log?: (message: string, error: unknown) => void;
}

/** The HTTP API's limit for a request's body. */
const MOST_BODY_BYTES = 10 * 1024 * 1024;

/** How long the gateway waits for a function. */
const FUNCTION_TIMEOUT_MS = 30_000;

/**
 * A busy machine can stall longer than the five seconds that Node keeps an idle connection. Client and server then notice its end
 * in either order, and a call on it fails that nobody refused.
 */
const IDLE_CONNECTION_MS = 300_000;

/** Stands in for API Gateway: turns HTTP requests into events for the same handlers that are deployed. Heard on this machine only. */
export async function startHttpServer(options: LocalHttpOptions): Promise<LocalHttpServer> {
  const server = createServer((request, response) => {
    const requestId = randomUUID();
    answer(request, options)
      .catch((error: unknown) => failure(request, error, options))
      .then((found) => send(response, found, requestId))
      .catch((error: unknown) => {
        options.log?.("cannot answer", error);
        response.destroy();
      });
  });
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, { routes }: LocalHttpOptions): Promise<HttpAnswer> {
  const target = readTarget(request.url ?? "/");
  const { path, encodedPath } = target;
  const body = await readBody(request);
  if (body === undefined) {
    return problemAnswer("tooLarge", `a body may have ${MOST_BODY_BYTES} bytes`, encodedPath);
  }
  if (path === undefined) return problemAnswer("malformed", "the path is not valid percent-encoded UTF-8", encodedPath);
  const matched = matchRoute(routes, request.method ?? "GET", path);
  if (matched === undefined) return problemAnswer("notFound", `nothing answers ${request.method} here`, encodedPath);
  const { functionName, handler } = matched.route;
  const event = toGatewayEvent(request, { ...target, path }, body, matched);
  return fromGatewayAnswer(await handler(event, lambdaContext(functionName, FUNCTION_TIMEOUT_MS)));
}

function failure(request: IncomingMessage, error: unknown, { log }: LocalHttpOptions): HttpAnswer {
  log?.(`${request.method} ${request.url} has failed`, error);
  // What went wrong is for the log, not for the caller.
  return problemAnswer(
    "internal",
    "the function behind this address has failed",
    readTarget(request.url ?? "/").encodedPath,
  );
}

/** The body's bytes; undefined when there are too many. Those are still read, or the sender would never hear the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MOST_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= MOST_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address.port;
}

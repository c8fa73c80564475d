import middy from "@middy/core";
import httpRouter from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { HttpProblem, problemAnswer } from "./http-problem.ts";
import { log } from "./log.ts";

/** A function behind the HTTP API (payload format 2.0). The gateway hands paths and their parameters on decoded. */
export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface HttpRoute {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly answer: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
}

/** Serves a table of routes. Every failure becomes problem+json; what is our fault is logged with its cause, what is not without. */
export function httpHandler(routes: readonly HttpRoute[]): HttpHandler {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    routes: routes.map(({ method, path, answer }) => ({
      method,
      path,
      handler: (event: APIGatewayProxyEventV2) => answer(event),
    })),
    notFoundResponse: ({ method, path }) => {
      throw noSuchRoute(routes, method, path);
    },
  });
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .onError((request) => {
      request.response = failure(request.event, request.error);
    })
    .handler(router);
  return (event, context) => handler(event, context);
}

function failure(event: APIGatewayProxyEventV2, error: unknown): APIGatewayProxyStructuredResultV2 {
  const { requestId, http } = event.requestContext;
  const answer = problemAnswer(error, encodeURI(http.path), requestId);
  const call = { requestId, method: http.method, path: http.path, status: answer.statusCode };
  if (answer.statusCode >= 500) log.error("a call failed", { ...call, error });
  else log.info("a call was refused", { ...call, detail: error instanceof Error ? error.message : "" });
  return answer;
}

function noSuchRoute(routes: readonly HttpRoute[], method: string, path: string): HttpProblem {
  const others = routes.filter((route) => pathPattern(route.path).test(path)).map((route) => route.method);
  if (others.length === 0) return new HttpProblem("notFound", `nothing answers ${method} ${path}`);
  const allow = [...new Set(others)].sort().join(", ");
  const problem = { code: "method", path: "", message: "not with this method", seen: method, allowed: allow };
  return new HttpProblem("methodNotAllowed", problem.message, { problems: [problem], headers: { allow } });
}

function pathPattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll(/\{\w+\}/g, "[^/]+")}/?$`);
}

import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { LambdaHandler } from "../lambda-context.ts";

/** Which function answers which requests, in the notation of an HTTP API: `{id}` is one segment, `{proxy+}` the rest. */
export interface HttpRoute {
  readonly method: string;
  readonly path: string;
  readonly functionName: string;
  readonly handler: LambdaHandler<APIGatewayProxyEventV2>;
}

export interface MatchedRoute {
  readonly route: HttpRoute;
  readonly routeKey: string;
  readonly pathParameters: Record<string, string>;
}

/** The first route of the list that fits; undefined when none does. `path` is decoded. */
export function matchRoute(routes: readonly HttpRoute[], method: string, path: string): MatchedRoute | undefined {
  for (const route of routes) {
    if (route.method !== "ANY" && route.method !== method) continue;
    const found = pattern(route.path).exec(path);
    if (found) return { route, routeKey: `${route.method} ${route.path}`, pathParameters: { ...found.groups } };
  }
  return undefined;
}

function pattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
  const groups = escaped.replace(/\{(\w+)\\\+\}/, "(?<$1>.+)").replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${groups}$`, "s");
}

import { createApi } from "#functions/api/app.ts";
import { createIntake } from "#functions/intake/app.ts";
import { createReference } from "#functions/reference/app.ts";
import type { LocalDeps } from "./cloud-deps.ts";
import { consoleRoutes } from "./console-files.ts";
import type { HttpRoute } from "./http-server.ts";
import { type LocalState, localPages } from "./pages.ts";

/** The routes of the deployed HTTP API, and the pages that only this machine has. The first that fits answers. */
export function gatewayRoutes(deps: LocalDeps, state: LocalState): HttpRoute[] {
  const { identity } = state;
  const reference = createReference({
    signIn: () => ({
      authorizationUrl: `${identity.issuer}/local/authorize`,
      tokenUrl: `${identity.issuer}/local/token`,
      clientId: "reference",
      token: "access_token",
    }),
  });
  return [
    ...localPages(state),
    ...consoleRoutes(() => ({ issuer: identity.issuer, clientId: "console", token: "access_token" })),
    { method: "POST", path: "/v1/webhooks/{source}", functionName: "intake", handler: createIntake(deps) },
    { method: "ANY", path: "/v1/{proxy+}", functionName: "api", handler: createApi(deps) },
    { method: "GET", path: "/docs", functionName: "reference", handler: reference },
    { method: "GET", path: "/docs/{file}", functionName: "reference", handler: reference },
  ];
}

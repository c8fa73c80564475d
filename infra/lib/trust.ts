import { Aws } from "aws-cdk-lib";
import type { HttpApi, IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import type { Construct } from "constructs";
import { COGNITO_CLAIMS } from "#adapters/system/identity-claims.ts";
import type { ConsoleSignIn } from "./console-site.ts";
import { consoleClient, type IdentityStack } from "./identity-stack.ts";
import { lacksIdentity, type Settings } from "./settings.ts";

/** Whose tokens a deployment takes. */
export interface Trust {
  /** What the function `api` is told, which checks every token itself. */
  readonly environment: Readonly<Record<string, string>>;
  /** API Gateway's own look at tokens, before a function is paid for; none while nobody is trusted. */
  readonly authorizer: IHttpRouteAuthorizer | undefined;
  /** How people sign in on the API reference; undefined where they paste a token. */
  readonly signIn: string | undefined;
  /** The same on the console, and the origins that its page calls for it; undefined while nobody is trusted. */
  readonly console: ConsoleSignIn | undefined;
}

/** Where the console calls to sign people in: Cognito's issuer and its sign-in pages are two hosts. */
export function signInOrigins(settings: Settings, identity: IdentityStack | undefined): readonly string[] {
  if (identity === undefined) return lacksIdentity(settings) ? [] : [new URL(settings.jwtIssuer).origin];
  return [`https://cognito-idp.${identity.region}.${Aws.URL_SUFFIX}`, identity.domain.baseUrl()];
}

/**
 * Of the deployment's own user pool.
 *
 * @param api its address is where the reference's people come back to
 * @param site where the console's do
 */
export function trustInPool(
  scope: Construct,
  settings: Settings,
  identity: IdentityStack,
  api: HttpApi,
  site: string | undefined,
): Trust {
  const { pool, domain, machines } = identity;
  const client = consoleClient(scope, {
    pool,
    callbackUrls: [
      `${api.apiEndpoint}/docs/oauth2-redirect.html`,
      ...(site === undefined ? [] : [`${site}/console/signed-in`]),
      ...settings.consoleUrls,
    ],
    logoutUrls: [
      `${api.apiEndpoint}/docs`,
      ...(site === undefined ? [] : [`${site}/console/`]),
      ...settings.consoleUrls,
    ],
  });
  const audience = [client, ...machines].map(({ userPoolClientId }) => userPoolClientId);
  const issuer = pool.userPoolProviderUrl;
  const oauth = `${domain.baseUrl()}/oauth2`;
  return {
    environment: {
      LAUREL_JWT_ISSUER: issuer,
      LAUREL_JWT_AUDIENCE: audience.join(","),
      LAUREL_JWKS_URI: `${issuer}/.well-known/jwks.json`,
      LAUREL_JWT_CLAIMS: JSON.stringify(COGNITO_CLAIMS),
    },
    authorizer: new HttpJwtAuthorizer("Tokens", issuer, { jwtAudience: audience }),
    signIn: `${oauth}/authorize ${oauth}/token ${client.userPoolClientId} id_token`,
    // Decision 0014: people send the ID token. Cognito knows no offline_access and gives a refresh token without.
    console: { issuer, clientId: client.userPoolClientId, token: "id_token", scope: "openid profile" },
  };
}

/** Of an issuer that is there already. */
export function trustInIssuer(settings: Settings): Trust {
  const { jwtIssuer, jwtAudience, jwksUri, jwtClaims, gatewayChecksTokens } = settings;
  const checks = gatewayChecksTokens && !lacksIdentity(settings);
  return {
    environment: {
      LAUREL_JWT_ISSUER: jwtIssuer,
      LAUREL_JWT_AUDIENCE: jwtAudience,
      LAUREL_JWKS_URI: jwksUri,
      ...(jwtClaims === undefined ? {} : { LAUREL_JWT_CLAIMS: JSON.stringify(jwtClaims) }),
    },
    authorizer: checks
      ? new HttpJwtAuthorizer("Tokens", jwtIssuer, { jwtAudience: jwtAudience.split(",") })
      : undefined,
    signIn: undefined,
    console: lacksIdentity(settings)
      ? undefined
      : { issuer: jwtIssuer, clientId: settings.consoleClientId, token: settings.consoleToken },
  };
}

import { describe, expect, test } from "vitest";
import * as z from "zod";
import { apiRoutes } from "#contracts/routes.ts";
import { ROLES } from "#domain/actor.ts";
import { Deployment, type Resource } from "./deployment.ts";

const own = new Deployment({
  LAUREL_MACHINE_SOURCES: "jx-app-pos,hq-web",
  LAUREL_CONSOLE_URLS: "https://console.example.com/",
});
const ISSUER = {
  LAUREL_JWT_ISSUER: "https://id.example.com/",
  LAUREL_JWKS_URI: "https://id.example.com/keys",
  LAUREL_JWT_AUDIENCE: "laurel,console",
  LAUREL_JWT_CLAIMS: '{"roles":["realm_access","roles"]}',
};

function one(deployment: Deployment, type: string): Resource {
  const [found, ...others] = deployment.resources(type);
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${type}`);
  return found;
}

const CLIENT = "AWS::Cognito::UserPoolClient";

function client(name: string): Record<string, unknown> {
  const found = own.resources(CLIENT).find(({ properties }) => properties.ClientName === name);
  if (found === undefined) throw new Error(`there is no client ${name}`);
  return found.properties;
}

/** Each route of the API with what stands before it. */
function guards(deployment: Deployment): Map<unknown, unknown> {
  const routes = deployment.resources("AWS::ApiGatewayV2::Route");
  return new Map(routes.map(({ properties }) => [properties.RouteKey, properties.AuthorizationType]));
}

function environmentOf(deployment: Deployment, name: string): Record<string, string> {
  const lambda = deployment
    .resources("AWS::Lambda::Function")
    .find((candidate) => deployment.nameOf(candidate) === name);
  const { Variables } = z
    .object({ Variables: z.record(z.string(), z.unknown()) })
    .parse(lambda?.properties.Environment);
  return Object.fromEntries(
    Object.entries(Variables).map(([key, value]) => [key, deployment.read(value, lambda?.stack ?? "")]),
  );
}

const PUBLIC = Object.values(apiRoutes).flatMap(({ access, method, path }) =>
  access === "public" ? [`${method} ${path}`] : [],
);
const UNGUARDED = [...PUBLIC, "POST /v1/webhooks/{source}", "GET /docs", "GET /docs/{file}"].sort();

describe("the deployment's own user pool", () => {
  const pool = one(own, "AWS::Cognito::UserPool");

  test("has the roles as groups", () => {
    const groups = own.resources("AWS::Cognito::UserPoolGroup").map(({ properties }) => properties.GroupName);
    expect(groups.sort()).toEqual([...ROLES].sort());
  });

  test("lets in whom an administrator made, with a second factor that is no text message", () => {
    expect(pool.properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: "ON",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true, TemporaryPasswordValidityDays: 3 } },
      UsernameConfiguration: { CaseSensitive: true },
    });
  });

  test("outlives its stack", () => {
    expect(pool.properties.DeletionProtection).toBe("ACTIVE");
    expect([pool.deletionPolicy, pool.updateReplacePolicy]).toEqual(["Retain", "Retain"]);
  });

  test("lets the console sign people in by code, without a secret, and write nothing that a token says", () => {
    const properties = client("console");
    expect(properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "profile"],
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
      WriteAttributes: ["locale"],
    });
    expect(properties.ReadAttributes).toEqual(expect.arrayContaining(["custom:units", "custom:sources"]));
    const callbacks = z.array(z.unknown()).parse(properties.CallbackURLs);
    expect(callbacks).toContain("https://console.example.com/");
    expect(JSON.stringify(callbacks)).toContain("/docs/oauth2-redirect.html");
  });

  test("has a machine for each source, which reports for that source only", () => {
    const names = own.resources(CLIENT).map(({ properties }) => properties.ClientName);
    expect(names.sort()).toEqual(["console", "source:hq-web", "source:jx-app-pos"]);
    for (const source of ["hq-web", "jx-app-pos"]) {
      const properties = client(`source:${source}`);
      expect(properties).toMatchObject({
        GenerateSecret: true,
        AllowedOAuthFlows: ["client_credentials"],
        ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      });
      const scopes = z.array(z.unknown()).parse(properties.AllowedOAuthScopes);
      expect(scopes.map((scope) => own.read(scope, "laurel-dev-identity").replace(/^.*\//, ""))).toEqual([
        "integrator",
        `source:${source}`,
      ]);
    }
    const server = one(own, "AWS::Cognito::UserPoolResourceServer");
    const scopes = z.array(z.looseObject({ ScopeName: z.string() })).parse(server.properties.Scopes);
    expect(scopes.map(({ ScopeName }) => ScopeName).sort()).toEqual(
      ["administrator", "auditor", "integrator", "source:hq-web", "source:jx-app-pos"].sort(),
    );
  });

  test("is whom API Gateway and the function ask, for the same applications", () => {
    const { properties, stack } = one(own, "AWS::ApiGatewayV2::Authorizer");
    expect(properties).toMatchObject({ AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"] });
    const { Audience, Issuer } = z
      .object({ Audience: z.array(z.unknown()), Issuer: z.unknown() })
      .parse(properties.JwtConfiguration);
    const api = environmentOf(own, "api");
    expect(own.read(Issuer, stack)).toBe(api.LAUREL_JWT_ISSUER);
    expect(api.LAUREL_JWKS_URI).toBe(`${api.LAUREL_JWT_ISSUER}/.well-known/jwks.json`);
    expect(Audience).toHaveLength(3);
    expect(Audience.map((id) => own.read(id, stack)).join(",")).toBe(api.LAUREL_JWT_AUDIENCE);
    expect(JSON.parse(api.LAUREL_JWT_CLAIMS ?? "")).toMatchObject({
      roles: "cognito:groups",
      clientIdIsAudience: true,
    });
    expect(environmentOf(own, "reference").LAUREL_SIGN_IN).toMatch(
      /\/oauth2\/authorize .*\/oauth2\/token .* id_token$/,
    );
  });
});

test("every route has the authorizer before it but those that are public or signed", () => {
  const open = [...guards(own)].filter(([, guard]) => guard !== "JWT").map(([key]) => key);
  expect(open.sort()).toEqual(UNGUARDED);
  expect(guards(own).get("ANY /v1/{proxy+}")).toBe("JWT");
});

describe("another issuer", () => {
  const other = new Deployment(ISSUER);

  test("is asked instead, and there is no user pool", () => {
    expect(other.text).not.toContain("AWS::Cognito");
    expect(one(other, "AWS::ApiGatewayV2::Authorizer").properties.JwtConfiguration).toEqual({
      Issuer: "https://id.example.com/",
      Audience: ["laurel", "console"],
    });
    expect(JSON.parse(environmentOf(other, "api").LAUREL_JWT_CLAIMS ?? "")).toMatchObject({
      roles: ["realm_access", "roles"],
    });
    expect(
      [...guards(other)]
        .filter(([, guard]) => guard !== "JWT")
        .map(([key]) => key)
        .sort(),
    ).toEqual(UNGUARDED);
  });
});

test("where nobody is trusted yet there is no authorizer that a deployment would fail on, and the function refuses", () => {
  const china = new Deployment({ CDK_DEFAULT_ACCOUNT: "123456789012", CDK_DEFAULT_REGION: "cn-northwest-1" });
  expect(china.resources("AWS::ApiGatewayV2::Authorizer")).toEqual([]);
  expect(china.text).not.toContain("Cognito");
  expect(environmentOf(china, "api").LAUREL_JWT_ISSUER).toBe("https://identity.invalid/");
});

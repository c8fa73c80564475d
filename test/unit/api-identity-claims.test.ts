import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { type ClaimMapping, COGNITO_CLAIMS, claimMappingSchema } from "#adapters/system/identity-claims.ts";
import { JwtIdentity } from "#adapters/system/identity-jwt.ts";
import { ROLES } from "#domain/actor.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const ISSUER = "https://identity.test/pool";
const keys = await generateKeyPair("RS256");
const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), alg: "RS256", kid: "k1" }] };
const seconds = Math.floor(NOW / 1000);

function identity(claims: ClaimMapping, audience: readonly string[] = ["console", "pos-client"]): JwtIdentity {
  return new JwtIdentity({ issuer: ISSUER, audience, keys: jwks, claims }, new SimulatedClock(NOW));
}

function sign(payload: JWTPayload): Promise<string> {
  const times = { iss: ISSUER, iat: seconds, exp: seconds + 60 };
  return new SignJWT({ ...times, ...payload }).setProtectedHeader({ alg: "RS256", kid: "k1" }).sign(keys.privateKey);
}

async function refusal(claims: ClaimMapping, payload: JWTPayload): Promise<unknown> {
  return identity(claims)
    .actorOf(await sign(payload))
    .catch((reason: unknown) => reason);
}

describe("tokens of Amazon Cognito", () => {
  const PERSON = {
    sub: "8f1c0000-0000-4000-8000-000000000001",
    aud: "console",
    token_use: "id",
    "cognito:username": "luo.jie",
    "cognito:groups": ["branch-manager", "eu-central-1_abc_Feishu"],
    "custom:units": "nanchang, jiujiang",
    name: "Luo Jie 罗杰",
  };
  const MACHINE = {
    sub: "pos-client",
    client_id: "pos-client",
    token_use: "access",
    scope: "laurel/integrator laurel/source:jx-app-pos laurel/source:hq-web",
  };
  const cognito = identity(COGNITO_CLAIMS);

  it("name a person by the ID token: groups are roles, attributes are units", async () => {
    expect(await cognito.actorOf(await sign(PERSON))).toEqual({
      subject: "luo.jie",
      roles: ["branch-manager"],
      units: ["nanchang", "jiujiang"],
      sources: [],
      name: "Luo Jie 罗杰",
    });
  });

  it("name a machine by the access token: scopes are its role and its sources, `client_id` is whom it was given to", async () => {
    expect(await cognito.actorOf(await sign(MACHINE))).toEqual({
      subject: "pos-client",
      roles: ["integrator"],
      units: [],
      sources: ["jx-app-pos", "hq-web"],
      client: "pos-client",
    });
  });

  it("are refused as a person's access token: one person must not be two", async () => {
    const { aud: _, ...access } = { ...PERSON, token_use: "access", client_id: "console", username: "luo.jie" };
    expect(await refusal(COGNITO_CLAIMS, access)).toMatchObject({
      kind: "unauthenticated",
      message: "the token's claim token_use is not usable: of a person it must be id",
    });
  });

  it.each<[string, JWTPayload]>([
    ["of another application", { ...PERSON, aud: "other" }],
    ["of another machine", { ...MACHINE, client_id: "other" }],
    ["without an application", { ...PERSON, aud: undefined }],
    ["of no group", { ...PERSON, "cognito:groups": [] }],
    ["of groups that are no roles", { ...PERSON, "cognito:groups": ["kings"] }],
    ["without a user name", { ...PERSON, "cognito:username": undefined }],
    ["of a machine without our scopes", { ...MACHINE, scope: "openid other/integrator" }],
    ["of a machine that shows an ID token", { ...MACHINE, token_use: "id" }],
    ["of nobody knows what", { ...PERSON, token_use: undefined }],
  ])("are refused %s", async (_what, payload) => {
    expect(await refusal(COGNITO_CLAIMS, payload)).toMatchObject({ kind: "unauthenticated" });
  });

  it.each(["approver", "marketing", "seller", "branch-manager"])(
    "make no machine %s: that is for people",
    async (role) => {
      expect(await refusal(COGNITO_CLAIMS, { ...MACHINE, scope: `laurel/${role}` })).toMatchObject({
        kind: "unauthenticated",
      });
      const { roles } = await cognito.actorOf(await sign({ ...MACHINE, scope: `laurel/integrator laurel/${role}` }));
      expect(roles).toEqual(["integrator"]);
    },
  );

  it("give a person nothing by scopes", async () => {
    const { roles, sources } = await cognito.actorOf(
      await sign({ ...PERSON, scope: "laurel/administrator laurel/source:x" }),
    );
    expect({ roles, sources }).toEqual({ roles: ["branch-manager"], sources: [] });
  });
});

describe("tokens of another issuer", () => {
  const KEYCLOAK = claimMappingSchema.parse({
    subject: "preferred_username",
    roles: ["realm_access", "roles"],
    units: ["laurel", "units"],
    roleOf: { "finance-payouts": "approver", "branch-heads": "branch-manager", toString: "auditor" },
    scopes: { claim: "scp", prefix: "" },
  });
  const PERSON = {
    sub: "uuid",
    preferred_username: "fang.wei",
    aud: ["account", "console"],
    azp: "console",
    realm_access: { roles: ["offline_access", "finance-payouts"] },
    laurel: { units: ["jiangxi"] },
  };

  it("are read by the names of the settings, also inside objects, and groups become roles by a table", async () => {
    expect(await identity(KEYCLOAK).actorOf(await sign(PERSON))).toEqual({
      subject: "fang.wei",
      roles: ["approver"],
      units: ["jiangxi"],
      sources: [],
      client: "console",
    });
  });

  it("give no role by a group that the table does not name, not even one that is called like a role", async () => {
    const groups = [...ROLES, "constructor", "__proto__"];
    expect(await refusal(KEYCLOAK, { ...PERSON, realm_access: { roles: groups } })).toMatchObject({
      kind: "unauthenticated",
    });
  });

  it("list a machine's scopes where the issuer lists them", async () => {
    const machine = { sub: "m", aud: "console", scp: ["integrator", "source:pos"] };
    expect(await identity(KEYCLOAK).actorOf(await sign(machine))).toMatchObject({
      subject: "m",
      roles: ["integrator"],
      sources: ["pos"],
    });
  });

  it("are not let in by `client_id` unless the settings say so", async () => {
    const { aud: _, ...without } = PERSON;
    expect(await refusal(KEYCLOAK, { ...without, client_id: "console" })).toMatchObject({
      message: "the token lacks the claim aud",
    });
  });
});

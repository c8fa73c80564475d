import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { JwtIdentity } from "#adapters/system/identity-jwt.ts";
import { Refusal } from "#domain/problem.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const ISSUER = "https://identity.test/";
const keys = await generateKeyPair("RS256");
const strangers = await generateKeyPair("RS256");
const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), alg: "RS256", kid: "k1" }] };
const identity = new JwtIdentity({ issuer: ISSUER, audience: "laurel", keys: jwks }, new SimulatedClock(NOW));

const seconds = Math.floor(NOW / 1000);
const claims = {
  iss: ISSUER,
  aud: "laurel",
  sub: "mei.lin",
  exp: seconds + 60,
  roles: ["marketing"],
  units: ["jiangxi"],
};

const sign = (payload: JWTPayload, key = keys.privateKey, kid = "k1") =>
  new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid }).sign(key);

async function refusalOf(token: string): Promise<string> {
  const error = await identity.actorOf(token).catch((reason: unknown) => reason);
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${error}`);
  expect(error.kind).toBe("unauthenticated");
  return error.message;
}

describe("identity by JWT", () => {
  it("reads who somebody is", async () => {
    expect(await identity.actorOf(await sign(claims))).toEqual({
      subject: "mei.lin",
      roles: ["marketing"],
      units: ["jiangxi"],
      sources: [],
    });
  });

  it.each<[string, JWTPayload, string]>([
    ["expired", { exp: seconds - 60 }, "the token has expired"],
    ["not yet valid", { nbf: seconds + 600 }, "the token's claim nbf is not what is asked for here"],
    ["of another issuer", { iss: "https://other.test/" }, "the token's claim iss is not what is asked for here"],
    ["for somebody else", { aud: "other" }, "the token's claim aud is not what is asked for here"],
    ["of nobody", { sub: "" }, "the token's claim sub is not usable"],
    ["without roles", { roles: [] }, "the token's claim roles is not usable"],
    ["with a role that is none", { roles: ["king"] }, "the token's claim roles is not usable"],
    ["with units that are no list", { units: 7 }, "the token's claim units is not usable"],
  ])("refuses one that is %s", async (_what, change, sentence) => {
    expect(await refusalOf(await sign({ ...claims, ...change }))).toContain(sentence);
  });

  it("refuses one that never ends", async () => {
    const { exp: _never, ...endless } = claims;
    expect(await refusalOf(await sign(endless))).toBe("the token lacks the claim exp");
  });

  it("refuses one that no trusted key signed", async () => {
    expect(await refusalOf(await sign(claims, strangers.privateKey))).toBe("the token is not signed by a trusted key");
    expect(await refusalOf(await sign(claims, strangers.privateKey, "k2"))).toBe(
      "the token is not signed by a trusted key",
    );
  });

  it("refuses what anybody could have made: no signature, or a shared secret", async () => {
    await refusalOf(new UnsecuredJWT(claims).encode());
    const secret = new TextEncoder().encode(JSON.stringify(jwks.keys[0]).slice(0, 64));
    const shared = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "k1" }).sign(secret);
    expect(await refusalOf(shared)).toBe("the token is signed by an algorithm that is not taken here");
  });

  it("does not blame the token when the keys cannot be fetched", async () => {
    const remote = new JwtIdentity(
      { issuer: ISSUER, audience: "laurel", keys: { jwksUri: "http://127.0.0.1:9/jwks.json" } },
      new SimulatedClock(NOW),
    );
    const error = await remote.actorOf(await sign(claims)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(Refusal);
  });
});

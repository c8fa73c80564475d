import { exportSPKI, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { ApiHarness, AUDIENCE, ISSUER, JWKS, MARKETING, problemOf, tokenFor } from "./api-harness.ts";

const harness = new ApiHarness();
const seconds = Math.floor(Date.now() / 1000);
const claims: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: "mei.lin",
  roles: ["administrator"],
  exp: seconds + 600,
};
const send = (authorization: string) => harness.call("GET", "/v1/me", { headers: { authorization } });

async function forged(changes: JWTPayload, { alg = "ES256", kid = "test" } = {}): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg, kid }).sign(privateKey);
}

async function byPublicKey(): Promise<string> {
  const [jwk] = JWKS.keys;
  const key = await importJWK({ ...jwk }, "ES256", { extractable: true });
  if (key instanceof Uint8Array) throw new Error("not a public key");
  const secret = new TextEncoder().encode(await exportSPKI(key));
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "test" }).sign(secret);
}

const good = await tokenFor(MARKETING);
const [head = "", body = "", signature = ""] = good.split(".");
const changed = Buffer.from(JSON.stringify({ ...claims, sub: "sun.hao" })).toString("base64url");

const FORGED: readonly (readonly [what: string, token: string, sentence: string])[] = [
  ["unsigned", new UnsecuredJWT(claims).encode(), "an algorithm that is not taken here"],
  ["signed with our public key as a secret", await byPublicKey(), "an algorithm that is not taken here"],
  ["signed by a stranger under our key's id", await forged({}), "not signed by a trusted key"],
  ["signed by a key that nobody knows", await forged({}, { kid: "unknown" }), "not signed by a trusted key"],
  ["of another algorithm under our key's id", await forged({}, { alg: "RS256" }), "not signed by a trusted key"],
  ["changed after it was signed", `${head}.${changed}.${signature}`, "not signed by a trusted key"],
  ["cut short", `${head}.${body}`, "no token that can be read"],
  ["no token at all", "x", "no token that can be read"],
];

/** What a stranger can send, through the real handler. */
describe("a token that is not good", () => {
  it("is good otherwise", async () => {
    expect((await send(`Bearer ${good}`)).json).toMatchObject({ subject: "mei.lin", roles: ["marketing"] });
  });

  it.each(FORGED)("is refused: %s", async (_what, token, sentence) => {
    const answer = await send(`Bearer ${token}`);
    const problem = problemOf(answer);
    expect(problem).toMatchObject({ status: 401, type: "urn:laurel:problem:unauthenticated" });
    expect(problem.detail).toContain(sentence);
    expect(answer.headers["www-authenticate"]).toBe('Bearer realm="laurel", error="invalid_token"');
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  it.each<[string, JWTPayload, string]>([
    ["expired", { exp: seconds - 60 }, "the token has expired"],
    ["not valid yet", { nbf: seconds + 600 }, "claim nbf"],
    ["of another issuer", { iss: "https://identity.evil/" }, "claim iss"],
    ["of an issuer that only begins like ours", { iss: `${ISSUER}.evil/` }, "claim iss"],
    ["for another audience", { aud: "other" }, "claim aud"],
    ["for no audience", { aud: undefined }, "lacks the claim aud"],
    ["for an empty list of audiences", { aud: [] }, "lacks the claim aud"],
    ["without an end", { exp: undefined }, "lacks the claim exp"],
    ["of nobody", { sub: undefined }, "lacks the claim sub"],
    ["without a role", { roles: undefined }, "claim roles"],
    ["with a role that is no text", { roles: [1] }, "claim roles"],
  ])("is refused: well signed and %s", async (_what, changes, sentence) => {
    const token = await tokenFor(MARKETING, changes);
    const answer = await send(`Bearer ${token}`);
    expect(problemOf(answer).detail).toContain(sentence);
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
  });

  it.each(["", "Bearer", "Basic bWVpOmxpbg==", `Bearer ${good} ${good}`, `Bearer ${good},${good}`, good])(
    "is not found in `%s`, and the answer says how to send one",
    async (authorization) => {
      const answer = await send(authorization);
      expect(problemOf(answer)).toMatchObject({ status: 401, detail: "send a token as `Authorization: Bearer …`" });
      expect(answer.headers["www-authenticate"]).toBe('Bearer realm="laurel"');
    },
  );

  it("is not taken from the query or a cookie", async () => {
    expect((await harness.call("GET", `/v1/me?access_token=${good}`, {})).status).toBe(401);
    expect((await harness.call("GET", "/v1/me", { headers: { cookie: `token=${good}` } })).status).toBe(401);
  });
});

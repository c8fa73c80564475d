import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ASSETS, createReference } from "#functions/reference/app.ts";
import { signInFrom } from "#functions/reference/sign-in.ts";
import { invoke } from "./api-harness.ts";

describe("API reference", () => {
  const SIGN_IN = {
    authorizationUrl: "https://login.example.com/oauth2/authorize",
    tokenUrl: "https://login.example.com/oauth2/token",
    clientId: "reference",
    token: "id_token",
  } as const;
  const reference = createReference({});
  const get = (path: string, headers = {}) => invoke(reference, "GET", path, { headers });

  it("is a page of ours that runs only its own scripts and asks nobody else", async () => {
    const page = await get("/docs");
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(String(page.headers["content-security-policy"])).toContain("default-src 'none'; script-src 'self';");
    expect(page.text).not.toMatch(/https?:|<script>|<style|onload=/);
    const start = await get("/docs/start.js");
    expect(start.text).not.toMatch(/https?:/);
    expect(start.text).toContain("validatorUrl: null");
    expect(start.text).toContain("tryItOutEnabled: true");
    expect(start.text).toContain("persistAuthorization: true");
  });

  it("finds everything that the page names", async () => {
    const page = await get("/docs");
    const named = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(named).toHaveLength(4);
    for (const path of named) expect((await get(path)).status, path).toBe(200);
  });

  it("serves its files zipped to who takes it so", async () => {
    const plain = await get("/docs/swagger-ui.css");
    const zipped = await get("/docs/swagger-ui.css", { "accept-encoding": "gzip, br" });
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(zipped.bytes).equals(plain.bytes)).toBe(true);
  });

  it("says how people sign in where the deployment does, and asks nobody but them for a token", async () => {
    expect((await get("/docs/sign-in.json")).json).toEqual({});
    const page = await get("/docs");
    expect(page.headers["content-security-policy"]).toContain("connect-src 'self';");
    const signing = createReference({ signIn: () => SIGN_IN });
    const signed = (path: string) => invoke(signing, "GET", path, {});
    expect((await signed("/docs/sign-in.json")).json).toEqual(SIGN_IN);
    const policy = (await signed("/docs")).headers["content-security-policy"];
    expect(policy).toContain("connect-src 'self' https://login.example.com;");
    const back = await signed("/docs/oauth2-redirect.html");
    expect([...back.text.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script src="oauth2-redirect.js">',
    ]);
    expect((await signed("/docs/oauth2-redirect.js")).text).toContain("swaggerUIRedirectOauth2");
  });

  it("is told by a deployment in one text, which is read when the function starts", () => {
    const { authorizationUrl, tokenUrl, clientId, token } = SIGN_IN;
    expect(signInFrom([authorizationUrl, tokenUrl, clientId, token].join(" "))).toEqual(SIGN_IN);
    expect(signInFrom(undefined)).toBeUndefined();
    expect(() => signInFrom("https://login.example.com nothing")).toThrow("LAUREL_SIGN_IN");
  });

  it("signs in with PKCE and without a secret", async () => {
    const script = (await get("/docs/start.js")).text;
    expect(script).toContain("usePkceWithAuthorizationCodeGrant: true");
    expect(script).not.toMatch(/clientSecret/);
    const spec = {
      components: { securitySchemes: {} },
      paths: { "/x": { get: { security: [{ bearer: [] }] }, put: {} } },
    };
    const addSignIn = new Function(`${script.split("window.addEventListener")[0]}; return addSignIn;`)();
    addSignIn(spec, SIGN_IN);
    expect(spec).toMatchObject({
      components: { securitySchemes: { signIn: { type: "oauth2", "x-tokenName": "id_token" } } },
      paths: { "/x": { get: { security: [{ bearer: [] }, { signIn: ["openid"] }] }, put: {} } },
    });
  });

  it("serves nothing that it does not list", async () => {
    const others = ["package.json", "index.html", "..%2Fpackage.json", "..%2f..%2fpackage.json", "constructor", "%00"];
    for (const name of others) expect((await get(`/docs/${name}`)).status, name).toBe(404);
    expect(Object.keys(ASSETS)).toHaveLength(5);
  });
});

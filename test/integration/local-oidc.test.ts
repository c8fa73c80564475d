import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { systemClock } from "#adapters/system/clock.ts";
import { JwtIdentity } from "#adapters/system/identity-jwt.ts";
import { type LocalHttpServer, startHttpServer } from "#infra/local/http-server.ts";
import { createLocalIdentity, type LocalIdentity } from "#infra/local/identity.ts";
import { localPages } from "#infra/local/pages.ts";
import { MACHINES, PEOPLE } from "#infra/local/people.ts";

const folder = mkdtempSync(join(tmpdir(), "laurel-oidc-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const discoverySchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
});
const tokensSchema = z.looseObject({
  access_token: z.string(),
  id_token: z.string().optional(),
  refresh_token: z.string().optional(),
  expires_in: z.int(),
});

const CONSOLE = { client_id: "console", redirect_uri: "http://localhost:5173/signed-in" };
const VERIFIER = randomBytes(32).toString("base64url");
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const QUESTION = {
  ...CONSOLE,
  response_type: "code",
  scope: "openid",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
  state: "s 1",
  nonce: "n1",
};

describe("OpenID Connect on this machine", () => {
  let identity: LocalIdentity;
  let server: LocalHttpServer;
  let api: JwtIdentity;

  beforeAll(async () => {
    identity = await createLocalIdentity();
    const none = { failures: () => ({}), redrive: async () => ({}), sign: () => ({}) };
    server = await startHttpServer({ routes: localPages({ identity, ...none }) });
    identity.servedAt(server.url);
    api = new JwtIdentity(identity.settings(), systemClock);
  });
  afterAll(() => server.stop());

  const discover = async () =>
    discoverySchema.parse(await (await fetch(`${server.url}/.well-known/openid-configuration`)).json());

  async function authorize(changes: Readonly<Record<string, string | undefined>>): Promise<Response> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...QUESTION, ...changes }))
      if (value !== undefined) parameters.set(name, value);
    return fetch(`${(await discover()).authorization_endpoint}?${parameters}`, { redirect: "manual" });
  }

  async function codeOf(subject: string): Promise<string> {
    const back = new URL((await authorize({ as: subject })).headers.get("location") ?? "");
    expect(back.href.startsWith(CONSOLE.redirect_uri)).toBe(true);
    expect(back.searchParams.get("state")).toBe("s 1");
    return back.searchParams.get("code") ?? "";
  }

  async function token(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const { token_endpoint } = await discover();
    return fetch(token_endpoint, { method: "POST", body: new URLSearchParams(form), headers });
  }
  const byCode = (code: string, changes: Record<string, string> = {}) =>
    token({ grant_type: "authorization_code", code, ...CONSOLE, code_verifier: VERIFIER, ...changes });

  it("names itself as its address, and its endpoints", async () => {
    expect(await discover()).toMatchObject({
      issuer: server.url,
      jwks_uri: `${server.url}/local/jwks.json`,
      code_challenge_methods_supported: ["S256"],
    });
  });

  it("lets somebody choose who they are, in English and Chinese", async () => {
    const page = await (await authorize({})).text();
    for (const { name, job } of PEOPLE) for (const text of [name, job.en, job.zh]) expect(page).toContain(text);
    expect(page).toContain("登录");
    const [link = ""] = /\/local\/authorize\?[^"]+as=mei\.lin/.exec(page) ?? [];
    const chosen = await fetch(server.url + link.replaceAll("&amp;", "&"), { redirect: "manual" });
    expect(chosen.status).toBe(302);
  });

  it("gives tokens for a code and its verifier: one that the API takes, one that tells the application who signed in", async () => {
    const answer = await byCode(await codeOf("luo.jie"));
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { access_token, id_token = "" } = tokensSchema.parse(await answer.json());
    expect(await api.actorOf(access_token)).toEqual({
      subject: "luo.jie",
      name: "Luo Jie 罗杰",
      client: "console",
      roles: ["branch-manager"],
      units: ["nanchang"],
      sources: [],
    });
    const { jwks_uri, issuer } = await discover();
    const { payload } = await jwtVerify(id_token, createRemoteJWKSet(new URL(jwks_uri)), {
      issuer,
      audience: "console",
    });
    expect(payload).toMatchObject({ sub: "luo.jie", nonce: "n1", name: "Luo Jie 罗杰" });
    await expect(api.actorOf(id_token)).rejects.toMatchObject({ kind: "unauthenticated" });
  });

  it("takes a code once, from whom it was given to, with the right verifier", async () => {
    const used = await codeOf("mei.lin");
    expect((await byCode(used)).status).toBe(200);
    const wrong: Record<string, string>[] = [
      { code: used },
      { code_verifier: randomBytes(32).toString("base64url") },
      { code_verifier: "" },
      { client_id: "other" },
      { redirect_uri: "http://localhost:5173/other" },
    ];
    for (const changes of wrong) {
      const answer = await byCode(await codeOf("mei.lin"), changes);
      expect(answer.status, JSON.stringify(changes)).toBe(400);
      expect(await answer.json()).toMatchObject({ error: "invalid_grant" });
    }
  });

  it.each<[string, Record<string, string | undefined>]>([
    ["to another machine", { redirect_uri: "https://evil.example/" }],
    ["to a name that begins like this machine", { redirect_uri: "http://localhost.evil.example/" }],
    ["to an address with a user", { redirect_uri: "http://localhost:80@evil.example/" }],
    ["without PKCE", { code_challenge: undefined }],
    ["with a plain challenge", { code_challenge_method: "plain" }],
    ["without a code", { response_type: "token" }],
    ["without an application", { client_id: undefined }],
  ])("sends nobody back %s", async (_what, changes) => {
    const answer = await authorize({ as: "mei.lin", ...changes });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });

  it("gives new tokens for a refresh token, to the same application only; the API does not take it", async () => {
    const { refresh_token = "" } = tokensSchema.parse(await (await byCode(await codeOf("he.yun"))).json());
    const refresh = (client_id: string) => token({ grant_type: "refresh_token", refresh_token, client_id });
    const { access_token } = tokensSchema.parse(await (await refresh("console")).json());
    expect(await api.actorOf(access_token)).toMatchObject({ subject: "he.yun", roles: ["auditor"] });
    expect((await refresh("other")).status).toBe(400);
    await expect(api.actorOf(refresh_token)).rejects.toMatchObject({ kind: "unauthenticated" });
  });

  it("gives a machine a token for its secret: what it may do are scopes, and no more than its own", async () => {
    const [machine] = MACHINES;
    if (machine === undefined) throw new Error("there is no machine");
    const { clientId, clientSecret } = machine;
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`,
    });
    const grant = { grant_type: "client_credentials" };
    const { access_token } = tokensSchema.parse(await (await token(grant, basic(clientSecret))).json());
    expect(await api.actorOf(access_token)).toMatchObject({
      subject: clientId,
      client: clientId,
      roles: ["integrator"],
      sources: ["jx-app-pos"],
    });
    const posted = await token({ ...grant, client_id: clientId, client_secret: clientSecret });
    expect(decodeJwt(tokensSchema.parse(await posted.json()).access_token)).not.toHaveProperty("roles");
    const less = await token({ ...grant, scope: "laurel/integrator" }, basic(clientSecret));
    expect(await api.actorOf(tokensSchema.parse(await less.json()).access_token)).toMatchObject({ sources: [] });
    const more = await token({ ...grant, scope: "laurel/administrator" }, basic(clientSecret));
    expect(await more.json()).toMatchObject({ error: "invalid_scope" });
    const stranger = await token(grant, basic("wrong"));
    expect([stranger.status, stranger.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="laurel"']);
  });

  it("knows no other way to a token", async () => {
    for (const grant_type of ["password", "implicit", ""]) {
      const answer = await token({ grant_type, username: "mei.lin", password: "x" });
      expect(await answer.json()).toMatchObject({ error: "unsupported_grant_type" });
    }
  });

  it("is read by applications that are developed on this machine, and by no page from elsewhere", async () => {
    const allowed = async (origin: string) =>
      (await fetch(`${server.url}/.well-known/openid-configuration`, { headers: { origin } })).headers.get(
        "access-control-allow-origin",
      );
    expect(await allowed("http://localhost:5173")).toBe("http://localhost:5173");
    expect(await allowed("https://evil.example")).toBeNull();
    expect(await allowed("http://localhost.evil.example")).toBeNull();
  });
});

describe("the key", () => {
  it("is kept in a file that only its owner reads, so that tokens outlive the process", async () => {
    const path = join(folder, "identity", "key.json");
    const first = await createLocalIdentity(path);
    const [person] = PEOPLE;
    const token = await first.tokenFor(person);
    const second = await createLocalIdentity(path);
    expect(second.jwks).toEqual(first.jwks);
    expect(await new JwtIdentity(second.settings(), systemClock).actorOf(token)).toMatchObject({
      subject: person.subject,
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(second.jwks)).not.toContain('"d"');
  });
});

import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { verifySignature } from "#app/intake/webhook-signature.ts";
import { ROLES } from "#domain/actor.ts";
import { type LocalHttpServer, startHttpServer } from "#infra/local/http-server.ts";
import { createLocalIdentity } from "#infra/local/identity.ts";
import { localPages } from "#infra/local/pages.ts";
import { PEOPLE } from "#infra/local/people.ts";
import { SourceSecrets, sourceSecretName } from "#infra/local/source-secrets.ts";

const secrets = new SourceSecrets();

async function withPages(use: (server: LocalHttpServer, redriven: () => number) => Promise<void>): Promise<void> {
  let redriven = 0;
  const identity = await createLocalIdentity();
  const redrive = async () => {
    redriven += 1;
    return { passed: 1, failed: 0 };
  };
  const server = await startHttpServer({
    routes: localPages({
      identity,
      failures: () => ({ jobs: ["<b>"] }),
      redrive,
      sign: (source, body) => secrets.sign(source, body),
    }),
  });
  try {
    await use(server, () => redriven);
  } finally {
    await server.stop();
  }
}

describe("the local identity provider", () => {
  it("signs tokens that its key set verifies, for its own audience, with everything an actor is", async () => {
    const identity = await createLocalIdentity();
    const token = await identity.tokenFor({
      subject: "x",
      roles: ["branch-manager"],
      units: ["nanchang"],
      sources: [],
    });
    const { issuer, audience } = identity;
    const { payload } = await jwtVerify(token, createLocalJWKSet(identity.jwks), { issuer, audience });
    expect(payload).toMatchObject({ sub: "x", roles: ["branch-manager"], units: ["nanchang"], sources: [] });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(8 * 3600);
    expect(JSON.stringify(identity.jwks)).not.toContain('"d"');
    const stranger = await createLocalIdentity();
    await expect(jwtVerify(token, createLocalJWKSet(stranger.jwks))).rejects.toThrow();
  });

  it("signs a body for a source, as header lines that a command line can send on", async () => {
    await withPages(async ({ url }) => {
      const body = '{"kind":"sale"}';
      const lines = await (await fetch(`${url}/local/sign/pos`, { method: "POST", body })).text();
      const headers = Object.fromEntries(
        lines
          .trim()
          .split("\n")
          .map((line) => line.split(": ", 2)),
      );
      const secret = (await secrets.secret(sourceSecretName("pos"))) ?? "";
      expect(verifySignature({ headers, body: new TextEncoder().encode(body) }, [secret], Date.now())).toMatch(/^msg_/);
    });
  });

  it("knows a person of every role, and a second one who approves", () => {
    expect(PEOPLE.flatMap(({ roles }) => roles).toSorted()).toEqual([...ROLES, "approver"].toSorted());
  });

  it("lists people, gives tokens and its keys, and asks no other machine for anything", async () => {
    await withPages(async ({ url }) => {
      const list = await (await fetch(`${url}/local/sign-in`)).text();
      for (const { name } of PEOPLE) expect(list).toContain(name);
      expect(list).not.toMatch(/https?:|src=|@import/);
      const signedIn = await (await fetch(`${url}/local/sign-in?as=mei.lin`)).text();
      const token = /<code>([\w.-]+)<\/code>/.exec(signedIn)?.[1] ?? "";
      expect(decodeJwt(token)).toMatchObject({ sub: "mei.lin", roles: ["marketing"] });
      const plain = await (await fetch(`${url}/local/token?as=fang.wei`)).text();
      expect(decodeJwt(plain)).toMatchObject({ sub: "fang.wei" });
      expect(await (await fetch(`${url}/local/jwks.json`)).json()).toMatchObject({ keys: [{ alg: "ES256" }] });
      expect((await fetch(`${url}/local/sign-in?as=%3Cscript%3E`)).headers.get("content-type")).toMatch(/^text\/plain/);
    });
  });

  it("shows what has failed and tries it again when told to", async () => {
    await withPages(async ({ url }, redriven) => {
      expect(await (await fetch(`${url}/local/failures`)).json()).toEqual({ jobs: ["<b>"] });
      const answer = await fetch(`${url}/local/failures/redrive`, { method: "POST" });
      expect([await answer.json(), redriven()]).toEqual([{ passed: 1, failed: 0 }, 1]);
    });
  });

  it("gives nothing to a web page that reached this machine under another name", async () => {
    await withPages(async ({ url }) => {
      const { port } = new URL(url);
      // `fetch` does not let a caller choose the host.
      const socket = connect(Number(port), "127.0.0.1");
      socket.end("GET /local/token?as=mei.lin HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n");
      expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
    });
  });
});

describe("the sources' signing secrets", () => {
  it("sign what our own verification accepts, over the bytes as they are", async () => {
    const secrets = new SourceSecrets();
    const body = Buffer.from('{"名": 1}\r\n');
    const headers = secrets.sign("jx-app-pos", body);
    const secret = (await secrets.secret(sourceSecretName("jx-app-pos"))) ?? "";
    expect(verifySignature({ headers, body }, [secret], Date.now())).toBe(headers["webhook-id"]);
    const other = (await secrets.secret(sourceSecretName("hq-web"))) ?? "";
    expect(() => verifySignature({ headers, body }, [other], Date.now())).toThrow("no signature matches");
    expect(await secrets.secret("somebody/elses")).toBeUndefined();
  });
});

import { createServer, request as httpRequest, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpsPost } from "#adapters/notify/https-post.ts";
import { isPublicAddress } from "#adapters/notify/public-address.ts";

describe("addresses", () => {
  it.each([
    "127.0.0.1",
    [10, 1, 2, 3].join("."),
    [172, 16, 0, 1].join("."),
    [172, 31, 255, 255].join("."),
    [192, 168, 1, 1].join("."),
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "::ffff:127.0.0.1",
    `::ffff:${[10, 0, 0, 1].join(".")}`,
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "not an address",
    "",
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["8.8.8.8", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "240e:ff:f000::1"])("%s is", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

describe("posting", () => {
  let server: Server;
  let port = 0;
  const seen: { readonly path: string; readonly body: string }[] = [];
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      seen.push({ path: request.url ?? "", body });
      if (request.url === "/redirect") response.writeHead(302, { location: "/elsewhere" }).end();
      else if (request.url === "/silent") return;
      else if (request.url === "/long") response.end("x".repeat(1_000_000));
      else response.writeHead(200, { "retry-after": "7" }).end("ok");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" && address ? address.port : 0;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const open = httpsPost({ request: httpRequest, isAllowed: () => true, timeoutMs: 30_000 });
  const to = (path: string, host = "127.0.0.1") => ({ url: new URL(`https://${host}:${port}${path}`), body: "{}" });

  it("posts and reads the beginning of the answer", async () => {
    expect(await open(to("/hook?a=1"))).toEqual({ status: 200, body: "ok", retryAfter: "7" });
    expect(seen.at(-1)).toEqual({ path: "/hook?a=1", body: "{}" });
    expect((await open(to("/long"))).body.length).toBe(16_384);
  });

  it("follows no redirect", async () => {
    expect(await open(to("/redirect"))).toMatchObject({ status: 302 });
    expect(seen.some(({ path }) => path === "/elsewhere")).toBe(false);
  });

  it("waits no longer than it may", async () => {
    const impatient = httpsPost({ request: httpRequest, isAllowed: () => true, timeoutMs: 50 });
    await expect(impatient(to("/silent"))).rejects.toThrow("no answer in time");
  });

  it("connects to no address that is not public, written out or behind a name", async () => {
    const guarded = httpsPost({ request: httpRequest, timeoutMs: 30_000 });
    const before = seen.length;
    await expect(guarded(to("/hook"))).rejects.toThrow("not public");
    await expect(guarded(to("/hook", "localhost"))).rejects.toThrow("public address");
    await expect(guarded({ url: new URL(`https://[::1]:${port}/`), body: "" })).rejects.toThrow("not public");
    // As browsers read it, 127.1 and 2130706433 are 127.0.0.1 too.
    await expect(guarded(to("/hook", "127.1"))).rejects.toThrow("not public");
    await expect(guarded(to("/hook", "2130706433"))).rejects.toThrow("not public");
    expect(seen.length).toBe(before);
  });

  it("speaks https only, without a password", async () => {
    await expect(open({ url: new URL("http://example.com/"), body: "" })).rejects.toThrow("https");
    await expect(open({ url: new URL("https://me:pw@example.com/"), body: "" })).rejects.toThrow("password");
  });
});

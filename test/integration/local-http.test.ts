import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalHttpServer, startHttpServer } from "#infra/local/http-server.ts";

const events: APIGatewayProxyEventV2[] = [];
const logged: string[] = [];
let server: LocalHttpServer;

/** Remembers what it was asked and answers what the path says. */
const handlers = {
  webhook: (event: APIGatewayProxyEventV2) => {
    events.push(event);
    return { statusCode: 202, headers: { "Content-Type": "application/json" }, body: "{}" };
  },
  api: async (event: APIGatewayProxyEventV2) => {
    events.push(event);
    if (event.rawPath === "/v1/throws") throw new Error("secret detail");
    if (event.rawPath === "/v1/nothing") return undefined;
    if (event.rawPath === "/v1/huge") return { statusCode: 200, body: "x".repeat(7 * 1024 * 1024) };
    if (event.rawPath === "/v1/empty") return { statusCode: 204 };
    const bytes = Buffer.from([0, 255, 137, 80, 78, 71, 13, 10]);
    return {
      statusCode: 200,
      headers: { "content-type": "image/png", "x-count": 8 },
      cookies: ["a=1; Path=/", "b=2"],
      body: bytes.toString("base64"),
      isBase64Encoded: true,
    };
  },
};

beforeAll(async () => {
  server = await startHttpServer({
    routes: [
      { method: "POST", path: "/v1/webhooks/{source}", functionName: "intake", handler: handlers.webhook },
      { method: "GET", path: "/docs/{file}", functionName: "reference", handler: handlers.webhook },
      { method: "ANY", path: "/v1/{proxy+}", functionName: "api", handler: handlers.api },
    ],
    log: (message, error) => logged.push(`${message}: ${error}`),
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  events.length = 0;
  logged.length = 0;
});

function lastEvent(): APIGatewayProxyEventV2 {
  const event = events.at(-1);
  if (event === undefined) throw new Error("no function was called");
  return event;
}

function bytesOf({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** A request whose first line is sent as it is; `fetch` would tidy the path. */
async function rawGet(path: string): Promise<string> {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.end(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  return text(socket);
}

describe("the HTTP bridge", () => {
  it.each([
    ["JSON with odd spacing and Chinese", "application/json", Buffer.from('{ "名": "江西",\r\n\t"a":1.0 }\n')],
    ["text with a byte order mark", "text/plain", Buffer.from("\ufeffx")],
    ["JSON that is no valid UTF-8", "application/json", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ["any bytes", "application/octet-stream", randomBytes(70_000)],
    ["nothing", "application/json", Buffer.alloc(0)],
  ])("hands over a body's bytes as they were sent: %s", async (_, contentType, body) => {
    const answer = await fetch(`${server.url}/v1/webhooks/pos`, {
      method: "POST",
      body,
      headers: { "content-type": contentType },
    });
    expect(answer.status).toBe(202);
    expect(bytesOf(lastEvent()).equals(body)).toBe(true);
    expect(lastEvent().pathParameters).toEqual({ source: "pos" });
    expect(lastEvent().routeKey).toBe("POST /v1/webhooks/{source}");
  });

  it("describes the request as the gateway does", async () => {
    await fetch(`${server.url}/v1/people/%E6%9E%97%20a?tag=a&tag=b%2Cc&x=%20`, {
      method: "PATCH",
      headers: { "X-Some-Header": "Value", cookie: "s=1; t=2" },
    });
    expect(lastEvent()).toMatchObject({
      version: "2.0",
      rawPath: "/v1/people/林 a",
      rawQueryString: "tag=a&tag=b%2Cc&x=%20",
      queryStringParameters: { tag: "a,b,c", x: " " },
      pathParameters: { proxy: "people/林 a" },
      cookies: ["s=1", "t=2"],
      headers: { "x-some-header": "Value" },
      requestContext: { http: { method: "PATCH", path: "/v1/people/林 a", sourceIp: "127.0.0.1" }, stage: "$default" },
    });
    expect(lastEvent().headers).not.toHaveProperty("cookie");
    expect(lastEvent().requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  it("answers binary bodies, headers and cookies", async () => {
    const answer = await fetch(`${server.url}/v1/picture`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([0, 255, 137, 80, 78, 71, 13, 10]));
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("x-count")).toBe("8");
    expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
  });

  it("answers HEAD without a body and passes OPTIONS on", async () => {
    const head = await fetch(`${server.url}/v1/picture`, { method: "HEAD" });
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-length")).toBe("8");
    await fetch(`${server.url}/v1/picture`, { method: "OPTIONS" });
    expect(lastEvent().requestContext.http.method).toBe("OPTIONS");
    const empty = await fetch(`${server.url}/v1/empty`);
    expect([empty.status, empty.headers.get("content-length")]).toEqual([204, null]);
  });

  it("refuses a body that is too large, before any function is called", async () => {
    const answer = await fetch(`${server.url}/v1/webhooks/pos`, {
      method: "POST",
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(answer.status).toBe(413);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ type: "urn:laurel:problem:tooLarge", status: 413 });
    expect(events).toEqual([]);
    const most = await fetch(`${server.url}/v1/webhooks/pos`, { method: "POST", body: Buffer.alloc(10 * 1024 * 1024) });
    expect(most.status).toBe(202);
  });

  it.each(["/v1/throws", "/v1/nothing", "/v1/huge"])("answers 500 for %s and keeps serving", async (path) => {
    const answer = await fetch(`${server.url}${path}`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret detail");
    expect(logged).toHaveLength(1);
    expect((await fetch(`${server.url}/v1/picture`)).status).toBe(200);
  });

  it("does not tidy paths: a function gets what was sent, and routes are not tricked", async () => {
    expect(await rawGet("/docs/../v1/webhooks/pos")).toMatch(/^HTTP\/1.1 404 /);
    expect(await rawGet("//docs/x")).toMatch(/^HTTP\/1.1 404 /);
    expect(await rawGet("/docs/%2e%2e%2fpackage.json")).toMatch(/^HTTP\/1.1 404 /);
    expect(events).toEqual([]);
    expect(await rawGet("/v1/../../etc/passwd")).toMatch(/^HTTP\/1.1 200 /);
    expect(lastEvent().rawPath).toBe("/v1/../../etc/passwd");
    expect(await rawGet("/v1/%ff")).toMatch(/^HTTP\/1.1 400 /);
    expect(await rawGet("/elsewhere")).toContain('"instance":"/elsewhere"');
  });
});

import { once } from "node:events";
import { createServer } from "node:net";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import * as z from "zod";
import { CALL_MOST_MS, documentClient } from "#adapters/dynamodb/client.ts";
import { INTAKE_SETTLING_MS } from "#app/settlement/due.ts";
import { LOCAL_CLIENT_CONFIG } from "#infra/local/dynamodb.ts";

const limitsSchema = z.object({
  connectionTimeout: z.number(),
  requestTimeout: z.number(),
  throwOnRequestTimeout: z.literal(true),
});

test("a fact is stored or has failed before a settlement stops waiting for it", async () => {
  const { maxAttempts, requestHandler } = documentClient(LOCAL_CLIENT_CONFIG).config;
  // The handler reads its settings with the first request.
  await requestHandler.handle(new Request("http://127.0.0.1:1")).catch(() => {});
  const settings: unknown = Reflect.get(requestHandler, "httpHandlerConfigs");
  if (typeof settings !== "function") throw new Error("the SDK's handler no longer tells its settings");
  const { connectionTimeout, requestTimeout } = limitsSchema.parse(settings.call(requestHandler));
  expect((await maxAttempts()) * (connectionTimeout + requestTimeout)).toBeLessThan(CALL_MOST_MS);
  expect(CALL_MOST_MS).toBeLessThan(INTAKE_SETTLING_MS);
});

test("a database that takes a call and never answers is a failure, not a wait", async () => {
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = z.object({ port: z.number() }).parse(server.address());
  const client = documentClient({
    ...LOCAL_CLIENT_CONFIG,
    endpoint: `http://127.0.0.1:${address.port}`,
    maxAttempts: 1,
    requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true },
  });
  try {
    await expect(client.send(new GetCommand({ TableName: "any", Key: { PK: "a" } }))).rejects.toMatchObject({
      name: "TimeoutError",
    });
  } finally {
    client.destroy();
    server.close();
  }
});

import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { SecretsManagerStore } from "#adapters/system/secrets-manager.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { LOCAL_CLIENT_CONFIG } from "#infra/local/dynamodb.ts";
import type { SecretStore } from "#ports/system.ts";
import { fakeAws } from "./suites/fake-aws.ts";

const requestSchema = z.object({ SecretId: z.string() });
const secrets = new Map<string, string>();
let asked = 0;
const endpoint = fakeAws(({ headers, body }) => {
  expect(headers["x-amz-target"]).toBe("secretsmanager.GetSecretValue");
  asked++;
  const { SecretId } = requestSchema.parse(JSON.parse(body.toString()));
  const SecretString = secrets.get(SecretId);
  const type = { "content-type": "application/x-amz-json-1.1" };
  if (SecretId === "forbidden") return { status: 400, headers: type, body: '{"__type":"AccessDeniedException"}' };
  return SecretString === undefined
    ? { status: 400, headers: type, body: '{"__type":"ResourceNotFoundException"}' }
    : { status: 200, headers: type, body: JSON.stringify({ Name: SecretId, SecretString }) };
});

const clock = new SimulatedClock(0);
const manager = () =>
  new SecretsManagerStore(new SecretsManagerClient({ ...LOCAL_CLIENT_CONFIG, endpoint: endpoint() }), clock);

beforeEach(() => {
  secrets.clear();
  secrets.set("laurel/pos", "whsec_1");
  asked = 0;
});

const stores: [name: string, make: () => SecretStore][] = [
  ["memory", () => new MemorySecretStore(Object.fromEntries(secrets))],
  ["Secrets Manager", manager],
];
describe.each(stores)("SecretStore: %s", (_, make) => {
  it("gives a secret by name, and undefined where there is none", async () => {
    const store = make();
    expect(await store.secret("laurel/pos")).toBe("whsec_1");
    expect(await store.secret("laurel/other")).toBeUndefined();
    expect(await store.secret("toString")).toBeUndefined();
  });
});

describe("the copy of a secret", () => {
  it("is used for a minute, then the secret is read again", async () => {
    const store = manager();
    await store.secret("laurel/pos");
    secrets.set("laurel/pos", "whsec_2");
    clock.advance(59_999);
    expect(await store.secret("laurel/pos")).toBe("whsec_1");
    expect(asked).toBe(1);
    clock.advance(1);
    expect(await store.secret("laurel/pos")).toBe("whsec_2");
    secrets.delete("laurel/pos");
    clock.advance(60_000);
    expect(await store.secret("laurel/pos")).toBeUndefined();
  });

  it("is not made of what is missing or refused", async () => {
    const store = manager();
    expect(await store.secret("laurel/new")).toBeUndefined();
    secrets.set("laurel/new", "now there");
    expect(await store.secret("laurel/new")).toBe("now there");
    await expect(store.secret("forbidden")).rejects.toThrow();
  });
});

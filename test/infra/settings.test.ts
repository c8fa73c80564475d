import { expect, test } from "vitest";
import { lacksIdentity, readSettings } from "#infra/lib/settings.ts";

const none = () => undefined;

test("a machine without account or settings can write the templates, and they trust nobody", () => {
  const settings = readSettings(none, {});
  expect(settings).toMatchObject({ stage: "dev", jwtIssuer: "https://identity.invalid/", tracing: true });
  expect(lacksIdentity(settings)).toBe(true);
});

test("context wins over the environment", () => {
  const context = (key: string) => (key === "stage" ? "prod" : undefined);
  const settings = readSettings(context, { LAUREL_STAGE: "test", LAUREL_JWT_ISSUER: "https://id.example.com/" });
  expect(settings).toMatchObject({ stage: "prod", jwtIssuer: "https://id.example.com/" });
  expect(lacksIdentity(settings)).toBe(false);
});

test("tracing is off in the China regions unless asked for", () => {
  expect(readSettings(none, { CDK_DEFAULT_REGION: "cn-north-1" }).tracing).toBe(false);
  expect(readSettings(none, { CDK_DEFAULT_REGION: "eu-central-1" }).tracing).toBe(true);
});

test.each([
  ["LAUREL_STAGE", "Prod"],
  ["LAUREL_JWKS_URI", "identity"],
  ["LAUREL_ALARM_EMAIL", "nobody"],
])("a setting that makes no sense stops the synthesis: %s=%s", (name, value) => {
  expect(() => readSettings(none, { [name]: value })).toThrow();
});

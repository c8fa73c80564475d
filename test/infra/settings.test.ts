import { expect, test } from "vitest";
import { lacksIdentity, readSettings } from "#infra/lib/settings.ts";

const none = () => undefined;

test("a machine without account or settings can write the templates; people are in a user pool of the deployment's own", () => {
  const settings = readSettings(none, {});
  expect(settings).toMatchObject({ stage: "dev", identity: "cognito", tracing: true });
  expect(lacksIdentity(settings)).toBe(false);
});

test("where there are no user pools nobody is trusted until an issuer is named", () => {
  const china = { CDK_DEFAULT_REGION: "cn-north-1" };
  const settings = readSettings(none, china);
  expect(settings).toMatchObject({ identity: "nobody", jwtIssuer: "https://identity.invalid/" });
  expect(lacksIdentity(settings)).toBe(true);
  expect(readSettings(none, { ...china, LAUREL_JWT_ISSUER: "https://id.example.cn/" }).identity).toBe("issuer");
});

test("the names of an issuer's claims are JSON, as a text or in cdk.json, and are checked", () => {
  const claims = { roles: ["realm_access", "roles"], roleOf: { finance: "approver" } };
  const read = readSettings(none, { LAUREL_JWT_CLAIMS: JSON.stringify(claims) });
  expect(read.jwtClaims).toMatchObject({ ...claims, subject: "sub" });
  expect(readSettings((key) => (key === "jwtClaims" ? claims : undefined), {}).jwtClaims).toEqual(read.jwtClaims);
  for (const wrong of ["{", '{"role":"x"}', '{"roleOf":{"finance":"king"}}']) {
    expect(() => readSettings(none, { LAUREL_JWT_CLAIMS: wrong }), wrong).toThrow();
  }
});

test("context wins over the environment", () => {
  const context = (key: string) => (key === "stage" ? "prod" : undefined);
  const settings = readSettings(context, { LAUREL_STAGE: "test", LAUREL_JWT_ISSUER: "https://id.example.com/" });
  expect(settings).toMatchObject({ stage: "prod", identity: "issuer", jwtIssuer: "https://id.example.com/" });
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
  ["LAUREL_CONSOLE_URLS", "console"],
  ["LAUREL_MACHINE_SOURCES", "POS 1"],
  ["LAUREL_IMPORT_LIMIT_ROWS", "many"],
  ["LAUREL_IMPORT_LIMIT_ROWS", ""],
  ["LAUREL_IMPORT_LIMIT_SHARE", "120"],
  ["LAUREL_SIGN_IN_PREFIX", "aws-laurel"],
])("a setting that makes no sense stops the synthesis: %s=%s", (name, value) => {
  expect(() => readSettings(none, { [name]: value })).toThrow();
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";
import { log } from "#functions/_kit/log.ts";
import { createIntake } from "#functions/intake/app.ts";
import { ApiHarness, AUDITOR, invoke, MARKETING, POS, tokenFor } from "../api-harness.ts";
import { found, ok, PLAN, sale } from "../api-world.ts";

const SECRET = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;

/** What the functions' logger writes, a line a message. */
describe("the log", () => {
  let written = "";
  let harness: ApiHarness;

  beforeEach(async () => {
    harness = new ApiHarness();
    await found(harness);
    written = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      written += String(text);
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      written += String(text);
      return true;
    });
    log.setLogLevel("DEBUG");
  });

  afterEach(() => {
    log.setLogLevel("SILENT");
    vi.restoreAllMocks();
  });

  const lines = () => written.split("\n").filter((line) => line !== "");

  it("has one line a message, whatever a stranger writes into paths, keys and tokens", async () => {
    const forged = '\n{"level":"INFO","message":"a run was approved"}\n';
    await harness.get(`/v1/campaigns/${encodeURIComponent(forged)}`, AUDITOR);
    await harness.get(`/v1/${encodeURIComponent(forged)}`, AUDITOR);
    await harness.call("GET", "/v1/me", { headers: { authorization: `Bearer ${forged}` } });
    await harness.post("/v1/campaigns", MARKETING, PLAN, { headers: { "idempotency-key": forged } });
    expect(lines().length).toBeGreaterThanOrEqual(4);
    for (const line of lines()) expect(JSON.parse(line).message).toBe("a call was refused");
  });

  it("has no token, signature, secret or body, when calls succeed, are refused or fail", async () => {
    const token = await tokenFor(MARKETING);
    const authorization = `Bearer ${token}`;
    await harness.call("GET", "/v1/me", { headers: { authorization } });
    await harness.call("GET", "/v1/audit", { headers: { authorization } });
    await harness.call("GET", "/v1/me", { headers: { authorization: `${authorization}x` } });
    harness.cloud.deps.plans.campaigns = async () => {
      throw new Error("broken");
    };
    await harness.call("GET", "/v1/campaigns", { headers: { authorization } });

    const secrets = new MemorySecretStore({ "sources/pos": SECRET });
    const intake = createIntake({ ...harness.cloud.deps, secrets, securityClock: systemClock });
    const body = JSON.stringify(sale("1", "a-1", "4711.47"));
    const headers = signatureHeaders(SECRET, "msg_1", Math.floor(Date.now() / 1000), Buffer.from(body));
    for (const text of [body, `${body} `, body.replace('"version":1', '"version":0')]) {
      await invoke(intake, "POST", "/v1/webhooks/pos", { body: text, headers });
    }
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("2", "a-1", "4711.47")] }));

    expect(written).toContain("a call failed");
    expect(written).toContain("a call was refused");
    const signature = headers["webhook-signature"] ?? "none was made";
    const [, , proof = "none was made"] = token.split(".");
    for (const secret of [proof, signature, SECRET, SECRET.slice(6), "4711.47"]) expect(written).not.toContain(secret);
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { sourceSecretName } from "#infra/local/source-secrets.ts";

const FROM = "2018-04-28T00:00:00+08:00";

function sale(externalId: string, participantId = "a-1") {
  return JSON.stringify({
    kind: "sale",
    source: "pos",
    externalId,
    version: 1,
    status: "active",
    participantId,
    occurredAt: FROM,
    amount: "260.00",
    currency: "CNY",
    product: "LAY",
    channel: "individual",
  });
}

async function deliver(cloud: LocalCloud, body: string, headers = cloud.signWebhook("pos", body)): Promise<Response> {
  return fetch(`${cloud.url}/v1/webhooks/pos`, { method: "POST", headers, body });
}

function registerSource({ deps }: LocalCloud): Promise<void> {
  return deps.plans.putSource({ source: "pos", name: "Point of sale", secretNames: [sourceSecretName("pos")] });
}

describe("the local cloud", () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud({ clock: { simulatedFrom: FROM } });
    await registerSource(cloud);
  });
  afterAll(() => cloud.stop());

  it("serves the API, its reference and the sign-in page", async () => {
    expect(await (await fetch(`${cloud.url}/v1/health`)).json()).toEqual({ status: "ok" });
    expect((await fetch(`${cloud.url}/docs`)).headers.get("content-type")).toMatch(/^text\/html/);
    expect((await fetch(`${cloud.url}/local/sign-in`)).status).toBe(200);
  });

  it("lets in who has a token of its own, and nobody else", async () => {
    const list = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${cloud.url}/v1/campaigns`, { headers })).status;
    };
    expect(await list(await cloud.tokenFor("mei.lin"))).toBe(200);
    expect(await list("not.a.token")).toBe(401);
  });

  it("takes signed deliveries, records them by the simulated clock, and wakes the workers", async () => {
    cloud.setClock(Date.parse("2018-05-02T00:00:00Z"));
    const answer = await deliver(cloud, sale("s-1"));
    expect([answer.status, await answer.json()]).toMatchObject([200, { receipts: [{}] }]);
    await cloud.idle();
    const [fact] = await cloud.deps.facts.versions({ source: "pos", externalId: "s-1" });
    expect(Date.parse(fact?.recordedAt ?? "")).toBe(Date.parse("2018-05-02T00:00:00Z"));
    expect((await deliver(cloud, sale("s-2"), cloud.signWebhook("pos", sale("s-3")))).status).toBe(401);
    expect(cloud.failures()).toEqual({ streams: [], jobs: [] });
  });

  it("moves its clock on with nothing due", async () => {
    const to = Date.parse("2018-05-05T00:00:00Z");
    await cloud.advanceTo(to);
    expect(cloud.deps.clock.now()).toBe(to);
  });
});

describe("starting and ending", () => {
  it("finds its tables and files again after a restart", async () => {
    const dataPath = mkdtempSync(join(tmpdir(), "laurel-cloud-"));
    try {
      const first = await startLocalCloud({ clock: "real", dataPath });
      await registerSource(first);
      expect((await deliver(first, sale("kept"))).status).toBe(200);
      await first.deps.files.put("note.txt", Buffer.from("kept"), "text/plain");
      await first.stop();
      const second = await startLocalCloud({ clock: "real", dataPath });
      expect(await second.deps.facts.versions({ source: "pos", externalId: "kept" })).toHaveLength(1);
      expect(Buffer.from((await second.deps.files.get("note.txt")) ?? []).toString()).toBe("kept");
      expect((await deliver(second, sale("later"))).status).toBe(200);
      await second.stop();
    } finally {
      rmSync(dataPath, { recursive: true });
    }
  });

  it("ends its database with it when it is told to go", async () => {
    const child = startInProcess('{ clock: "real" }');
    const [line] = await once(child.stdout, "data");
    const { url, databaseUrl } = JSON.parse(String(line));
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([143, null]);
    await expect(fetch(url)).rejects.toThrow();
    await expect(fetch(databaseUrl)).rejects.toThrow();
  });

  it("ends by itself, with the reason, when it cannot start", async () => {
    const occupied = createServer().listen(0, "127.0.0.1");
    await once(occupied, "listening");
    const address = occupied.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const child = startInProcess(`{ clock: "real", port: ${port} }`);
    const said = text(child.stderr);
    // A database left behind would keep the process alive, and this from ever being true.
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(await said).toContain("EADDRINUSE");
    occupied.close();
  });
});

function startInProcess(
  options: string,
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  const program = `
    import { startLocalCloud } from "#infra/local/cloud.ts";
    const { url, databaseUrl } = await startLocalCloud(${options});
    console.log(JSON.stringify({ url, databaseUrl }));`;
  const arguments_ = ["--input-type=module", "--eval", program];
  return spawn(process.execPath, arguments_, {
    cwd: join(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

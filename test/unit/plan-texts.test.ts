import { beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { PLAN_TEXT_BYTES_MAX } from "#domain/campaign.ts";
import { ApiHarness, AUDITOR, MARKETING } from "./api-harness.ts";
import { CAMPAIGN, ok, PLAN } from "./api-world.ts";

/** Drafts that are sent as YAML are kept as they were written, beside what they say. */

const YAML = { type: "application/yaml" };
const written = (comment: string, plan: object = PLAN) => `# ${comment}\n${stringify(plan)}# the end\n`;
const OTHER = { ...PLAN, lateFacts: "P20D" };

describe("how a plan was written", () => {
  const harness = new ApiHarness();
  const read = async (path = CAMPAIGN) => (await ok(harness.get(`${path}?text=true`, AUDITOR))).json;
  const revision = async () => (await ok(harness.get(CAMPAIGN, AUDITOR))).json.revision;

  async function edit(body: unknown, sent: object = YAML) {
    const headers = { "if-match": `"${await revision()}"`, ...("type" in sent ? { "content-type": YAML.type } : {}) };
    return ok(harness.call("PUT", `${CAMPAIGN}/draft`, { as: MARKETING, body, ...sent, headers }));
  }

  async function publish() {
    const headers = { "if-match": `"${await revision()}"` };
    return (await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers }))).json;
  }

  beforeAll(async () => {
    await ok(
      harness.post("/v1/campaigns", MARKETING, written("first: 春季"), {
        headers: { "content-type": YAML.type },
      }),
    );
  });

  it("is told with its comments to who asks for it, and to nobody else", async () => {
    expect((await read()).text).toBe(written("first: 春季"));
    expect((await ok(harness.get(CAMPAIGN, AUDITOR))).json).not.toHaveProperty("text");
    expect((await ok(harness.get("/v1/campaigns", AUDITOR))).json.items[0]).not.toHaveProperty("text");
  });

  it("stays with a version as it was published, whatever is written later, and changes no hash", async () => {
    const version = await publish();
    expect((await read()).text).toBe(written("first: 春季"));
    await edit(written("only a comment"));
    expect((await read()).text).toBe(written("only a comment"));
    expect((await read(`${CAMPAIGN}/versions/1`)).text).toBe(written("first: 春季"));
    const report = await ok(harness.post("/v1/plans:validate", MARKETING, PLAN));
    expect(version.planHash).toBe(report.json.planHash);
    const again = await publish();
    expect(again).toMatchObject({ version: 2, planHash: version.planHash });
    expect((await read(`${CAMPAIGN}/versions/2`)).text).toBe(written("only a comment"));
  });

  it("is not told of a draft that says something else", async () => {
    await edit(OTHER, {});
    expect(await read()).not.toHaveProperty("text");
    await publish();
    expect(await read(`${CAMPAIGN}/versions/3`)).not.toHaveProperty("text");
    await edit(written("the other", OTHER));
    expect((await read()).text).toBe(written("the other", OTHER));
  });

  it("is kept up to its size in bytes, and no further: what it says is kept all the same", async () => {
    const at = (bytes: number) => {
      const text = written("", PLAN);
      return `${text}# ${"x".repeat(bytes - Buffer.byteLength(text) - 3)}\n`;
    };
    await edit(at(PLAN_TEXT_BYTES_MAX));
    expect((await read()).text).toBe(at(PLAN_TEXT_BYTES_MAX));
    await edit(`# 多${at(PLAN_TEXT_BYTES_MAX - 4)}`.replace("lateFacts: P15D", "lateFacts: P16D"));
    const { draft, text } = await read();
    expect({ late: draft.lateFacts, text }).toEqual({ late: "P16D", text: undefined });
  });

  it("of a refused edit is not kept", async () => {
    await edit(written("mine"));
    const headers = { "if-match": '"1"', "content-type": YAML.type };
    const refused = await harness.call("PUT", `${CAMPAIGN}/draft`, { as: MARKETING, body: written("late"), headers });
    expect(refused.status).toBe(412);
    expect((await read()).text).toBe(written("mine"));
  });
});

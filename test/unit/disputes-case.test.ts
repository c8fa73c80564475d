import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readCase, replayCase } from "#app/disputes/replay-case.ts";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { APPROVER, type ApiHarness, AUDITOR, MANAGER, SELLER } from "./api-harness.ts";
import { CAMPAIGN, ok } from "./api-world.ts";
import { LINE, openAs, opened, SECOND, settleDue, settledHarness } from "./disputes-world.ts";

const folder = mkdtempSync(join(tmpdir(), "laurel-case-"));
afterAll(() => rmSync(folder, { recursive: true }));

let harness: ApiHarness;
beforeEach(async () => {
  harness = await settledHarness();
});

const caseOf = async (path: string, query = "") => (await ok(harness.get(`${path}/case${query}`, AUDITOR))).json;

async function acceptedAndPosted(): Promise<string> {
  const path = await opened(harness);
  const remedy = { kind: "manual-adjustment", amount: "12.50" };
  const { json } = await ok(harness.post(`${path}/accept`, APPROVER, { reason: "Li Mei was right", remedy }));
  const { hash } = (await ok(harness.get(`/v1/approvals/${json.remedy.approval}`, AUDITOR))).json;
  await ok(harness.post(`/v1/approvals/${json.remedy.approval}/approve`, SECOND, { hash }));
  harness.cloud.clock.advance(3_600_000);
  await settleDue(harness);
  return path;
}

function replay(document: unknown): { code: number; out: string } {
  const file = join(folder, "case.json");
  writeFileSync(file, JSON.stringify(document));
  let out = "";
  const take = (text: string) => {
    out += text;
  };
  const code = runCommandLine(["replay", "case.json"], { out: take, err: take, resolve: (path) => join(folder, path) });
  return { code, out };
}

describe("a dispute as a case", () => {
  it("holds what the line needs and no more, and comes to what was posted", async () => {
    const path = await acceptedAndPosted();
    const made = await caseOf(path, "?anonymous=false");
    expect(made.facts.map(({ participantId }: { participantId: string }) => participantId)).toEqual(["a-1", "a-1"]);
    expect(made.memberships).toHaveLength(1);
    expect(made.expected).toMatchObject([{ amount: "21.00" }, { amount: "12.50", payee: { id: "a-1" } }]);
    expect(replayCase(readCase(made)).map(({ agrees }) => agrees)).toEqual([true, true]);
    expect(replay(made)).toMatchObject({ code: 0 });
  });

  it("names nobody unless that is asked for, and still comes to the same", async () => {
    const path = await acceptedAndPosted();
    const made = await caseOf(path);
    const text = JSON.stringify(made);
    for (const named of ["a-1", "杜思远", "Li Mei", "fang.wei", "li.na"]) expect(text).not.toContain(`"${named}`);
    expect(made.expected).toMatchObject([{ amount: "21.00", payee: { id: "p-1" } }, { amount: "12.50" }]);
    expect(replay(made).out).toContain("as expected: commission:participant:p-1: 21.00 CNY");
  });

  it("takes the people with it that a place among units needs, and says when something else is computed", async () => {
    const line = "branch-ranking:unit:nanchang";
    const path = String((await ok(openAs(harness, MANAGER, line))).headers.location);
    const made = await caseOf(path);
    expect(made.expected).toMatchObject([{ payee: { kind: "unit", id: "nanchang" }, amount: "5000.00" }]);
    expect(made.memberships.length).toBeGreaterThan(2);
    const [first] = made.plan.rewards.filter(({ id }: { id: string }) => id === "branch-ranking");
    first.prizes[1].amount = "4000.00";
    expect(replay(made)).toMatchObject({ code: 1 });
    expect(replay(made).out).toContain("differs: branch-ranking:unit:nanchang: 4000.00 CNY, expected 5000.00 CNY");
    expect(replay({ schema: "laurel.case/1" }).code).toBe(2);
  });

  it("is for those who see everybody's pay", async () => {
    const path = await opened(harness);
    for (const who of [SELLER, MANAGER]) expect((await harness.get(`${path}/case`, who)).status).toBe(403);
    expect((await harness.get(`${CAMPAIGN}/disputes/none/case`, AUDITOR)).status).toBe(404);
    expect((await caseOf(path)).expected).toMatchObject([{ reward: LINE.split(":")[0], amount: "21.00" }]);
  });
});

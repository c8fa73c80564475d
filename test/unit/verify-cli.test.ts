import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { type CampaignFolder, campaignFolder, SMALL_CAMPAIGN } from "./files-fixture.ts";

function laurel(folder: string, ...args: readonly string[]) {
  const said = { out: "", err: "" };
  const code = runCommandLine(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    resolve: (path) => resolve(folder, path),
  });
  return { code, stdout: said.out, stderr: said.err };
}

/** Writes `run.json` into a campaign's folder, as the shell would. */
function bundle({ folder }: CampaignFolder, ...flags: readonly string[]): string {
  const files = Object.keys(SMALL_CAMPAIGN).flatMap((part) => [
    `--${part}`,
    part === "plan" ? "plan.yaml" : `${part}.csv`,
  ]);
  const { code, stdout } = laurel(folder, "settle", ...files, ...flags, "--format", "bundle");
  expect(code).toBe(0);
  const path = join(folder, "run.json");
  writeFileSync(path, stdout);
  return path;
}

const CONFLICT = "sale,pos,1,1,active,a1,2018-05-02T10:00,2018-05-20T10:00,9.00,CNY,1,P,individual,app\n";

describe("laurel verify", () => {
  it("agrees with what laurel settle wrote, contradicting rows and all", () => {
    using campaign = campaignFolder({ facts: SMALL_CAMPAIGN.facts + CONFLICT });
    bundle(campaign);
    const { code, stdout, stderr } = laurel(campaign.folder, "verify", "run.json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("line: 4 agrees\n");
    expect(stdout).toMatch(/\neverything agrees\n$/);
  });

  it("knows from the bundle that slices were left out which are not closed", () => {
    using campaign = campaignFolder();
    const path = bundle(campaign, "--slices", "closed", "--as-of", "2018-05-20T00:00");
    const document = JSON.parse(readFileSync(path, "utf8"));
    expect(document).toMatchObject({ slices: "closed", settlement: { lines: [], notAwarded: [] } });
    expect(laurel(campaign.folder, "verify", "run.json").code).toBe(0);
    writeFileSync(path, JSON.stringify({ ...document, slices: undefined }));
    const { code, stdout } = laurel(campaign.folder, "verify", "run.json");
    expect(code).toBe(1);
    expect(stdout).toContain("commission:participant:a1 is missing");
    expect(stdout).toContain("input hash differs");
  });

  it("shows both numbers and exits with 1 when a line differs", () => {
    using campaign = campaignFolder();
    const path = bundle(campaign);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll('"120.00"', '"120.01"'));
    const { code, stdout } = laurel(campaign.folder, "verify", "run.json");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "commission:participant:a1 differs:\n  amount: the run says 120.01, the facts say 120.00\n",
    );
    expect(stdout).toMatch(/\nthe run does NOT agree with its facts\n$/);
    const json = laurel(campaign.folder, "verify", "run.json", "--format", "json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ agrees: false });
  });

  it.each([
    ["nothing.json", undefined, "nothing.json: "],
    ["run.json", "{", "run.json: is no JSON: "],
    ["run.json", "{}", "/plan: plan is missing"],
  ])("exits with 2 for %s of %j", (name, text, start) => {
    using campaign = campaignFolder();
    if (text !== undefined) writeFileSync(join(campaign.folder, name), text);
    const { code, stdout, stderr } = laurel(campaign.folder, "verify", name);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n").some((line) => line.startsWith(start))).toBe(true);
  });

  it("asks for the bundle", () => {
    expect(laurel(".", "verify")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("the run bundle is missing"),
    });
  });
});

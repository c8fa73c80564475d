import { unlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCampaignFiles } from "#adapters/files/campaign-files.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { campaignFolder, SMALL_CAMPAIGN } from "./files-fixture.ts";

type Part = keyof typeof SMALL_CAMPAIGN;

/** The problems of the small campaign when a text in one of its files is replaced by another. */
function problemsAfter(...edits: readonly (readonly [part: Part, text: string, by: string])[]): readonly Problem[] {
  const replaced: Partial<Record<Part, string>> = {};
  for (const [part, text, by] of edits) {
    const before = replaced[part] ?? SMALL_CAMPAIGN[part];
    if (!before.includes(text)) throw new Error(`${part} has no ${text}`);
    replaced[part] = before.replace(text, by);
  }
  using campaign = campaignFolder(replaced);
  try {
    readCampaignFiles(campaign.paths);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.kind).toBe("invalid");
    return error.problems;
  }
}

describe("campaign files", () => {
  it("reads a whole campaign", () => {
    using campaign = campaignFolder();
    const inputs = readCampaignFiles(campaign.paths);
    expect(inputs.plan.id).toBe("small");
    expect(inputs.units.map(({ unit, parent }) => [unit, parent])).toEqual([
      ["north", null],
      ["east", "north"],
      ["west", "north"],
    ]);
    expect(inputs.memberships[1]).toEqual({
      participantId: "a2",
      name: "Li Lei",
      unit: "west",
      role: "agent",
      from: "2018-01-01",
      to: null,
    });
    expect(inputs.targets).toHaveLength(2);
    expect(inputs.facts[1]).toMatchObject({
      externalId: "2",
      occurredAt: "2018-05-03T10:00:00+08:00",
      recordedAt: "2018-05-03T10:01:00+08:00",
      quantity: "1",
      attributes: { entry: "app" },
    });
  });

  it.each<[string, Part, string, string, Partial<Problem>]>([
    ["a bad unit id", "orgs", "east,north", "East City,north", { path: "orgs.csv:3:unit", seen: "East City" }],
    [
      "a unit twice",
      "orgs",
      "west,north",
      "east,north,branch,x\nwest,north",
      { path: "orgs.csv:4:unit", code: "duplicate-unit" },
    ],
    ["an unknown parent", "orgs", "east,north", "east,nroth", { path: "orgs.csv:3:parent", seen: "nroth" }],
    ["a missing name", "orgs", "东市", "", { code: "missing-value", path: "orgs.csv:3:name" }],
    ["an unknown unit", "people", "杜思远,east", "杜思远,esat", { path: "people.csv:2:unit", seen: "esat" }],
    ["an impossible date", "people", "2018-01-01", "2018-02-30", { path: "people.csv:3:from", seen: "2018-02-30" }],
    ["a reversed stretch", "people", ",,2019-01-01", ",2019-01-01,2019-01-01", { path: "people.csv:4:to" }],
    ["two memberships at once", "people", "m1,", "a1,", { code: "overlapping-membership", path: "people.csv:4:from" }],
    ["an unknown subject", "targets", "west,", "wset,", { path: "targets.csv:3:subject", seen: "wset" }],
    ["an unknown measure", "targets", "west,premium", "west,premiun", { path: "targets.csv:3:measure" }],
    ["a negative target", "targets", "1000.00", "-1", { path: "targets.csv:2:value", seen: "-1" }],
    ["a target too fine", "targets", "1000.00", "1000.001", { path: "targets.csv:2:value", code: "too-fine" }],
    ["a target twice", "targets", "west,", "east,", { path: "targets.csv:3:subject", code: "duplicate-target" }],
    ["a slice", "targets", "start,,1", "start,2018-05,1", { path: "targets.csv:2:slice", seen: "2018-05" }],
    [
      "another kind",
      "facts",
      "sale,pos,1",
      "refund,pos,1",
      { path: "facts.csv:2:kind", allowed: "sale, score, evidence" },
    ],
    ["a version of zero", "facts", "pos,1,1", "pos,1,0", { path: "facts.csv:2:version", seen: "0" }],
    ["a bad status", "facts", "active,a1", "open,a1", { path: "facts.csv:2:status", allowed: "active or cancelled" }],
    [
      "no participant",
      "facts",
      "active,a1,",
      "active,,",
      { path: "facts.csv:2:participant_id", code: "missing-value" },
    ],
    ["a date without time", "facts", "2018-05-03T10:00,", "2018-05-03,", { path: "facts.csv:3:occurred_at" }],
    ["a day that is none", "facts", "2018-05-02T10:01", "2018-05-32T10:01", { path: "facts.csv:2:recorded_at" }],
    ["an amount in words", "facts", "1200.00", "1200 yuan", { path: "facts.csv:2:amount", seen: "1200 yuan" }],
    ["an amount too fine", "facts", "1200.00", "1200.001", { path: "facts.csv:2:amount", seen: "1200.001" }],
    ["a malformed currency", "facts", "CNY", "RMB¥", { path: "facts.csv:2:currency", seen: "RMB¥" }],
    ["a quantity in words", "facts", "CNY,1,", "CNY,one,", { path: "facts.csv:2:quantity", seen: "one" }],
    ["no product", "facts", ",P,", ",,", { path: "facts.csv:2:product", code: "missing-value" }],
    ["an attribute's odd name", "facts", "channel,entry", "channel,Entry-Kind", { path: "facts.csv:1:Entry-Kind" }],
  ])("reports %s, its row and column", (_what, part, text, by, expected) => {
    const problems = problemsAfter([part, text, by]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject(expected);
  });

  it("reports every problem of every file at once", () => {
    const problems = problemsAfter(
      ["plan", "rate: 10%", "rate: ten"],
      ["orgs", "东市", ""],
      ["people", "2018-01-01", "yesterday"],
      ["targets", "1000.00", "much"],
      ["facts", "1200.00", "1.234"],
      ["facts", "active,a1", "open,a1"],
    );
    expect(problems.map(({ path }) => path)).toEqual([
      "plan.yaml:20 /rewards/0/rate",
      "orgs.csv:3:name",
      "people.csv:3:from",
      "targets.csv:2:value",
      "facts.csv:2:status",
      "facts.csv:2:amount",
    ]);
  });

  it("reports the units of a circle, and not those that hang below it", () => {
    const problems = problemsAfter(["orgs", "north,,", "north,east,"]);
    expect(problems.map(({ code, path }) => `${path} ${code}`)).toEqual([
      "orgs.csv:2:parent org-cycle",
      "orgs.csv:3:parent org-cycle",
    ]);
  });

  it("does not blame people and targets for a unit whose row is bad", () => {
    expect(problemsAfter(["orgs", "east,north", "East,north"]).map(({ path }) => path)).toEqual(["orgs.csv:3:unit"]);
    expect(problemsAfter(["orgs", "north,,province,北省", "north"]).map(({ path }) => path)).toEqual(["orgs.csv:2"]);
  });

  it("says which file is not there", () => {
    using campaign = campaignFolder();
    unlinkSync(campaign.paths.people);
    expect(() => readCampaignFiles(campaign.paths)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: "no-file", path: "people.csv" })] }),
    );
  });
});

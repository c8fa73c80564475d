import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { type CampaignFolder, campaignFolder, SMALL_CAMPAIGN } from "./files-fixture.ts";

function laurel({ folder }: CampaignFolder, ...args: readonly string[]) {
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
  return { code, ...said };
}

const TABLES = ["orgs", "people", "targets", "facts"].flatMap((part) => [`--${part}`, `${part}.csv`]);
const SIMULATE = ["simulate", "--plan", "draft.yaml", "--against", "plan.yaml", ...TABLES];
const WHAT_IF = [
  "what-if",
  "--plan",
  "plan.yaml",
  ...TABLES,
  "--participant",
  "a2",
  "--sales",
  "2",
  "--amount",
  "400.00",
];

/** The small campaign, and a draft that pays 5 % instead of 10 %. */
function withDraft(draft = SMALL_CAMPAIGN.plan.replace("10%", "5%")): CampaignFolder {
  const campaign = campaignFolder();
  writeFileSync(join(campaign.folder, "draft.yaml"), draft);
  return campaign;
}

it("simulates a draft as one JSON document", () => {
  using campaign = withDraft();
  const { code, out, err } = laurel(campaign, ...SIMULATE, "--format", "json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  // 10 % and 5 % of 1500.00; the race's 100.00 stays.
  expect(JSON.parse(out)).toMatchObject({
    cost: { all: { before: "250.00", after: "175.00", difference: "-75.00" } },
    payees: { losers: { count: 2 }, unchanged: { count: 1 } },
  });
});

it("simulates a draft as tables", () => {
  using campaign = withDraft();
  const { code, out } = laurel(campaign, ...SIMULATE);
  expect(code).toBe(0);
  expect(out).toMatch(/\ncommission +150\.00 +75\.00 +-75\.00\n/);
  expect(out).toMatch(/\nprizes +draft +100\.00 +100\.00 +0\.00 +100\.00\n/);
  expect(out).toMatch(/\nsimulation [0-9a-f]{64}\n$/);
});

it("says that it moved the facts onto the draft's period", () => {
  using campaign = withDraft(SMALL_CAMPAIGN.plan.replaceAll("2018", "2019"));
  const { out } = laurel(campaign, ...SIMULATE, "--shift-to-period", "yes");
  expect(out).toContain("the facts were moved by 365 days");
  expect(laurel(campaign, ...SIMULATE).out).not.toContain("moved");
});

it("names the file of each of the two plans", () => {
  using campaign = withDraft(SMALL_CAMPAIGN.plan.replace("targets: [start]", "targets: [finish]"));
  const { code, err } = laurel(campaign, ...SIMULATE);
  expect(code).toBe(2);
  expect(err).toContain("the draft: the plan does not fit");
  expect(err).toContain("targets.csv: speed needs the target finish of premium for east");
});

it("answers what a person would get, in text and JSON", () => {
  using campaign = withDraft();
  const asked = [...WHAT_IF, "--at", "2018-05-20T12:00"];
  const { code, out, err } = laurel(campaign, ...asked);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  // 10 % of 300.00 and twice 400.00; the race is won on 20 May by the other branch, since 2 May.
  expect(out).toMatch(/\ncommission +a2 +300\.00 +1100\.00 +30\.00 +110\.00 +80\.00\n/);
  expect(out).toContain("2 of them would count");
  expect(out).toContain("speed, now: target start needs 700.00 more premium of west\n");
  expect(JSON.parse(laurel(campaign, ...asked, "--format", "json").out)).toMatchObject({
    supposed: { like: "pos#2", attributes: { entry: "app" } },
    total: { before: "30.00", after: "110.00", difference: "80.00" },
  });
});

it("takes what is sold from the flags", () => {
  using campaign = withDraft();
  const flags = ["--at", "2018-05-20T12:00", "--attributes", '{"entry":"desk"}', "--product", "Q", "--format", "json"];
  const { supposed } = JSON.parse(laurel(campaign, ...WHAT_IF, ...flags).out);
  expect(supposed).toMatchObject({ product: "Q", channel: "individual", counted: 0, notCounted: { entry: 2 } });
});

it.each([
  [["--at", "friday"], '--at: "friday" is not an instant'],
  [["--at", "2018-05-20T12:00", "--amount", "1.234"], "--amount: "],
  [["--at", "2018-05-20T12:00", "--participant", "m1"], "--product: m1 has no sale that counts"],
  [["--at", "2018-05-20T12:00", "--participant", "zoe"], "--participant: zoe is not on file"],
  [["--at", "2018-05-20T12:00", "--sales", "1e3"], "--sales 1e3: use a whole number"],
  [["--at", "2018-05-20T12:00", "--attributes", "entry"], "--attributes entry: use JSON"],
])("answers %j with exit code 2 and the flag", (flags, message) => {
  using campaign = withDraft();
  const { code, out, err } = laurel(campaign, ...WHAT_IF, ...flags);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
});

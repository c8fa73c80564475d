import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { textTable, textWidth } from "#infra/local/cli/columns.ts";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { type CampaignFolder, campaignFolder, SMALL_CAMPAIGN } from "./files-fixture.ts";

const ROOT = join(import.meta.dirname, "../..");

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, as if called in a folder. */
function laurel(folder: string, ...args: readonly string[]): Outcome {
  let stdout = "";
  let stderr = "";
  const code = runCommandLine(args, {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    resolve: (path) => resolve(folder, path),
  });
  return { code, stdout, stderr };
}

/** Runs the command line in a process of its own, as npm does. */
function laurelProcess(cwd: string, env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((done) => {
    const options = { cwd, env: { ...process.env, ...env } };
    const child = execFile(
      process.execPath,
      [join(ROOT, "infra/local/laurel.ts"), ...args],
      options,
      (_, stdout, stderr) => done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const FILES = Object.keys(SMALL_CAMPAIGN).flatMap((part) => [
  `--${part}`,
  part === "plan" ? "plan.yaml" : `${part}.csv`,
]);

function settle(campaign: CampaignFolder, ...more: readonly string[]): Outcome {
  return laurel(campaign.folder, "settle", ...FILES, ...more);
}

/** A commission by the month in two instalments, points, and a component that a pay plan counts. */
const SLICED_PLAN = SMALL_CAMPAIGN.plan
  .replace(
    "    rate: 10%\n",
    "    rate: 10%\n    per: month\n    accumulate: slice\n    instalments: [{ id: now, part: 1/2 }, { id: later, part: 1/2, after: P2M }]\n",
  )
  .replace(
    "  - id: speed\n",
    `  - { id: counted, kind: commission, measure: premium, level: participant, pay: self, rate: 20%, component: true, per: month,
      accumulate: slice, rounding: { scope: perTotal, mode: halfUp, unit: "0.01" } }
  - { id: pay, kind: payPlan, level: participant, pay: self, per: month, accumulate: slice, components: [counted] }
  - { id: stars, kind: points, measure: premium, level: participant, pay: self, programme: stars, rate: 1/100,
      rounding: { scope: perTotal, mode: down, unit: "1" } }
  - id: speed
`,
  );

const LATER_CONFLICT = "sale,pos,1,1,active,a1,2018-05-02T10:00,2018-05-20T10:00,9.00,CNY,1,P,individual,app\n";

describe("laurel settle", () => {
  it("prints one JSON document", () => {
    using campaign = campaignFolder({ facts: SMALL_CAMPAIGN.facts + LATER_CONFLICT });
    const { code, stdout, stderr } = settle(campaign, "--format", "json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const document = JSON.parse(stdout);
    expect(Object.keys(document)).toEqual([
      "inputHash",
      "resultHash",
      "asOf",
      "lines",
      "notAwarded",
      "totals",
      "warnings",
    ]);
    expect(Date.parse(document.asOf)).toBe(Date.parse("2018-06-16T00:00:00+08:00"));
    expect(document.totals).toMatchObject({ byReward: { commission: "150.00", speed: "100.00" }, all: "250.00" });
    expect(document.warnings).toMatchObject([{ code: "conflict", subject: "pos#1", blocks: false }]);
  });

  it("knows only what was recorded by the cut-off", () => {
    using campaign = campaignFolder({ facts: SMALL_CAMPAIGN.facts + LATER_CONFLICT });
    const { stdout } = settle(campaign, "--format", "json", "--as-of", "2018-05-02T23:00");
    const document = JSON.parse(stdout);
    expect(document.totals.byReward.commission).toBe("120.00");
    expect(document.warnings).toEqual([]);
  });

  it("prints awards, totals and budgets as a table", () => {
    using campaign = campaignFolder();
    const { code, stdout } = settle(campaign);
    expect(code).toBe(0);
    expect(stdout).toContain("       a1     杜思远  东市  120.00\n       a2     Li Lei  西市   30.00\n");
    expect(stdout).toMatch(/\n\s+prizes\s+100\.00\s+100\.00\s+0\.00\n/);
  });

  it("tells in a statement what is held, what other rewards count, and points beside the money", () => {
    using campaign = campaignFolder({ plan: SLICED_PLAN });
    const { code, stdout } = laurel(campaign.folder, "statement", ...FILES, "--payee", "a2");
    expect(code).toBe(0);
    expect(stdout).toContain("75.00 CNY");
    for (const told of ["Commission · 2018-05 · later", "counted · 2018-05", "3 points"])
      expect(stdout).toContain(told);
  });

  it("prints slices, what is held, components and benefits in their unit", () => {
    using campaign = campaignFolder({ plan: SLICED_PLAN });
    const { code, stdout } = settle(campaign);
    expect(code).toBe(0);
    const sections = stdout.split(/\n(?=Held|Components|Totals)/);
    expect(sections.map((section) => section.split(/[:\n]/)[0])).toEqual([
      "Small (small), as of 2018-06-16T00",
      "Held",
      "Components",
      "Totals",
    ]);
    const [due = "", held = "", components = "", totals = ""] = sections;
    expect(due).toMatch(/\nslice +place +payee +name +unit +part +amount\n/);
    expect(due).toMatch(/\n2018-05 +a1 +杜思远 +东市 +now +60\.00\n/);
    expect(due).toMatch(/\n +a1 +杜思远 +东市 +12 points:stars\n/);
    expect(due).not.toContain("counted");
    expect(held).toMatch(/\n2018-05 +a2 +Li Lei +西市 +later +2018-08-01T00:00:00\+08:00 +15\.00\n/);
    expect(components).toMatch(/counted \(counted\)\n(.*\n)*2018-05 +a1 +杜思远 +东市 +240\.00\n/);
    expect(totals).toMatch(/\nheld, not in all +75\.00\n/);
  });

  it.each([
    ["plan", "plan.yaml:17 /rewards/0/rate: ", "rate: 10%", "rat: 10%"],
    ["orgs", "orgs.csv:3:level: a level is missing", "east,north,branch", "east,north,"],
    [
      "people",
      'people.csv:3:unit: a2 belongs to wset, which is no unit (seen "wset"; allowed ',
      "Li Lei,west",
      "Li Lei,wset",
    ],
    ["targets", 'targets.csv:2:value: "1,000" is not a target value (seen "1,000"; allowed ', "1000.00", '"1,000"'],
    ["targets", "targets.csv: speed needs the target start of premium for west", "west,premium,start,,1000.00\n", ""],
    ["facts", 'facts.csv:2:amount: "12O0.00" is not an amount (seen "12O0.00"; allowed ', "1200.00", "12O0.00"],
  ] as const)("answers a bad row in %s with exit code 2 and its place: %s", (part, start, text, by) => {
    using campaign = campaignFolder({ [part]: SMALL_CAMPAIGN[part].replace(text, by) });
    const { code, stdout, stderr } = settle(campaign, "--format", "json");
    expect(code).toBe(2);
    const lines = stderr.trimEnd().split("\n").slice(1);
    const { problems } = JSON.parse(stdout);
    expect(lines.some((line) => line.startsWith(part === "plan" ? "plan.yaml:" : start))).toBe(true);
    expect(problems).toHaveLength(lines.length);
    const table = settle(campaign);
    expect(table).toEqual({ code: 2, stdout: "", stderr });
  });

  it("refuses a cut-off that it cannot read", () => {
    using campaign = campaignFolder();
    const { code, stderr } = settle(campaign, "--as-of", "yesterday");
    expect(code).toBe(2);
    expect(stderr).toContain('--as-of: "yesterday" is not an instant');
  });
});

describe("laurel", () => {
  it.each([
    [["frobnicate"], "there is no command frobnicate"],
    [[], "no command given"],
    [["settle", "--frob", "1"], "Unknown option '--frob'"],
    [["settle", "--orgs", "orgs.csv"], "--plan is missing"],
    [["settle", "--format", "xml"], "--format xml: use table or json"],
    [["validate", "plan.yaml"], "Unexpected argument 'plan.yaml'"],
  ])("answers %j with the usage and exit code 2", (args, message) => {
    const { code, stdout, stderr } = laurel(ROOT, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain("usage: laurel");
  });

  it("helps", () => {
    for (const args of [["--help"], ["settle", "--help"], ["schema", "-h"]]) {
      const { code, stdout } = laurel(ROOT, ...args);
      expect({ code, usage: stdout.startsWith("usage: laurel") }).toEqual({ code: 0, usage: true });
    }
  });

  it("tells the most a plan can cost", () => {
    using campaign = campaignFolder();
    const { code, stdout } = laurel(campaign.folder, "validate", "--plan", "plan.yaml", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: "small",
      maximumLiability: { byReward: [{ reward: "commission" }, { reward: "speed", amountMinor: 10_000 }] },
    });
  });

  it("prints the JSON Schema of plans", () => {
    const { stdout } = laurel(ROOT, "schema");
    expect(JSON.parse(stdout)).toMatchObject({ type: "object", properties: { rewards: {} } });
  });

  it("prints a statement", () => {
    using campaign = campaignFolder();
    const { code, stdout } = laurel(campaign.folder, "statement", "--payee", "a1", "--lang", "zh", ...FILES);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^结算单：杜思远（a1）\n/);
    expect(stdout).toContain("手续费：120.00 CNY");
  });
});

describe("the process", () => {
  it("exits with 0 and prints the result", async () => {
    using campaign = campaignFolder();
    const { code, stdout, stderr } = await laurelProcess(campaign.folder, {}, "settle", ...FILES, "--format", "json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(settle(campaign, "--format", "json").stdout);
  });

  it("exits with 2 on bad input", async () => {
    using campaign = campaignFolder({ people: "" });
    const { code, stdout, stderr } = await laurelProcess(campaign.folder, {}, "settle", ...FILES);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("people.csv: the file is empty");
  });

  it("takes paths from where npm was called", async () => {
    using campaign = campaignFolder();
    const env = { npm_lifecycle_event: "laurel", INIT_CWD: campaign.folder };
    expect(await laurelProcess(ROOT, env, "validate", "--plan", "plan.yaml")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("text tables", () => {
  it("are aligned by the width of the characters", () => {
    expect(["abc", "南昌", "Ｆ", "é", "e\u0301"].map(textWidth)).toEqual([3, 4, 2, 1, 1]);
    const table = textTable(
      [
        { title: "name", align: "left" },
        { title: "n", align: "right" },
      ],
      [
        ["南昌", "1"],
        ["x\u001b[2J", "10"],
      ],
    );
    expect(table).toBe("name    n\n─────  ──\n南昌    1\nx�[2J  10\n");
  });
});

import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { activateCampaign } from "#app/campaigns/activate-campaign.ts";
import { createCampaign } from "#app/campaigns/create-campaign.ts";
import { publishVersion } from "#app/campaigns/publish-version.ts";
import { validatePlan } from "#app/campaigns/validate-plan.ts";
import { planReportSchema } from "#contracts/views/campaign-views.ts";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { PEOPLE, planDocument, planOf, prizes, ranking, UNITS } from "#test/fixtures/plan-builder.ts";
import { campaignFolder, SMALL_CAMPAIGN } from "../files-fixture.ts";

describe("laurel lint", () => {
  const lint = (folder: string, ...args: readonly string[]) => {
    let stdout = "";
    let stderr = "";
    const code = runCommandLine(["lint", ...args], {
      out: (text) => {
        stdout += text;
      },
      err: (text) => {
        stderr += text;
      },
      resolve: (path) => resolve(folder, path),
    });
    return { code, stdout, stderr };
  };
  const PLAN = ["--plan", "plan.yaml"];
  const ALL = [...PLAN, "--orgs", "orgs.csv", "--people", "people.csv", "--targets", "targets.csv"];
  const WITH_FACTS = [...ALL, "--facts", "facts.csv"];

  it("tells each finding with its line, and exits with 0 when nothing blocks", () => {
    using campaign = campaignFolder();
    const { code, stdout, stderr } = lint(campaign.folder, ...PLAN);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^plan\.yaml:14 \/rewards\/0: warns: nothing bounds what commission can cost/);
    expect(stdout).toContain("plan.yaml:7 /attributes/vip: warns: ");
    expect(stdout).toMatch(/\nsmall: 0 block, \d+ warn\n$/);
  });

  it("exits with 1 when a finding blocks", () => {
    using campaign = campaignFolder({ plan: SMALL_CAMPAIGN.plan.replace('amount: "100.00", p', 'amount: "99.99", p') });
    const { code, stdout } = lint(campaign.folder, ...PLAN, "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: "small",
      blocks: 1,
      findings: [
        {
          code: "budget-below-liability",
          severity: "blocks",
          path: "/budgets/0/amount",
          place: "plan.yaml:31 /budgets/0/amount",
          mend: expect.any(String),
        },
        ...Array.from({ length: JSON.parse(stdout).warns }, () => ({ severity: "warns" })),
      ],
    });
  });

  it("looks at organisation, people, targets and facts where they are given", () => {
    using campaign = campaignFolder({ targets: SMALL_CAMPAIGN.targets.replace("west,premium,start,,1000.00\n", "") });
    const { code, stdout } = lint(campaign.folder, ...WITH_FACTS);
    expect(code).toBe(1);
    expect(stdout).toContain("1 of the 2 in the scope of speed have no target start of premium");
    expect(stdout).toContain("condition-always-holds");
  });

  it("exits with 2 for bad input", () => {
    using campaign = campaignFolder({ people: "", plan: SMALL_CAMPAIGN.plan.replace("rate: 10%", "rat: 10%") });
    const { code, stdout, stderr } = lint(campaign.folder, ...ALL);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("plan.yaml:");
    expect(stderr).toContain("people.csv: the file is empty");
    const missing = lint(campaign.folder, "--plan", "none.yaml", "--format", "json");
    expect(missing.code).toBe(2);
    expect(JSON.parse(missing.stdout).problems).toMatchObject([{ code: "no-file", path: "none.yaml" }]);
    expect(lint(campaign.folder, ...PLAN, "--people", "people.csv").stderr).toContain("--people needs --orgs");
    expect(lint(campaign.folder).code).toBe(2);
  });
});

describe("findings in the API", () => {
  const RISING = planDocument({ rewards: [ranking({ prizes: prizes(10, 20) })] });

  it("are part of a plan's validation, with their severity", () => {
    const report = validatePlan(RISING);
    expect(report.findings).toMatchObject([
      { code: "rising-prize", severity: "blocks", path: "/rewards/0/prizes/1/amount", mend: expect.any(String) },
      { code: "reward-without-budget", severity: "warns" },
    ]);
    expect(planReportSchema.safeParse(report).success).toBe(true);
  });

  it("refuse the activation of a version that one of them blocks", async () => {
    const { deps } = new MemoryCloud();
    await deps.plans.putUnits(UNITS);
    await deps.plans.putPeople(
      PEOPLE.map((member) => ({ participantId: member.participantId, memberships: [member] })),
    );
    await createCampaign(deps, MAKER, planOf(RISING));
    const { version } = await publishVersion(deps, MAKER, "small", 1);
    await expect(activateCampaign(deps, MAKER, "small", version)).rejects.toMatchObject({
      kind: "invalid",
      problems: [{ code: "rising-prize", path: "/rewards/0/prizes/1/amount" }],
    });
  });
});

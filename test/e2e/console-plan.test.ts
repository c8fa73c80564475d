import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { campaignSchema } from "#domain/campaign.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";
import { look, PHONE } from "./browser.ts";
import { prepareCompany } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";

/** A campaign is set up in a browser: from the gallery over form and YAML to a version that waits for a second person. */

const ID = "spring-travel-2018";

const served = servedConsole((cloud) => prepareCompany(cloud, []));
const { browsers } = served;
const marketing = () => new ApiClient(served.cloud.url, () => served.cloud.tokenFor("mei.lin"));
const at = (path: string) => served.at(`/campaigns${path}`);
const draft = () => marketing().ask(`/v1/campaigns/${ID}`, campaignSchema, {});

const yaml = (page: Page) => page.getByRole("textbox", { name: "The plan as YAML" });
const outline = (page: Page, name: string | RegExp) =>
  page.getByRole("navigation", { name: "Parts of the plan" }).getByRole("button", { name });

describe("setting up a campaign", () => {
  it("goes from the gallery over the form to a campaign, with YAML and findings beside it", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en" });
    await page.goto(at(""));
    await page.getByText("There is no campaign yet").waitFor();
    await page.getByRole("button", { name: "New campaign" }).first().click();
    const cards = page.getByRole("button", { name: /^Start from this: / });
    await cards.first().waitFor();
    expect(await cards.count()).toBe(13);
    await look(page, "new-campaign-en");
    await page.getByRole("searchbox", { name: /^Search schemes/ }).fill("race branches");
    await page.getByRole("button", { name: "Start from this: Jiangxi travel insurance 2018" }).click();
    await page.getByLabel("Name in English").fill("Spring travel 2018");
    expect(await page.getByLabel("Id of the campaign").inputValue()).toBe(ID);
    await look(page, "new-campaign-start-en");
    await page.getByRole("button", { name: "Open the plan" }).click();

    await page.getByText("Form and YAML").click();
    await yaml(page).waitFor();
    await outline(page, /^National branch ranking/).click();
    await page.getByRole("textbox", { name: "Amount" }).fill("9000.00");
    await page.getByRole("textbox", { name: "Amount" }).press("Enter");
    await page.getByText('- { from: 1, to: 10, amount: "9000.00" }').waitFor();
    await page.getByRole("radio", { name: /^Pool prizes/ }).check();
    await page.getByText("ties: poolPrizes").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("ties: earliestReach").waitFor();
    await page.getByText("3 unwise").waitFor();
    await look(page, "plan-editor-en");

    await yaml(page).click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.insertText("broken: {\n");
    await page.getByRole("alert").filter({ hasText: "cannot be read at line" }).waitFor();
    expect(await page.getByRole("textbox", { name: "Amount" }).isDisabled()).toBe(true);
    await page.keyboard.press("Control+z");
    await page.getByText("3 unwise").waitFor();
    await page.keyboard.insertText("oops: 1\n");
    await page.getByText("1 wrong").waitFor();
    await page.getByRole("button", { name: /What the check says/ }).click();
    await page.getByText("there is no field oops here").first().waitFor();
    await look(page, "plan-findings-en");
    await page.getByRole("button", { name: "Undo" }).click();

    await yaml(page).click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.insertText("# Agreed with finance in March\n");
    await page.getByRole("button", { name: "Create campaign" }).click();
    await page.getByText("Saved, revision 1").waitFor();
    expect(page.url()).toContain(`/campaigns/${ID}/plan`);
    const created = await draft();
    expect(created.draft.rewards[1]).toMatchObject({ ties: "earliestReach", prizes: [{ amount: "9000.00" }] });
    expect(created.draft.period.start).toBe("2018-05-01T00:00");
    await browsers.leave(page);
  });

  it("keeps what is not saved, adds a reward in words, and works on a phone in Chinese", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "zh", look: "dark", size: PHONE });
    await page.goto(at(`/${ID}/plan`));
    await page.getByText("已保存，第 1 次修订").waitFor();
    await page.getByRole("navigation", { name: "方案目录" }).getByRole("button", { name: "奖励项目" }).click();
    await page.getByRole("button", { name: "添加奖励项目" }).click();
    await page.getByRole("menuitem", { name: /达标奖/ }).click();
    await page
      .getByText("个错误")
      .or(page.getByText(/\d+ 错误/))
      .first()
      .waitFor();
    await look(page, "plan-reward-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await page.reload();
    await page.getByText(/没有保存的内容/).waitFor();
    await look(page, "plan-kept-zh");
    await page.getByRole("button", { name: "放弃我的修改" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "放弃我的修改" }).click();
    await page.getByText("已保存，第 1 次修订").waitFor();
    await page.goto(at("/new"));
    await page
      .getByRole("button", { name: /^以此新建：|^以此新建: / })
      .first()
      .waitFor();
    await look(page, "new-campaign-zh");
    await browsers.leave(page);
  });

  it("shows what somebody else saved in the meantime, and publishes what is kept", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en" });
    await page.goto(at(`/${ID}/plan`));
    await page.getByText("Saved, revision 1").waitFor();
    const { draft: plan, revision } = await draft();
    await marketing().send(`/v1/campaigns/${ID}/draft`, {
      method: "PUT",
      headers: { "if-match": `"${revision}"` },
      text: { body: stringify({ ...plan, lateFacts: "P20D" }), type: "application/yaml" },
    });
    await page.getByRole("textbox", { name: "Name: Chinese" }).fill("春季旅行");
    await page.getByRole("textbox", { name: "Name: Chinese" }).press("Enter");
    await page.getByRole("button", { name: "Save draft" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("lateFacts: P20D").waitFor();
    await look(page, "plan-conflict-en");
    await dialog.getByRole("button", { name: "Keep mine, over theirs" }).click();
    await page.getByText("Saved, revision 3").waitFor();
    expect(await draft()).toMatchObject({ draft: { lateFacts: "P15D", name: { zh: "春季旅行" } } });

    await page.getByRole("button", { name: "Publish as a version" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish as a version" }).click();
    await page.getByText("Saved, revision 4").waitFor();
    await marketing().send(`/v1/campaigns/${ID}/targets:import`, {
      method: "POST",
      text: { body: readFileSync(join(JIANGXI, "targets.csv"), "utf8"), type: "text/csv" },
    });
    await page.getByRole("button", { name: "Ask to put it in force" }).click();
    await page.getByLabel("Why (the second person reads it)").fill("Spring begins");
    await page.getByRole("dialog").getByRole("button", { name: "Ask", exact: true }).click();
    await page
      .getByRole("dialog")
      .getByText(/^[0-9a-f]{64}$/)
      .waitFor();
    await look(page, "plan-activate-en");
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
    await page.getByText("Versions", { exact: true }).click();
    await page.getByText("Both say the same.").waitFor();
    await look(page, "plan-versions-en");
    await browsers.leave(page);
  });

  it("is read, and not changed, by who may only read", async () => {
    const page = await browsers.visit({ who: "he.yun", language: "zh" });
    await page.goto(at(`/${ID}/plan`));
    await page.getByText("您可以查看本方案，但不能修改。").waitFor();
    expect(await page.getByRole("textbox", { name: "编号" }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "保存草稿" }).count()).toBe(0);
    // Written in another browser, and kept through a change by form and a version.
    await page.getByText("YAML 文本", { exact: true }).click();
    await page.getByText("# Agreed with finance in March").waitFor();
    await look(page, "plan-read-zh");
    await browsers.leave(page);
  });

  it("did nothing that the page's policy forbids, and had no error", () => {
    expect(browsers.faults).toEqual([]);
  });
});

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { ApiClient } from "#infra/local/story/client.ts";
import { look, PHONE } from "./browser.ts";
import { CAMPAIGN, launchCampaign, prepareCompany } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";

/** The company in a browser: targets as in a spreadsheet, people and units as of a day, the audit, settings. */

const served = servedConsole(async (cloud) => {
  await prepareCompany(cloud, []);
  await launchCampaign(cloud);
});
const { browsers, at } = served;
const marketing = () => new ApiClient(served.cloud.url, () => served.cloud.tokenFor("mei.lin"));
const TARGETS = `/campaigns/${CAMPAIGN}/targets`;

const targetSchema = z.object({
  items: z.array(z.object({ subject: z.string(), label: z.string(), value: z.string() })),
});

async function stored(subject: string, label: string): Promise<string | undefined> {
  const { items } = await marketing().ask(`/v1/campaigns/${CAMPAIGN}/targets?limit=200`, targetSchema, {});
  return items.find((one) => one.subject === subject && one.label === label)?.value;
}

/** As Excel and WPS put a table on the clipboard. */
async function paste(page: Page, table: string): Promise<void> {
  await page.evaluate(
    `{ const data = new DataTransfer(); data.setData("text/plain", ${JSON.stringify(table)});
       document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }`,
  );
}

describe("targets", () => {
  it("are written by keys and pasted by name, mended in place, and saved", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "zh" });
    await page.goto(at(TARGETS));
    await page.getByRole("grid").waitFor();
    await page.getByRole("grid").focus();
    await paste(page, "单位\t预算\t启动\r\n赣州\t260,000\t１９０，０００．５\r\n九江\t12万\t\r\n");
    await page.getByText("按名称对应 2 行").waitFor();
    await page
      .getByText(/“12万”带有/)
      .first()
      .waitFor();
    await look(page, "targets-zh");
    expect(await page.getByRole("button", { name: /保存 \d/ }).isDisabled()).toBe(true);
    await page
      .getByRole("button", { name: /^九江，|^九江,/ })
      .first()
      .click();
    await page.keyboard.press("Delete");
    await page.getByText("校验通过").waitFor();
    await page.getByRole("button", { name: "保存 2 项" }).click();
    await page.getByText("已保存 2 项目标").waitFor();
    expect([await stored("ganzhou", "budget"), await stored("ganzhou", "start")]).toEqual(["260000.00", "190000.50"]);
    await browsers.leave(page);
  });

  it("that somebody else has changed meanwhile are not overwritten unasked", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en" });
    await page.goto(at(TARGETS));
    await page.getByRole("grid").focus();
    await page.keyboard.type("111000");
    await page.keyboard.press("Enter");
    await page.getByText("checked, can be saved").waitFor();
    const rows = [{ subject: "fuzhou", measure: "premium", label: "budget", slice: "", value: "222000.00" }];
    await marketing().send(`/v1/campaigns/${CAMPAIGN}/targets:import`, { method: "POST", json: { rows } });
    await page.getByRole("button", { name: "Save 1" }).click();
    await page.getByText("Somebody else saved targets").waitFor();
    await page.getByText(/now 222,000\.00, before .*, yours 111,000\.00/).waitFor();
    await look(page, "targets-conflict-en");
    expect(await stored("fuzhou", "budget")).toBe("222000.00");
    await page.getByRole("button", { name: "Keep mine" }).click();
    await page.getByRole("button", { name: "Save 1" }).click();
    await page.getByText("1 targets saved").waitFor();
    expect(await stored("fuzhou", "budget")).toBe("111000.00");
    await browsers.leave(page);
  });
});

describe("targets that are removed", () => {
  it("are struck through, taken back, and gone once that is confirmed; what the plan needs stays", async () => {
    const rows = [{ subject: "jiangxi", measure: "premium", label: "start", slice: "", value: "900000.00" }];
    await marketing().send(`/v1/campaigns/${CAMPAIGN}/targets:import`, { method: "POST", json: { rows } });
    const page = await browsers.visit({ who: "mei.lin", language: "zh" });
    await page.goto(at(TARGETS));
    await page.getByRole("button", { name: "删除南昌的目标" }).click();
    await page.getByRole("button", { name: "删除江西的目标" }).click();
    await page.getByText("执行中的方案需要此目标").first().waitFor();
    expect(await page.locator("del").count()).toBe(3);
    await look(page, "targets-remove-zh");
    await page.getByRole("button", { name: "保留南昌的目标" }).click();
    await page.getByText("删除 1 项 · 校验通过").waitFor();
    expect(await page.locator("del").allInnerTexts()).toEqual(["900,000.00"]);
    await page.getByText("English", { exact: true }).click();
    await page.getByRole("button", { name: "Save 1" }).click();
    await page.getByRole("dialog").getByText("They are gone once this is saved: 江西.", { exact: false }).waitFor();
    await look(page, "targets-remove-en");
    await page.getByRole("button", { name: "Remove and save" }).click();
    await page.getByText("1 removed.").waitFor();
    expect(await stored("jiangxi", "start")).toBeUndefined();
    expect(await stored("nanchang", "start")).toBe("180000.00");
    await browsers.leave(page);
  });
});

describe("a bank's file", () => {
  it("is described column by column, moved by keys, seen before it is saved", async () => {
    const page = await browsers.visit({ who: "sun.hao", language: "zh" });
    await page.goto(at("/settings/layouts"));
    await page.getByRole("button", { name: "新建格式" }).click();
    const drawer = page.getByRole("dialog");
    const column = (number: number) => drawer.getByRole("group", { name: `第 ${number} 列`, exact: true });
    await drawer.getByText("银行代发（定宽）").click();
    await drawer.getByLabel("编号（a-z、0-9、短横线）").fill("bank");
    // The name goes before the number, by keys, and whoever moves it goes along.
    await column(3).getByLabel("列名").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.type("!");
    expect(await column(2).getByLabel("列名").inputValue()).toContain("!");
    await column(2).getByLabel("宽度").fill("12");
    await drawer.getByText(/\sD王小明 {6}a-001/).waitFor();
    await look(page, "layout-form-zh");
    await drawer.getByText("JSON 文本").click();
    expect(await drawer.getByRole("textbox", { name: /JSON/ }).inputValue()).toContain('"width": 12');
    await drawer.getByText("表单", { exact: true }).click();
    await drawer.getByRole("button", { name: /^保\s?存$/ }).click();
    await page.getByText("格式已保存。").waitFor();
    await page.getByRole("row", { name: /银行批量代发 bank/ }).waitFor();
    await browsers.leave(page);
  });
});

describe("the company", () => {
  it.each(["en", "zh"] as const)("shows people and units as of a day (%s)", async (language) => {
    const page = await browsers.visit({ who: "sun.hao", language });
    await page.goto(at("/people"));
    await page.getByRole("textbox", { name: language === "zh" ? "姓名或工号" : "Name or id" }).fill("a-jian-006");
    await page.getByRole("link", { name: /a-jian-006/ }).waitFor();
    await look(page, `people-${language}`);
    await page.goto(at("/people/a-jian-006?on=2018-06-01"));
    await page.locator("[aria-current=date]").filter({ hasText: "吉安" }).waitFor();
    await look(page, `person-${language}`);
    await page.goto(at("/organisation/pingxiang?on=2018-09-01"));
    await page.getByRole("heading", { name: "萍乡" }).waitFor();
    await page.getByRole("link", { name: /a-jian-006/ }).waitFor();
    await look(page, `organisation-${language}`);
    await page.goto(at("/settings/layouts"));
    await page.getByRole("button", { name: language === "zh" ? "新建格式" : "New layout" }).click();
    await page.getByText("a-001,王小明").waitFor();
    await look(page, `settings-${language}`);
    await browsers.leave(page);
  });

  it("shows an auditor on a phone who did what, and what proves it", async () => {
    for (const language of ["en", "zh"] as const) {
      const page = await browsers.visit({ who: "he.yun", language, size: PHONE });
      await page.goto(at(`/audit?chain=campaign:${CAMPAIGN}`));
      const deed = language === "zh" ? /mei\.lin 发布了/ : /mei\.lin published a version/;
      await page.getByRole("button", { name: deed }).click();
      await page
        .getByText(/^[0-9a-f]{64}$/)
        .first()
        .waitFor();
      await look(page, `audit-${language}`);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
      await browsers.leave(page);
    }
  });

  it("did nothing that its policy forbids, and had no error", () => {
    expect(browsers.faults).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bankLayout } from "#contracts/examples/layouts.ts";
import { look, PHONE } from "./browser.ts";
import {
  askForMore,
  CAMPAIGN,
  decideRun,
  playToFinal,
  putLayout,
  reserveUmbrellas,
  sellLate,
} from "./console-runs-world.ts";
import { servedConsole } from "./served-console.ts";

/** Finance works in a browser: runs with what they change, payouts, requests of every kind, stocks; and who may not sees no button. */

const ADJUSTMENT = `${CAMPAIGN}.adjustment-1`;

const served = servedConsole(playToFinal);
const { browsers } = served;

const to = (page: Page, path: string) => page.goto(served.at(path));
const inCampaign = (page: Page, path: string) => to(page, `/campaigns/${CAMPAIGN}${path}`);

/** Opens a request of a kind from the list, by its heading. */
async function openRequest(page: Page, name: string | RegExp): Promise<void> {
  await to(page, "/approvals");
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** What a download says, as the browser kept it. */
async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).first().click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** A screen in both languages. It begins and ends in Chinese. */
async function lookBoth(page: Page, name: string): Promise<void> {
  await look(page, `${name}-zh`);
  await page.getByText("English", { exact: true }).click();
  await page.locator("html[lang^=en]").waitFor();
  await look(page, `${name}-en`);
  await page.getByText("中文", { exact: true }).click();
}

describe("finance", () => {
  let page: Page;
  beforeAll(async () => {
    page = await browsers.visit({ who: "fang.wei", language: "zh" });
  });
  afterAll(() => browsers.leave(page));

  it("sees what a new version of the plan changes, for whom, and the most that it can ever cost", async () => {
    await openRequest(page, /保游无忧.*的方案版本/);
    await page.getByText("奖项 › 手续费 › 费率").waitFor();
    expect(await page.locator("del").allInnerTexts()).toEqual(["35%"]);
    expect(await page.locator("ins").allInnerTexts()).toEqual(["36%"]);
    await page.getByText("最高可能支出").waitFor();
    await lookBoth(page, "approval-activation");
  });

  it("approves the final run at its own address, bound to its hash", async () => {
    await to(page, "/approvals");
    await page.getByRole("link", { name: "保游无忧，同行天下 的最终结算" }).click();
    await page.getByRole("heading", { level: 2, name: /^最终结算/ }).waitFor();
    await page.getByText("待审批").waitFor();
    expect(page.url()).toContain(`/campaigns/${CAMPAIGN}/runs/${CAMPAIGN}.final-1`);
    await lookBoth(page, "run");
    await page.getByRole("button", { name: "批准……" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^[0-9a-f]{64}$/).waitFor();
    await dialog.getByRole("button", { name: "批准", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await served.cloud.idle();
    await page.getByText("已入账", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "批准……" }).count()).toBe(0);
  });

  it("reads who gets more or less than was posted, and by which sales", async () => {
    await sellLate(served.cloud);
    await askForMore(served.cloud);
    await inCampaign(page, "/runs");
    await page.getByText("待审批").waitFor();
    await lookBoth(page, "runs-list");
    await page.getByRole("link", { name: /调整结算/ }).click();
    await page.getByRole("heading", { level: 2, name: /^调整结算/ }).waitFor();
    await page.getByRole("tab", { name: "按收款方" }).click();
    await page.getByText("2 个有差额的收款方中显示 2 个").waitFor();
    const closed = page.getByRole("button", { name: "展开行" });
    await closed.first().click();
    await closed.click();
    await page.getByText(/JX2018-LATE-1：新增/).waitFor();
    await lookBoth(page, "run-payees");
    await page.getByText("减少", { exact: true }).click();
    await page.getByText("2 个有差额的收款方中显示 1 个").waitFor();
    const file = await saved(page, "CSV 文件");
    expect(file.name).toBe(`differences-${ADJUSTMENT}.csv`);
    expect(file.text.startsWith("\ufeff人员或单位")).toBe(true);
    expect(file.text.trim().split("\r\n")).toHaveLength(2);
    expect(file.text).toMatch(/a-yingtan-003,.*,-69\.30\r\n$/);
  });

  it("fetches payout files and reads the postings", async () => {
    await inCampaign(page, "/payouts");
    const file = await saved(page, "CSV 文件");
    expect(file.name).toBe(`payouts-${CAMPAIGN}.final-1.csv`);
    expect(file.text).toContain("a-yingtan-003");
    await putLayout(served.cloud, "bank", bankLayout);
    await page.reload();
    await page.getByRole("combobox", { name: "薪资或银行格式" }).click();
    await page.getByTitle(bankLayout.name).click();
    const bank = await saved(page, "按此格式下载");
    const [head = "", first = ""] = bank.text.split("\r\n");
    expect(head).toMatch(/^H20181116\d{6}\d{15}CNY$/);
    expect(first).toMatch(/^D000001[am]-\S+ +/);
    await lookBoth(page, "payout-files");
    await page.getByRole("tab", { name: "入账流水" }).click();
    await page.getByRole("columnheader", { name: "入账差额" }).waitFor();
    await lookBoth(page, "postings");
  });

  it("asks for an amount by hand, is told what is wrong with it, and takes it back", async () => {
    await inCampaign(page, "/payouts/adjustments");
    await page.getByRole("link", { name: "2018-014" }).waitFor();
    await page.getByRole("button", { name: "申请手工调整" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "提交" }).click();
    await dialog.getByText("请填写依据").waitFor();
    await look(page, "adjustment-zh");
    await dialog.getByLabel("收款方编号").fill("nobody");
    await dialog.getByLabel("奖项", { exact: true }).click();
    await page.getByTitle("手续费", { exact: true }).click();
    await dialog.getByLabel("金额（CNY）").fill("-35.50");
    await dialog.getByLabel("编号", { exact: true }).fill("2018-015");
    await dialog.getByLabel("原因", { exact: true }).fill("重复支付");
    await dialog.getByLabel("依据", { exact: true }).fill("11 月 20 日函件");
    await dialog.getByRole("button", { name: "提交" }).click();
    await dialog.getByText(/没有这个编号的.*人员/).waitFor();
    await dialog.getByLabel("收款方编号").fill("a-yingtan-002");
    await dialog.getByRole("button", { name: "提交" }).click();
    await page.getByRole("heading", { level: 1, name: /的手工调整$/ }).waitFor();
    await page.getByText("这是您提交或编写的").waitFor();
    await page.getByRole("button", { name: "撤回……" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "撤回" }).click();
    await page.getByText("已撤回", { exact: true }).waitFor();
  });

  it("has boards held against facts, and sees a verdict and every day", async () => {
    await inCampaign(page, "/runs/checks");
    await page.getByRole("button", { name: "立即核对" }).click();
    await page.waitForURL(/\/runs\/checks\/.+/);
    await served.cloud.idle();
    await page.getByText("完全一致").waitFor();
    expect(await page.getByRole("row", { name: /全部日期/ }).innerText()).toContain("197");
    const bar = page.getByRole("progressbar", { name: "收到的数据有多少已有着落" });
    expect(await bar.getAttribute("aria-valuetext")).toBe("收到的数据 100% 已有着落，共 197 笔。");
    await lookBoth(page, "checks");
  });

  it("decides on a phone, in the dark, and is told when a request contradicts what is there now", async () => {
    await page.setViewportSize(PHONE);
    await page.getByRole("button", { name: "切换到深色" }).click();
    await to(page, "/approvals");
    await page.getByRole("link", { name: "人员导入" }).waitFor();
    await lookBoth(page, "approvals");
    await openRequest(page, "人员导入");
    await page.getByText("senior-agent").first().waitFor();
    await look(page, "approval-people-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    // The campaign is settled: its rules stay as they are, and what was asked for before cannot be done any more.
    await openRequest(page, /的方案版本/);
    await page.getByRole("button", { name: "批准……" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "批准", exact: true }).click();
    const refusal = page.getByRole("dialog").getByRole("alert");
    await refusal.waitFor();
    expect(await refusal.innerText()).toMatch(/与目前的状态不符|与您看到的不一致/);
    await look(page, "refusal-zh");
    await refusal.getByRole("button", { name: "重新加载" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });
});

describe("who may not", () => {
  it("sees no button: marketing reads the run it asked for, an auditor asks for nothing", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "zh" });
    await inCampaign(page, `/runs/${ADJUSTMENT}`);
    await page.getByText("须由另一位财务人员审批", { exact: false }).waitFor();
    expect(await page.getByRole("button", { name: "批准……" }).count()).toBe(0);
    await browsers.leave(page);
    const audit = await browsers.visit({ who: "he.yun", language: "en" });
    await inCampaign(audit, "/runs");
    await audit.getByText("Waits for approval").waitFor();
    expect(await audit.getByRole("button", { name: "Ask for a run" }).count()).toBe(0);
    await inCampaign(audit, "/payouts/adjustments");
    await audit.getByRole("link", { name: "2018-014" }).waitFor();
    expect(await audit.getByRole("button", { name: "Ask for an amount by hand" }).count()).toBe(0);
    await browsers.leave(audit);
  });

  it("releases what hangs: an administrator, who sees no line of a person, frees two umbrellas and may rebuild", async () => {
    await reserveUmbrellas(served.cloud);
    const page = await browsers.visit({ who: "sun.hao", language: "zh" });
    await inCampaign(page, "/limits");
    await page.getByText("共 50，剩余 48").waitFor();
    await lookBoth(page, "limits");
    await page.getByRole("link", { name: /Umbrellas|雨伞/ }).click();
    await page.getByRole("button", { name: "释放" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "释放" }).click();
    await page.getByText("共 50，剩余 50").waitFor();
    await lookBoth(page, "reservations");
    await inCampaign(page, `/runs/${ADJUSTMENT}`);
    await page.getByRole("tab", { name: "按奖项" }).waitFor();
    expect(await page.getByRole("tab", { name: "按收款方" }).count()).toBe(0);
    await inCampaign(page, "/runs/checks");
    await page.getByRole("button", { name: "从头重算" }).waitFor();
    await look(page, "rebuild-zh");
    await browsers.leave(page);
  });

  it("puts the campaign away for good: marketing, who writes its id, once nothing is open any more", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "zh" });
    const archive = async () => {
      await page.getByRole("button", { name: "归档……" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("原因").fill("活动已结束，资料归档");
      expect(await dialog.getByRole("button", { name: "永久归档" }).isDisabled()).toBe(true);
      await dialog.getByLabel(`请输入方案编号确认：${CAMPAIGN}`).fill(CAMPAIGN);
      await dialog.getByRole("button", { name: "永久归档" }).click();
      return dialog;
    };
    await inCampaign(page, "/life");
    const refused = await archive();
    await refused.getByRole("alert").nth(1).waitFor();
    await look(page, "archive-refused-zh");
    await refused.getByRole("button", { name: /^取\s?消$/ }).click();
    await decideRun(served.cloud, ADJUSTMENT);
    await archive();
    await page.getByText("已永久归档，只能查看。").waitFor();
    await lookBoth(page, "life-archived");
    await inCampaign(page, "/targets");
    await page.getByText("方案已归档，目标不再变动。").waitFor();
    await browsers.leave(page);
  });

  it("did nothing that its policy forbids, and had no error", () => {
    expect(browsers.faults).toEqual([]);
  });
});

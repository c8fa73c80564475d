import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { ROOT } from "#test/arch/source.ts";
import { look, PHONE } from "./browser.ts";
import { FIXED_PEOPLE, wrongFacts } from "./console-facts-world.ts";
import { launchCampaign, prepareCompany, someSales } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";

/** What came in wrong is mended in a browser: the inbox, sources, imports and channels; and it is credited in the end. */

const served = servedConsole(
  async (cloud) => {
    await prepareCompany(cloud, someSales());
    await launchCampaign(cloud);
    await wrongFacts(cloud);
    await cloud.idle();
  },
  { simulatedFrom: "2018-07-02T09:00:00+08:00" },
);
const { browsers } = served;

const open = (page: Page, path: string) => page.goto(served.at(path));

/** The same screen in the other language, as somebody who chose it there. */
async function speak(page: Page, language: "en" | "zh", path: string): Promise<void> {
  await page.evaluate(`localStorage.setItem("laurel.language", "${language}")`);
  await open(page, path);
}

describe("facts in the console", () => {
  it("stand in the inbox with what is wrong and what to do", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en", look: "dark" });
    await page.getByRole("link", { name: "6 items in the inbox need somebody" }).click();
    for (const [kind, number] of [
      ["Held", 2],
      ["Conflict", 1],
      ["Rejected message", 1],
      ["Kept delivery", 2],
    ]) {
      await page.getByRole("button", { name: new RegExp(`^${number} ?${kind}`) }).waitFor();
    }
    await page
      .getByText("“a-nanchang-099” is not on file, neither as a person nor as a unit.")
      .filter({ visible: true })
      .first()
      .waitFor();
    await look(page, "inbox-en");
    await page.getByRole("button", { name: "JX2018-900006" }).click();
    const item = page.getByRole("dialog");
    await item.getByText("have its source send it as version 2 or higher").waitFor();
    expect(await item.getByRole("row", { name: /^amount differs/ }).innerText()).toMatch(/128\.00\s+1280\.00/);
    await item.getByText("Credited, counts in 1").waitFor();
    await look(page, "inbox-conflict-en");
    await speak(page, "zh", "/inbox?kind=rejected");
    await page.getByText("须为可精确计算的小数，CNY 最多 2 位小数").filter({ visible: true }).first().waitFor();
    await page.getByRole("button", { name: "JX2018-900004" }).click();
    await page.getByRole("dialog").getByText("请来源系统更正后重发").waitFor();
    await look(page, "inbox-rejected-zh");
    await browsers.leave(page);
  });

  it("are mended by an import: dropped, checked, confirmed, and found again", async () => {
    const page = await browsers.visit({ who: "sun.hao", language: "zh" });
    await open(page, "/imports?kind=people");
    await page.getByText("还没有导入记录").waitFor();
    const file = { name: "人员.csv", mimeType: "text/csv", buffer: Buffer.from(FIXED_PEOPLE) };
    await page.getByLabel("把文件拖到这里，或点击选择").setInputFiles(file);
    await page.getByText("识别到 6 列，编码 UTF-8").waitFor();
    await look(page, "imports-zh");
    await page.getByRole("radio", { name: "只导入正确的行" }).check();
    await page.getByRole("button", { name: "上传并检查" }).click();
    await page.getByText("共 3 行，其中 2 行会带来改动").waitFor();
    await page.getByText("a-x-1 的所属机构“nowhere”不存在").waitFor();
    await look(page, "import-ready-zh");
    const address = new URL(page.url()).pathname.replace("/console", "");
    await page.getByRole("button", { name: "确认导入" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "确认导入" }).click();
    await page.getByText("已导入 2 行").waitFor();
    await speak(page, "en", address);
    await page.getByText("2 rows were imported").waitFor();
    await look(page, "import-done-en");
    await open(page, "/imports");
    await page.getByRole("link", { name: "人员.csv" }).waitFor();
    const [template] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "People: Chinese headings" }).click(),
    ]);
    expect(readFileSync(await template.path(), "utf8")).toMatch(
      /^\uFEFF员工编号,姓名,机构编号,岗位,开始日期,结束日期\r\n/,
    );
    await look(page, "imports-en");
    await browsers.leave(page);
  });

  it("are replayed, several at once, and followed until they count", async () => {
    await served.cloud.idle();
    const page = await browsers.visit({ who: "mei.lin", language: "zh" });
    await open(page, "/inbox?kind=unreadable");
    await page.getByRole("checkbox", { name: "全选本页" }).check();
    await page.getByRole("button", { name: "重放所选 2 项" }).click();
    await page.getByText("成功 1 项，仍未成功 1 项。").waitFor();
    await look(page, "inbox-replayed-zh");
    await open(page, "/inbox?done=yes&kind=unreadable");
    await page
      .getByText("1留存的投递")
      .or(page.getByRole("button", { name: /^1 ?留存的投递/ }))
      .first()
      .waitFor();
    await open(page, "/facts/jx-app-pos/JX2018-900002");
    await page.getByText("已计入 1 个方案").waitFor();
    await page.getByRole("link", { name: "保游无忧，同行天下" }).waitFor();
    await look(page, "fact-zh");
    await speak(page, "en", "/facts/jx-app-pos/JX2018-900002");
    await page.getByText("Credited, counts in 1").waitFor();
    await look(page, "fact-en");
    await browsers.leave(page);
  });

  it("come from sources whose health, deliveries, mapping and secrets are seen and changed", async () => {
    const page = await browsers.visit({ who: "sun.hao", language: "en" });
    await open(page, "/sources");
    await page.getByRole("row", { name: /jx-app-pos.*Standard Webhooks.*5$/ }).waitFor();
    await look(page, "sources-en");
    await open(page, "/sources/jx-app-pos");
    await page.getByText("3 – 4").waitFor();
    await look(page, "source-en");
    await speak(page, "zh", "/sources/jx-app-pos/deliveries");
    await page.getByText("已入库").first().waitFor();
    await look(page, "source-deliveries-zh");
    await open(page, "/sources/jx-app-pos/secrets");
    await page.getByRole("button", { name: "同时启用两个密钥" }).click();
    await page.getByText("jx-app-pos-2 · 新").waitFor();
    await look(page, "source-secrets-zh");
    await page.getByRole("button", { name: "退回旧密钥" }).click();
    await page.getByRole("button", { name: "同时启用两个密钥" }).waitFor();
    await speak(page, "en", "/sources/web-shop/mapping");
    const order = readFileSync(join(ROOT, "test/fixtures/vendors/woocommerce/order.json"), "utf8");
    await page.getByRole("radio", { name: "a line of an order" }).check();
    await page.getByLabel("Message, as the vendor sends it").fill(order);
    await page.getByRole("button", { name: "Try", exact: true }).click();
    await page.getByText("Order 727 becomes 2 facts").waitFor();
    await look(page, "source-mapping-en");
    await speak(page, "zh", "/sources/new");
    await page.getByRole("radio", { name: "Toast" }).check();
    await page.getByLabel("编号", { exact: true }).fill("cafe-1");
    await page.getByLabel("名称", { exact: true }).fill("Café 1");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.getByText("必填。").waitFor();
    await page.getByLabel("币种").fill("USD");
    await look(page, "source-new-zh");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.getByRole("heading", { name: "Café 1" }).waitFor();
    await browsers.leave(page);
  });

  it("are told to channels, which marketing sets by a form for each kind", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "zh" });
    await open(page, "/channels");
    await page.getByText("还没有通知渠道").waitFor();
    await page.getByRole("button", { name: "新建渠道" }).click();
    await page.getByRole("radio", { name: "邮件" }).check();
    await page.getByLabel("编号", { exact: true }).fill("jiangxi-mail");
    await page.getByLabel("名称", { exact: true }).fill("江西工作组");
    await page.getByLabel("收件人").fill("a@example.com\nb@example.com");
    await page.getByRole("checkbox", { name: "达成目标" }).check();
    await look(page, "channel-new-zh");
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("没有消息").waitFor();
    await speak(page, "en", "/channels/jiangxi-mail/settings");
    await page.getByRole("checkbox", { name: "A target is reached" }).waitFor();
    await look(page, "channel-en");
    await open(page, "/channels");
    await page.getByRole("link", { name: /江西工作组/ }).waitFor();
    await look(page, "channels-en");
    await browsers.leave(page);
  });

  it("are seen by an integrator as far as they are of own sources, on a phone", async () => {
    const page = await browsers.visit({ who: "pos.team", language: "zh", size: PHONE });
    for (const path of [
      "/inbox",
      "/sources",
      "/sources/jx-app-pos/deliveries",
      "/imports",
      "/facts/jx-app-pos/JX2018-900006",
    ]) {
      await open(page, path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByText("jx-app-pos").filter({ visible: true }).first().waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(PHONE.width);
    }
    expect(await page.getByText("web-shop").count()).toBe(0);
    await open(page, "/inbox");
    await page.getByText("JX2018-900006").first().waitFor();
    expect(await page.getByRole("button", { name: /重放/ }).count()).toBe(0);
    await look(page, "inbox-phone-zh");
    await browsers.leave(page);
  });

  it("did nothing that the page's policy forbids, and had no error", () => {
    expect(browsers.faults).toEqual([]);
  });
});

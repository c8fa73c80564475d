import type { Download, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { ApiClient } from "#infra/local/story/client.ts";
import { look, PHONE } from "./browser.ts";
import { CAMPAIGN, DUE } from "./console-world.ts";
import { playToPosted } from "./disputes-world.ts";
import { servedConsole } from "./served-console.ts";

/** A seller reads their statement on a phone and questions it; a manager answers; finance accepts; both sides follow. */

const NOTE = { name: "contract 4471.txt", mimeType: "text/plain", buffer: Buffer.from("Policy 4471, signed by me") };

/** One of the sales behind the commission, as it should have been reported: 343.00 more, of which 35 % are paid. */
const SALE = "jx-app-pos#JX2018-000350";
const CORRECTED = "937.00";
const DAY_MS = 24 * 3_600_000;

/** A photograph as phones make them, above what the API takes, is dropped onto the form. */
const DROP_PHOTOGRAPH = `(async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 2600;
  canvas.height = 1950;
  const context = canvas.getContext("2d");
  const picture = context.createImageData(canvas.width, canvas.height);
  let seed = 1;
  for (let at = 0; at < picture.data.length; at += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    picture.data[at] = at % 4 === 3 ? 255 : (at / picture.data.length) * 160 + (seed >> 16) % 64;
  }
  context.putImageData(picture, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.95));
  if (blob.size <= 700000) throw new Error("the photograph is too small to show anything: " + blob.size);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
  document.querySelector("fieldset.drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
})()`;

/** Addresses of the disputes about what was paid and what was not. */
let paid = "";
let unpaid = "";
const served = servedConsole(async (cloud) => {
  await playToPosted(cloud);
  // Finance has signed in some time before.
  await new ApiClient(cloud.url, () => cloud.tokenFor("fang.wei")).ask("/v1/me", z.object({ subject: z.string() }), {});
});
const { browsers } = served;
const at = (path: string) => served.at(`/campaigns/${CAMPAIGN}${path}`);
const width = (page: Page) => page.evaluate("document.documentElement.scrollWidth");

async function textOf(download: Promise<Download>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

describe("a statement", () => {
  it("is opened step by step on a phone, down to the sales, and fits on one page of paper", async () => {
    const page = await browsers.visit({ who: "a-nanchang-001", language: "zh", size: PHONE });
    await page.goto(at("/statement"));
    await page.getByText(/每一项最迟可在 2018年11月26日/).waitFor();
    const commission = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "手续费" }) });
    await commission.getByText(/计入：/).click();
    const sales = commission.getByRole("region", { name: "对应业务" });
    expect(await sales.innerText()).toContain("jx-app-pos#JX2018-000350");
    expect(await sales.innerText()).toContain("¥207.90");
    const missed = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "个人保费规模贡献奖" }) });
    expect(await missed.innerText()).toContain("未达到，还差 162,806.00");
    await look(page, "statement-steps-zh");
    expect(await width(page)).toBeLessThanOrEqual(PHONE.width);
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button", { name: "打印" }).count()).toBe(0);
    await browsers.leave(page);
  });

  it("is taken along as a text", async () => {
    const page = await browsers.visit({ who: "a-nanchang-001", language: "en" });
    await page.goto(at("/statement"));
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as text" }).click();
    expect(await textOf(download)).toContain("4,573.31 CNY");
    await browsers.leave(page);
  });
});

describe("a dispute", () => {
  it("is opened on a phone, with a file, and stands at its line afterwards", async () => {
    const page = await browsers.visit({ who: "a-nanchang-001", language: "en", size: PHONE });
    await page.goto(at("/statement"));
    await page.getByRole("button", { name: "This is not right…" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What is wrong?").fill("The policy of 12 April is missing: number 4471");
    await dialog.getByLabel(/Which amount would you have expected/).fill("4693.31");
    await dialog
      .locator("input[type=file]")
      .first()
      .setInputFiles([NOTE, { ...NOTE, name: "film.mov" }]);
    await dialog.getByText("film.mov: files of this kind are not taken").waitFor();
    await page.evaluate(DROP_PHOTOGRAPH);
    await dialog.getByText("photo.jpg", { exact: true }).waitFor();
    await look(page, "dispute-open-en");
    await dialog.getByRole("button", { name: "Send" }).click();
    await page.waitForURL(/disputes\/d-/);
    paid = page.url();
    await page.getByText("contract 4471.txt").first().waitFor();
    await page.getByRole("button", { name: "Look at it photo.jpg" }).click();
    await page.getByRole("dialog").getByRole("img", { name: "photo.jpg" }).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByText("Open", { exact: true }).waitFor();
    await look(page, "dispute-seller-en");
    expect(await width(page)).toBeLessThanOrEqual(PHONE.width);
    await page.goto(at("/statement"));
    await page.getByRole("link", { name: /Your question: Open/ }).waitFor();
    await browsers.leave(page);
  });

  it("can be taken back, and opened again, in Chinese", async () => {
    const page = await browsers.visit({ who: "a-nanchang-001", language: "zh" });
    await page.goto(at("/statement"));
    await page.getByText("争议：").waitFor();
    for (const isLast of [false, true]) {
      await page.getByRole("button", { name: "这里不对……" }).click();
      await page.getByRole("dialog").getByLabel("哪里不对？").fill("分公司已经启动");
      if (!isLast) await look(page, "dispute-open-zh");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: "提 交" })
        .or(page.getByRole("button", { name: "提交", exact: true }))
        .first()
        .click();
      await page.waitForURL(/disputes\/d-/);
      unpaid = page.url();
      if (isLast) break;
      await page.getByRole("button", { name: "撤回……" }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^撤\s?回$/ })
        .click();
      await page.getByText("已撤回", { exact: true }).waitFor();
      await page.goto(at("/statement"));
    }
    await page.goto(served.at("/disputes"));
    await page.getByRole("heading", { name: "我的争议" }).waitFor();
    await page.getByText("分公司已经启动").first().waitFor();
    await look(page, "disputes-own-zh");
    await browsers.leave(page);
  });

  it("is found, given to and answered by the manager of the branch", async () => {
    const page = await browsers.visit({ who: "luo.jie", language: "zh" });
    await page.goto(served.at("/disputes"));
    await page.getByText("number 4471").waitFor();
    await look(page, "disputes-zh");
    await page.goto(paid);
    await page.getByRole("button", { name: "分派……" }).click();
    const assign = page.getByRole("dialog");
    await assign.getByRole("combobox").fill("方伟");
    // Comes last: the list does not change under the pointer any more.
    await page.getByTitle("账号 方伟（尚未登录过）").waitFor();
    await page.getByTitle("Fang Wei 方伟 · fang.wei · 财务").click();
    await look(page, "dispute-assign-zh");
    await assign.getByRole("button", { name: /^分\s?派$/ }).click();
    await page.getByText("处理中", { exact: true }).waitFor();
    await page.getByText("Fang Wei 方伟 (fang.wei)").waitFor();
    await page.getByRole("button", { name: "答复……" }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/双方都能看到/)
      .fill("合同已核对，业务记在同事名下");
    await page.getByRole("dialog").getByRole("button", { name: "发送答复" }).click();
    await page.getByText("已答复", { exact: true }).waitFor();
    await page.getByRole("listitem").filter({ hasText: "合同已核对，业务记在同事名下" }).waitFor();
    expect(await page.getByRole("button", { name: "认可……" }).count()).toBe(0);
    await look(page, "dispute-manager-zh");
    await browsers.leave(page);
  });

  it("is accepted by finance: an amount is proposed, a corrected sale is asked for; another one is refused with the reason", async () => {
    const page = await browsers.visit({ who: "fang.wei", language: "en", look: "dark" });
    await page.goto(at("/disputes"));
    await page.getByRole("link", { name: /number 4471/ }).click();
    const file = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save contract 4471.txt" }).click();
    expect(await textOf(file)).toBe(NOTE.buffer.toString("utf8"));
    await page.getByRole("button", { name: "Accept…" }).click();
    const dialog = page.getByRole("dialog");
    // What is between the amount that was expected and the one that was paid.
    expect(await dialog.getByLabel(/Amount besides what was paid/).inputValue()).toBe("120.00");
    await dialog.getByLabel(/Why is it right/).fill("Policy 4471 was sold by the payee");
    await dialog.getByText("CN¥120.00 will be posted for 杜思远", { exact: false }).waitFor();
    await look(page, "dispute-accept-en");
    await dialog.getByText("A corrected sale").click();
    const send = dialog.getByRole("button", { name: "Accept, and ask for approval" });
    expect(await send.isDisabled()).toBe(true);
    await dialog.getByRole("combobox").first().fill(SALE);
    await dialog.getByRole("button", { name: "Read it" }).click();
    await dialog.getByLabel("Amount", { exact: true }).fill(CORRECTED);
    await dialog.getByText("The sale will count as corrected", { exact: false }).waitFor();
    await look(page, "dispute-correct-en");
    await dialog.getByRole("button", { name: "Accept, and ask for approval" }).click();
    await page.getByText("Accepted, not posted yet").waitFor();
    await page.getByText("Waits for another person").waitFor();
    expect(await page.getByRole("button", { name: "Approve…" }).count()).toBe(0);
    await look(page, "dispute-accepted-en");
    const replay = page.waitForEvent("download");
    await page.getByRole("button", { name: "Case file…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Download" }).click();
    expect(Object.keys(JSON.parse(await textOf(replay)))).toContain("plan");
    await page.goto(unpaid);
    await page.getByRole("button", { name: "Refuse…" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("The branch is 162,806.00 below its target");
    await page.getByRole("dialog").getByRole("button", { name: "Refuse", exact: true }).click();
    await page.getByText("Refused", { exact: true }).waitFor();
    await browsers.leave(page);
  });

  it("is put right by the corrected sale, once another person has approved it and a run has posted the difference", async () => {
    const page = await browsers.visit({ who: "tan.yue", language: "zh" });
    await page.goto(served.at("/approvals"));
    await page.getByRole("link", { name: /更正/ }).click();
    await page.getByText(CORRECTED).first().waitFor();
    await look(page, "approval-correction-zh");
    await page.getByRole("button", { name: "批准……" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "批准", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await served.cloud.idle();
    await served.cloud.advanceTo(DUE + 4 * DAY_MS);
    await served.cloud.idle();
    await page.goto(at(`/runs/${CAMPAIGN}.adjustment-1`));
    await page.getByText("待审批").waitFor();
    await page.getByRole("button", { name: "批准……" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "批准", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await served.cloud.idle();
    await page.getByText("已入账", { exact: true }).waitFor();
    await page.goto(paid);
    await page.getByText("已认可并入账").first().waitFor();
    await look(page, "dispute-closed-zh");
    await browsers.leave(page);
  });

  it("tells the seller how it ended, at the line", async () => {
    const page = await browsers.visit({ who: "a-nanchang-001", language: "en", size: PHONE });
    await page.goto(at("/statement"));
    await page.getByRole("link", { name: /Accepted and posted/ }).waitFor();
    await page.getByText("CN¥4,693").first().waitFor();
    await look(page, "statement-corrected-en");
    await page.getByRole("link", { name: /Refused/ }).click();
    await page.getByText("The branch is 162,806.00 below its target").first().waitFor();
    await look(page, "dispute-refused-en");
    expect(await width(page)).toBeLessThanOrEqual(PHONE.width);
    await browsers.leave(page);
  });

  it("broke nothing that the page's policy forbids", () => {
    expect(browsers.faults).toEqual([]);
  });
});

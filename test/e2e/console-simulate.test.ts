import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { campaignSchema } from "#domain/campaign.ts";
import { parseInstant } from "#domain/instant.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { sendSales } from "#infra/local/story/send-sales.ts";
import { Browsers, look, PHONE } from "./browser.ts";
import { CAMPAIGN, launchCampaign, prepareCompany, someSales } from "./console-world.ts";

/**
 * A plan is looked at in a picture, tried on real sales, sent for approval and taken back; the campaign pauses and goes on. The
 * commission of the draft is 30 % instead of 35 %.
 */

const START_MS = 540_000;
const NOW = parseInstant("2018-08-01T09:00:00+08:00") ?? 0;

let cloud: LocalCloud;
const browsers = new Browsers(() => cloud.url);

beforeAll(async () => {
  cloud = await startLocalCloud({ clock: { simulatedFrom: "2018-04-15T09:00:00+08:00" }, log: () => {} });
  const sales = someSales(/^(a|m|s)-nanchang-00[1-3]$/).filter(({ recordedAt }) => recordedAt < NOW);
  await prepareCompany(cloud, sales);
  await launchCampaign(cloud);
  await sendSales(cloud, sales, () => {});
  await cloud.advanceTo(NOW);
  await cloud.idle();
  const marketing = new ApiClient(cloud.url, () => cloud.tokenFor("mei.lin"));
  const { draft, revision } = await marketing.ask(`/v1/campaigns/${CAMPAIGN}`, campaignSchema, {});
  const rewards = draft.rewards.map((reward) => (reward.kind === "commission" ? { ...reward, rate: "30%" } : reward));
  await marketing.send(`/v1/campaigns/${CAMPAIGN}/draft`, {
    method: "PUT",
    json: { ...draft, rewards },
    headers: { "if-match": `"${revision}"` },
  });
}, START_MS);

afterAll(async () => {
  await browsers.close();
  await cloud?.stop();
});

const at = (path: string) => `${cloud.url}/console/campaigns/${CAMPAIGN}${path}`;

/** Answers, until its end, that a simulation is halfway; all else is the server's. */
async function beBusy(page: Page) {
  const pattern = /\/simulations\/[0-9a-f-]{36}$/;
  const progress = { stage: "settlingDraft", read: 20_000, about: 20_000, settled: 10_000, toSettle: 40_000 };
  await page.route(pattern, async (route) => {
    const response = await route.fetch();
    const { simulation: _, ...kept } = await response.json();
    const isKept = response.status() === 200;
    await route.fulfill(isKept ? { response, json: { ...kept, state: "working", progress } } : { response });
  });
  return { end: () => page.unroute(pattern) };
}

describe("a plan before it is in force", () => {
  it("is seen in a picture: when, who, and what each reward pays", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en" });
    await page.goto(at("/picture"));
    await page.getByText("Pays each person 35% of signed premium of both products.").waitFor();
    await page.getByText("Late reports still count", { exact: true }).first().waitFor();
    await page.getByRole("img", { name: /Prizes by place: 1 CN¥10,000.00/ }).waitFor();
    await page.getByText("As a table").first().click();
    await page.getByRole("cell", { name: "1–10" }).waitFor();
    await look(page, "picture-en");
    await page.getByRole("combobox", { name: "Which plan" }).click();
    await page.getByText("Draft", { exact: true }).last().click();
    await page.getByText("Pays each person 30% of signed premium of both products.").waitFor();
    await browsers.leave(page);
  });

  it("is tried on real sales, told person by person, and sent to a second person with its hash", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en" });
    await page.goto(at("/simulate"));
    await page.getByText("Nothing worked out yet").waitFor();
    await look(page, "simulate-empty-en");
    // So few sales are settled at once: how far it is shows where the server is made to look busy.
    const busy = await beBusy(page);
    await page.getByRole("button", { name: "Work it out" }).click();
    const bar = page.getByRole("progressbar", { name: "Settling the plan that is tried" });
    await bar.waitFor();
    expect(await bar.getAttribute("aria-valuenow")).toBe("50");
    await page.getByText("10,000 of about 40,000", { exact: true }).waitFor();
    await look(page, "simulate-working-en");
    await busy.end();
    await page.getByText("Hash of this comparison").waitFor();
    const hash = await page
      .getByText(/^[0-9a-f]{64}$/)
      .last()
      .innerText();
    // Left and found again: by its address, and by the tab.
    await page.reload();
    await page.getByText(hash, { exact: true }).waitFor();
    await page.goto(at("/simulate"));
    await page.getByText(hash, { exact: true }).waitFor();
    // Who sold loses a seventh of the commission, and nobody wins.
    const spread = await page.getByText(/^[1-9]\d* get less, \d+ the same, 0 more$/).innerText();
    const [, less = "", same = ""] = /(\d+) get less, (\d+)/.exec(spread) ?? [];
    await page.getByRole("columnheader", { name: "Difference" }).last().waitFor();
    await page.getByRole("img", { name: `${less} get less` }).waitFor();
    await look(page, "simulate-en");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as CSV" }).click(),
    ]);
    const lines = readFileSync(await file.path(), "utf8")
      .trim()
      .split("\r\n");
    expect(lines).toHaveLength(1 + Number(less) + Number(same));
    expect(lines[1]).toMatch(/^participant,[ams]-nanchang-00\d,[^,]+,\d+\.\d\d,\d+\.\d\d,-\d+\.\d\d$/);
    await page.getByRole("button", { name: "Send for approval …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^[0-9a-f]{64}$/).waitFor();
    await dialog.getByLabel("Why (the one who decides reads it)").fill("The budget of the province is smaller");
    await look(page, "simulate-send-en");
    await dialog.getByRole("button", { name: "Send for approval" }).click();
    await page.getByRole("link", { name: "Look at the request" }).waitFor();
    await page.goto(at("/life"));
    await page.getByRole("heading", { name: "Version 2 in force" }).waitFor();
    await page.getByText("Waits for finance or an administrator, not for mei.lin.").waitFor();
    await page.getByText(new RegExp(`^${less} get less, -CN¥`)).waitFor();
    await page.getByText("Version 2 published").waitFor();
    await look(page, "life-en");
    await browsers.leave(page);
  });
});

describe("the life of a campaign, in Chinese on a phone in the dark", () => {
  it("can be taken back, paused and gone on with, each after a question that says what it does", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "zh", look: "dark", size: PHONE });
    await page.goto(at("/life"));
    await page.getByRole("button", { name: "撤回……" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^确\s?定$/ })
      .click();
    await page.getByText("已撤回", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "暂停……" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "暂停", exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel("原因").fill("费率有投诉，先核实");
    await look(page, "life-pause-zh");
    await dialog.getByRole("button", { name: "暂停", exact: true }).click();
    await page.getByText("暂停：费率有投诉，先核实").waitFor();
    await page.getByRole("listitem").filter({ hasText: "已暂停" }).waitFor();
    await page.getByRole("button", { name: "恢复……" }).click();
    await page.getByRole("dialog").getByLabel("原因").fill("已核实");
    await page.getByRole("dialog").getByRole("button", { name: "恢复", exact: true }).click();
    await page.getByText("业务正常计入，榜单实时更新。").waitFor();
    await page.getByText("投入与产出").waitFor();
    await look(page, "life-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await page.getByRole("button", { name: "提前终止……" }).click();
    await page.getByLabel("新的截止时间（从此刻起不再计入）").fill("2018-07-01T00:00");
    await page.getByRole("button", { name: "看看会有什么影响" }).click();
    await page.getByText(/^费用由 /).waitFor();
    await look(page, "life-stop-zh");
    await browsers.leave(page);
  });

  it("shows picture and simulation as well", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "zh", look: "dark", size: PHONE });
    await page.goto(at("/picture"));
    await page.getByText("每个人按两款产品签单保费的 35% 计提。").waitFor();
    await look(page, "picture-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await page.goto(at("/simulate/v1/nothing/own"));
    const busy = await beBusy(page);
    await page.getByRole("button", { name: "开始测算" }).click();
    await page.getByRole("progressbar", { name: "结算要测算的方案" }).waitFor();
    await page.getByText("已处理 10,000，共约 40,000").waitFor();
    await look(page, "simulate-working-zh");
    await busy.end();
    await page.getByText("每人得多少").waitFor();
    // What is pointed at is lighter.
    await page.mouse.move(0, 0);
    await look(page, "simulate-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await browsers.leave(page);
  });

  it("did nothing that its policy forbids, and had no error", () => {
    expect(browsers.faults).toEqual([]);
  });
});

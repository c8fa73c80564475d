import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { approvalViewSchema } from "#contracts/views/approval-views.ts";
import { campaignSchema, planVersionSchema } from "#domain/campaign.ts";
import { parseInstant } from "#domain/instant.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { sendSales } from "#infra/local/story/send-sales.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";
import { look, PHONE } from "./browser.ts";
import { CAMPAIGN, launchCampaign, prepareCompany, someSales } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";

/**
 * A plan is looked at in a picture, tried on real sales, sent for approval and taken back; the campaign pauses and goes on. The
 * commission of the draft is 30 % instead of 35 %.
 */

const NOW = parseInstant("2018-08-01T09:00:00+08:00") ?? 0;

const served = servedConsole(async (cloud) => {
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
});
const { browsers } = served;

/** Why a run breaks, in the server's words. */
const MISSING =
  "the plan does not fit its organisation and targets; " +
  "speed-award needs the target start of premium for lushan, and the targets table has none";

/** Campaigns are listed by 200. */
const MORE_THAN_A_PAGE = 201;

/** A second campaign of the same rules, tried in Nanchang first. */
const PILOT = "pilot-2018";

async function launchPilot(here: LocalCloud): Promise<void> {
  const marketing = new ApiClient(here.url, () => here.tokenFor("mei.lin"));
  const { draft } = await marketing.ask(`/v1/campaigns/${CAMPAIGN}`, campaignSchema, {});
  const path = `/v1/campaigns/${PILOT}`;
  const json = { ...draft, id: PILOT, name: { en: "Travel, tried in Nanchang", zh: "出行无忧（南昌试点）" } };
  const { revision } = await marketing.ask("/v1/campaigns", campaignSchema, { method: "POST", json });
  const body = readFileSync(join(JIANGXI, "targets.csv"), "utf8");
  await marketing.send(`${path}/targets:import`, { method: "POST", text: { body, type: "text/csv" } });
  const { version } = await marketing.ask(`${path}/versions`, planVersionSchema, {
    method: "POST",
    headers: { "if-match": `"${revision}"` },
  });
  const pilot = { units: ["nanchang"], until: "2018-09-30T00:00:00" };
  const { id, hash } = await marketing.ask(`${path}/activate`, approvalViewSchema, {
    method: "POST",
    json: { version, pilot },
  });
  const finance = new ApiClient(here.url, () => here.tokenFor("fang.wei"));
  await finance.send(`/v1/approvals/${id}/approve`, { method: "POST", json: { hash } });
  await here.idle();
}

const at = (path: string) => served.at(`/campaigns/${CAMPAIGN}${path}`);

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
  return { end: () => page.unrouteAll({ behavior: "wait" }) };
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
    await page
      .getByRole("dialog")
      .getByText(/^费用由 /)
      .waitFor();
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
    await look(page, "simulate-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await browsers.leave(page);
  });

  it("is rolled out to everybody from a pilot, once a second person has seen what that does", async () => {
    await launchPilot(served.cloud);
    const page = await browsers.visit({ who: "mei.lin", language: "zh", look: "dark", size: PHONE });
    await page.goto(served.at(`/campaigns/${PILOT}/life`));
    await page.getByText("只计入试点机构的业务。可以全面推广，也可以终止。").waitFor();
    await look(page, "life-pilot-zh");
    await page.getByRole("button", { name: "全面推广……" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("原因").fill("试点效果达到预期");
    const ask = dialog.getByRole("button", { name: "提交推广请求" });
    expect(await ask.isDisabled()).toBe(true);
    await dialog.getByText("整个活动期都计入").click();
    await look(page, "life-rollout-zh");
    await ask.click();
    await page.getByRole("heading", { name: "试点推广" }).waitFor();
    await browsers.leave(page);
    const finance = await browsers.visit({ who: "fang.wei", language: "en" });
    await finance.goto(served.at(`/campaigns/${PILOT}/life`));
    await finance.getByRole("heading", { name: "Roll-out of the pilot" }).waitFor();
    await finance.getByRole("link", { name: "Decide" }).click();
    await finance.getByText("试点效果达到预期").first().waitFor();
    // By the plan's clock, wherever the reader is.
    await finance.getByText("mei.lin, 1 Aug 2018, 09:00").waitFor();
    await look(finance, "approval-rollout-en");
    await finance.getByRole("button", { name: "Approve…" }).click();
    await finance.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).click();
    await finance.getByRole("dialog").waitFor({ state: "hidden" });
    await served.cloud.idle();
    await finance.goto(served.at(`/campaigns/${PILOT}/life`));
    await finance.locator("[aria-current=step]", { hasText: "Running" }).waitFor();
    await look(finance, "life-rolled-out-en");
    await browsers.leave(finance);
  });

  it("asks for a run that cannot be, is told what is missing, and asks again; a failed run says why and what to do", async () => {
    const administrator = new ApiClient(served.cloud.url, () => served.cloud.tokenFor("sun.hao"));
    const marketing = new ApiClient(served.cloud.url, () => served.cloud.tokenFor("mei.lin"));
    const rows = [{ unit: "lushan", parent: "jiangxi", level: "branch", name: "庐山" }];
    await administrator.send("/v1/org-units:import", { method: "POST", json: { rows } });
    await served.cloud.idle();
    const page = await browsers.visit({ who: "mei.lin", language: "zh", size: PHONE });
    const runIs = (number: number) => page.waitForURL(`**/runs/${CAMPAIGN}.provisional-${number}`);
    await page.goto(at("/runs"));
    await page.getByRole("button", { name: "发起结算" }).click();
    const dialog = page.getByRole("dialog");
    const start = dialog.getByRole("button", { name: /^开\s?始$/ });
    await start.click();
    await dialog
      .getByRole("alert")
      .getByText(/lushan/)
      .first()
      .waitFor();
    await look(page, "run-refused-zh");
    const targets = ["start", "budget"].map((label) => {
      return { subject: "lushan", measure: "premium", label, slice: "", value: "90000.00" };
    });
    await marketing.send(`/v1/campaigns/${CAMPAIGN}/targets:import`, { method: "POST", json: { rows: targets } });
    await start.click();
    await runIs(1);
    await served.cloud.idle();
    await page.getByText("已算出", { exact: true }).waitFor();
    // The same run as the server tells of one whose computation broke: that needs a change between asking and reading.
    await page.route(`**/v1/campaigns/*/runs/${CAMPAIGN}.provisional-1`, async (route) => {
      const answer = await route.fetch();
      const { totals, lineCount, resultHash, progress, ...run } = await answer.json();
      await route.fulfill({ response: answer, json: { ...run, state: "failed", reason: MISSING } });
    });
    await page.reload();
    await page.getByText("这次结算没有算成").waitFor();
    await page.getByText("请按上面所述处理", { exact: false }).waitFor();
    await look(page, "run-failed-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await page.getByText("English", { exact: true }).click();
    await page.getByText("The run could not be computed").waitFor();
    await page.getByText(/needs the target start of premium for lushan/).waitFor();
    await look(page, "run-failed-en");
    await page.getByRole("button", { name: "Ask for a run" }).click();
    await dialog.getByRole("button", { name: "Start it" }).click();
    await runIs(2);
    await served.cloud.idle();
    await page.getByText("Computed", { exact: true }).waitFor();
    await browsers.leave(page);
  });

  it("is found among many: what runs is on the home, and the list is searched, beyond the first page", async () => {
    const marketing = new ApiClient(served.cloud.url, () => served.cloud.tokenFor("mei.lin"));
    const { draft } = await marketing.ask(`/v1/campaigns/${CAMPAIGN}`, campaignSchema, {});
    const ids = Array.from({ length: MORE_THAN_A_PAGE }, (_, index) => `a-${String(index).padStart(3, "0")}`);
    for (const id of ids) {
      const json = { ...draft, id, name: { en: `Plan ${id}`, zh: `草案 ${id}` } };
      await marketing.ask("/v1/campaigns", campaignSchema, { method: "POST", json });
    }
    const page = await browsers.visit({ who: "mei.lin", language: "zh" });
    await page.getByRole("heading", { name: "保游无忧，同行天下" }).waitFor();
    await page.goto(`${served.cloud.url}/console/campaigns`);
    await page.getByLabel("按名称或编号查找").first().fill("保游");
    await page.getByRole("link", { name: "保游无忧，同行天下" }).waitFor();
    expect(await page.getByRole("row").count()).toBe(2);
    await browsers.leave(page);
  });

  it("did nothing that its policy forbids, and had no error", () => {
    expect(browsers.faults).toEqual([]);
  });
});

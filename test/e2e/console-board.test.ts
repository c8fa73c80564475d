import { describe, expect, it } from "vitest";
import { type Sale, sendSales } from "#infra/local/story/send-sales.ts";
import { look, PHONE } from "./browser.ts";
import { CAMPAIGN, launchCampaign, prepareCompany, someSales } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";

/** A board that moves while people look: what was yesterday, a target that is reached, units as a tree, the office wall; and homes. */

/** The branch that reaches its starting target on 25 August, and a part of the one whose manager and seller sign in. */
const SELLERS = /^(a|m|s)-(yingtan-|nanchang-00[1-5]$)/;
const EVENING = Date.parse("2018-08-24T18:00:00+08:00");
const MIDNIGHT = Date.parse("2018-08-25T00:05:00+08:00");
const NEXT_EVENING = Date.parse("2018-08-25T20:00:00+08:00");

let ofTheDay: readonly Sale[] = [];
const served = servedConsole(async (cloud) => {
  const sales = someSales(SELLERS);
  await prepareCompany(cloud, sales);
  await launchCampaign(cloud, "boards:\n  names: masked\n  amounts: shown");
  await sendSales(
    cloud,
    sales.filter(({ recordedAt }) => recordedAt < EVENING),
    () => {},
  );
  await cloud.idle();
  await cloud.advanceTo(MIDNIGHT);
  await cloud.idle();
  ofTheDay = sales.filter(({ recordedAt }) => recordedAt >= MIDNIGHT && recordedAt < NEXT_EVENING);
});
const { browsers } = served;

const at = (path: string) => served.at(`/campaigns/${CAMPAIGN}${path}`);

describe("the board", () => {
  it("moves while somebody looks, says who moved since yesterday, and tells a target that is reached", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en" });
    await page.getByText("0 of 11 have reached a target").first().waitFor();
    await look(page, "home-running-en");
    await page.goto(at("/board"));
    await page.getByRole("progressbar", { name: "鹰潭" }).first().waitFor();
    expect(await page.getByText("has just reached").count()).toBe(0);
    await sendSales(served.cloud, ofTheDay, () => {});
    await served.cloud.idle();
    await page.getByRole("status").getByText("鹰潭 has just reached “starting”").waitFor();
    const race = page.getByRole("list").filter({ has: page.getByRole("progressbar", { name: "鹰潭" }) });
    const first = race.getByRole("listitem").first();
    expect(await first.innerText()).toMatch(/鹰潭[\s\S]*new/);
    expect(await page.getByText(/compared with the end of 24 Aug 2018/).count()).toBeGreaterThan(0);
    await look(page, "board-moving-en");
    await browsers.leave(page);
  });

  it("tells the way of a branch day by day, as a picture and as a table", async () => {
    const page = await browsers.visit({ who: "he.yun", language: "en", look: "dark" });
    await page.goto(at("/board"));
    await page.getByRole("button", { name: "鹰潭 Day by day" }).first().click();
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("img", { name: /25 Aug 2018/ }).waitFor();
    await drawer.getByText("As a table").click();
    const [, newest] = await drawer.getByRole("row").allInnerTexts();
    expect(newest).toMatch(/^25 Aug 2018/);
    await look(page, "board-trend-en");
    await browsers.leave(page);
  });

  it("shows the organisation as a tree that adds up, closed and opened by key", async () => {
    const page = await browsers.visit({ who: "fang.wei", language: "zh" });
    await page.goto(at("/board"));
    const tree = page.getByRole("table", { name: "按机构查看" });
    const province = tree.getByRole("button", { name: "收起江西的下级机构" });
    await tree.getByText("鹰潭").waitFor();
    await look(page, "board-zh");
    await province.focus();
    await page.keyboard.press("Enter");
    await tree.getByRole("button", { name: "展开江西的下级机构" }).waitFor();
    expect(await tree.getByText("鹰潭").count()).toBe(0);
    await browsers.leave(page);
  });

  it("fills the office wall, and stops moving on when asked to", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en", look: "dark" });
    await page.goto(at("/board"));
    await page.getByRole("button", { name: "Full screen" }).click();
    await page.getByRole("button", { name: "Stop moving on" }).click();
    await page.getByRole("button", { name: "Move on by itself" }).waitFor();
    expect(await page.evaluate("document.fullscreenElement !== null")).toBe(true);
    await look(page, "board-wall-en");
    await browsers.leave(page);
  });
});

describe("home", () => {
  it("tells a seller their campaign by its name, the own place and the ways on, on a phone", async () => {
    const page = await browsers.visit({ who: "a-nanchang-001", language: "zh", size: PHONE });
    await page.getByRole("heading", { name: "保游无忧，同行天下" }).waitFor();
    await page.getByText("个人保费规模贡献奖").waitFor();
    await look(page, "home-seller-zh");
    await page.getByRole("link", { name: "榜单" }).click();
    await page.getByText("您的名次").waitFor();
    // Others by the first character of their names, and nobody's way but the own.
    await page
      .getByText(/^.\*\*$/)
      .first()
      .waitFor();
    expect(await page.getByRole("button", { name: /逐日走势/ }).count()).toBe(1);
    await look(page, "board-seller-zh");
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await browsers.leave(page);
  });

  it("tells a manager how the own branch stands", async () => {
    const page = await browsers.visit({ who: "luo.jie", language: "en" });
    await page.getByRole("progressbar", { name: "南昌" }).waitFor();
    await look(page, "home-manager-en");
    await page.getByRole("link", { name: "Board" }).click();
    await page.getByRole("table", { name: "By unit" }).getByText("南昌").waitFor();
    expect(await page.getByText("鹰潭").count()).toBe(0);
    await look(page, "board-manager-en");
    await browsers.leave(page);
  });

  it("breaks no rule of the page's policy", () => {
    expect(browsers.faults).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { look, PHONE } from "./browser.ts";
import { CAMPAIGN, playToApproval } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";

/** The console in a browser, on the local cloud: a board moves towards its end, finance approves the run, a seller opens the statement. */

const served = servedConsole(playToApproval);
const { browsers } = served;

const at = (path: string) => served.at(`/campaigns/${CAMPAIGN}${path}`);

describe("the console", () => {
  it("is served with a strict policy, for every address below it, and its files for good", async () => {
    const page = await fetch(served.at("/campaigns/any"));
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'; style-src 'self';");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const [, script = ""] = /<script type="module" src="([^"]+)"/.exec(await page.text()) ?? [];
    const code = await fetch(served.cloud.url + script);
    expect(code.headers.get("cache-control")).toContain("immutable");
    expect((await fetch(served.at("/assets/none-12345678.js"))).status).toBe(404);
  });

  it("shows marketing the campaigns and a board with who leads, in English and in the dark", async () => {
    const page = await browsers.visit({ who: "mei.lin", language: "en", look: "dark" });
    await page.getByText("You asked for").or(page.getByText("Running campaigns")).first().waitFor();
    await look(page, "home-marketing-en");
    await page.getByRole("link", { name: "Campaigns", exact: true }).click();
    await page.getByRole("link", { name: /Travel without worry/ }).waitFor();
    const money = page.getByRole("progressbar", { name: "Money of Travel without worry, everywhere with you" });
    await money.waitFor();
    expect(await page.getByText("CN¥22,000.00 of CN¥80,000.00", { exact: true }).count()).toBe(1);
    expect(await page.getByText("No limit to what it can pay").count()).toBe(1);
    expect(await money.getAttribute("aria-valuetext")).toBe(
      "Final run of 16 Nov 2018, 00:00: it pays CN¥80,253.04. " +
        "Province: CN¥22,000.00 of CN¥80,000.00 used, CN¥58,000.00 left. " +
        "Version 1 has no limit: nothing bounds Commission. The other rewards can pay at most CN¥160,000.00.",
    );
    await page.getByRole("button", { name: "No limit to what it can pay" }).focus();
    await page.getByRole("tooltip").getByText("nothing bounds Commission").waitFor();
    await look(page, "campaigns-en");
    await page.getByRole("link", { name: /Travel without worry/ }).click();
    await page.getByRole("progressbar", { name: "鹰潭" }).waitFor();
    expect(await page.getByText("Provisional", { exact: true }).count()).toBe(1);
    const first = page.locator(".race-row").first();
    expect(await first.innerText()).toContain("106,400.00");
    expect(await first.innerText()).toContain("reached starting on 25 Aug 2018, 10:30");
    await look(page, "board-en");
    await page.goto(at("/runs"));
    await page.getByText("Waits for approval").waitFor();
    expect(await page.getByRole("button", { name: "Approve…" }).count()).toBe(0);
    await look(page, "runs-en");
    await browsers.leave(page);
  });

  it("lets finance approve the run, bound to the hash that is shown, in Chinese", async () => {
    const page = await browsers.visit({ who: "fang.wei", language: "zh" });
    await page.getByRole("link", { name: "查看并决定" }).waitFor();
    await look(page, "home-finance-zh");
    await page.getByRole("link", { name: "查看并决定" }).click();
    await page.getByText("待审批").waitFor();
    await look(page, "runs-zh");
    await page.getByRole("button", { name: "批准……" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^[0-9a-f]{64}$/).waitFor();
    expect(await dialog.innerText()).toContain("+¥80,253.04");
    await look(page, "approve-zh");
    await dialog.getByRole("button", { name: "批准", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await served.cloud.idle();
    await page.getByText("已入账").waitFor();
    await page.goto(at("/board"));
    await page.getByRole("progressbar", { name: "鹰潭" }).waitFor();
    await look(page, "board-zh");
    await page.goto(served.at("/campaigns"));
    await page.getByRole("link", { name: /保游无忧/ }).waitFor();
    await look(page, "campaigns-zh");
    await page.setViewportSize(PHONE);
    await page.getByText("已用 ¥22,000.00，预算 ¥80,000.00").waitFor();
    await page.getByText("费用不封顶").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await look(page, "campaigns-phone-zh");
    await browsers.leave(page);
  });

  it.each(["zh", "en"] as const)("shows a seller on a phone what they get and why (%s)", async (language) => {
    const page = await browsers.visit({ who: "a-nanchang-001", language, size: PHONE });
    await look(page, `home-seller-${language}`);
    await page.goto(at("/statement"));
    await page.getByText(language === "zh" ? "最终：已入账" : "Final: posted").waitFor();
    expect(await page.locator(".amount").innerText()).toContain("4,573.31");
    await page.getByRole("button", { name: language === "zh" ? "展开全部" : "Open all steps" }).click();
    await page.getByText("13,066.60").first().waitFor();
    await look(page, `statement-${language}`);
    await page.getByRole("tab", { name: language === "zh" ? "文字说明" : "In sentences" }).click();
    await page.locator(".sentences").getByText("13,066.60").first().waitFor();
    await page.getByRole("slider").focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    await page.getByText(language === "zh" ? "比现在多" : "More than now").waitFor();
    await look(page, `what-if-${language}`);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await browsers.leave(page);
  });

  it("signs out, and shows nothing afterwards", async () => {
    const page = await browsers.visit({ who: "he.yun", language: "en" });
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await look(page, "sign-in-en");
    await page.goto(at("/runs"));
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await browsers.leave(page);
  });

  it("did nothing that its policy forbids, and had no error", () => {
    expect(browsers.faults).toEqual([]);
  });
});

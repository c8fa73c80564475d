import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import * as z from "zod";
import { en, type TextKey } from "#functions/console/i18n/en.ts";
import { zh } from "#functions/console/i18n/zh.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import type { PersonId } from "#infra/local/people.ts";
import { sendSales } from "#infra/local/story/send-sales.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";
import { type Browsers, look, PHONE, SHOTS } from "./browser.ts";
import { CAMPAIGN, DUE, someSales } from "./console-world.ts";

const TEXTS = { en, zh } as const;
/** What the gallery, the plan and its fields are called in each language. */
const WORDS = {
  en: { scheme: "Jiangxi travel insurance", name: "Travel without worry", disputes: "Disputes" },
  zh: { scheme: "江西“保游无忧", name: "保游无忧", disputes: "争议" },
} as const;
const SELLER = "a-nanchang-001";
const HASH = /^[0-9a-f]{64}$/;

/**
 * The whole story in a browser, by everybody, in one language: a marketer makes the Jiangxi campaign from the gallery, finance
 * approves it, sales arrive and the board moves, the run is approved, a seller reads the statement and questions a line, finance
 * accepts, a second approver agrees, and the next run posts the difference.
 */
export class Story {
  readonly #language: "en" | "zh";
  readonly #cloud: LocalCloud;
  readonly #browsers: Browsers;

  constructor(language: "en" | "zh", cloud: LocalCloud, browsers: Browsers) {
    this.#language = language;
    this.#cloud = cloud;
    this.#browsers = browsers;
  }

  /** In the form, with two fields of it seen in the text beside it. */
  makesCampaign = () =>
    this.#as("mei.lin", async (page) => {
      const { scheme, disputes } = WORDS[this.#language];
      await this.#open(page, "/campaigns");
      await this.#button(page, "campaigns.new").first().click();
      const use = page.getByRole("button", { name: new RegExp(`^${this.#t("new.use")}.*${scheme}`) });
      await use.waitFor();
      await this.#look(page, "gallery");
      await use.click();
      await this.#inDialog(page, "new.start.ok").click();
      await this.#button(page, "plan.section.shown").click();
      await page
        .getByRole("group", { name: this.#t("plan.more") })
        .getByRole("button", { name: disputes })
        .click();
      await field(page, "disputes.within").fill("10");
      await field(page, "disputes.decideWithin").fill("15");
      await field(page, "disputes.decideWithin").press("Tab");
      await page.getByText(this.#t("plan.view.both"), { exact: true }).click();
      await this.#look(page, "plan");
      const text = page.getByRole("textbox", { name: this.#t("plan.yaml") });
      await text.press("Control+End");
      await text.getByText("decideWithin: P15D").waitFor();
      await this.#button(page, "plan.create").click();
      await page.waitForURL(`**/campaigns/${CAMPAIGN}/plan`);
      await this.#button(page, "plan.publish").waitFor();
    });

  /** Pasted from a spreadsheet. */
  setsTargets = () =>
    this.#as("mei.lin", async (page) => {
      await this.#open(page, `/campaigns/${CAMPAIGN}/targets`);
      await page.getByRole("grid", { name: this.#t("targets.grid") }).waitFor();
      await paste(page, targetTable());
      await this.#look(page, "targets");
      await page.getByRole("button", { name: new RegExp(this.#t("targets.save", { count: "\\d+" })) }).click();
      await page.getByText(this.#t("targets.unchanged")).waitFor();
    });

  asksForActivation = () =>
    this.#as("mei.lin", async (page) => {
      await this.#open(page, `/campaigns/${CAMPAIGN}/plan`);
      await this.#button(page, "plan.publish").click();
      await this.#inDialog(page, "plan.publish").click();
      await this.#button(page, "plan.activate").click();
      await this.#inDialog(page, "plan.activate.ok").click();
      await page.getByRole("dialog").getByText(HASH).waitFor();
    });

  isPutInForce = () => this.#approves("fang.wei", "activation");

  /** Without anybody asking for the page again. */
  boardMoves = () =>
    this.#as("mei.lin", async (page) => {
      await this.#open(page, `/campaigns/${CAMPAIGN}/board`);
      await page.getByText(this.#t("board.provisional"), { exact: true }).waitFor();
      await sendSales(this.#cloud, someSales(), () => {});
      await this.#cloud.idle();
      await page.getByRole("listitem").filter({ hasText: "鹰潭" }).getByText("106,400.00").first().waitFor();
      await this.#look(page, "board");
    });

  runIsApproved = async () => {
    await this.#cloud.advanceTo(DUE);
    await this.#cloud.idle();
    await this.#approves("fang.wei", "run");
  };

  sellerDisputes = () =>
    this.#as(
      SELLER,
      async (page) => {
        await page.getByText(WORDS[this.#language].name).first().waitFor();
        await this.#open(page, `/campaigns/${CAMPAIGN}/statement`);
        await page.getByText(this.#t("statement.final")).waitFor();
        expect(await page.locator(".amount").innerText()).toContain("4,573.31");
        await this.#button(page, "disputes.open.button").first().click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(this.#t("disputes.claim")).fill("JX2018-000488 is mine");
        await dialog.getByLabel(this.#t("disputes.expected.optional")).fill("4693.31");
        await this.#look(page, "dispute");
        await this.#inDialog(page, "disputes.open.send").click();
        await page.waitForURL("**/disputes/*");
        await page.getByText("JX2018-000488 is mine").first().waitFor();
      },
      PHONE,
    );

  /** With an amount; a second approver agrees. */
  disputeIsAccepted = async () => {
    await this.#as("fang.wei", async (page) => {
      await this.#open(page, "/disputes");
      await page.getByRole("main").getByRole("row").getByRole("link").first().click();
      await this.#button(page, "disputes.do.accept").click();
      const dialog = page.getByRole("dialog");
      const amount = dialog.getByLabel(this.#t("disputes.remedy.amount.label", { currency: "CNY" }));
      await amount.waitFor();
      expect(await amount.inputValue()).toBe("120.00");
      await dialog.getByLabel(this.#t("disputes.accept.reason")).fill("Policy JX2018-000488");
      await this.#look(page, "accept");
      await this.#inDialog(page, "disputes.accept.ok").click();
      await dialog.waitFor({ state: "hidden" });
      await this.#open(page, "/approvals");
      await page.getByText(this.#t("approvals.waiting.none")).waitFor();
    });
    await this.#approves("tan.yue", "remedy");
  };

  differenceIsPosted = async () => {
    await this.#as("mei.lin", async (page) => {
      await this.#open(page, `/campaigns/${CAMPAIGN}/runs`);
      await this.#button(page, "runs.ask").click();
      await page.getByRole("radio", { name: this.#t("runs.kind.adjustment") }).click();
      await this.#inDialog(page, "runs.ask.ok").click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    });
    await this.#cloud.idle();
    await this.#approves("fang.wei", "adjustment");
  };

  sellerSeesIt = () =>
    this.#as(
      SELLER,
      async (page) => {
        await this.#open(page, `/campaigns/${CAMPAIGN}/statement`);
        await page.getByText("4,693.31").first().waitFor();
        await page.getByText(this.#t("disputes.state.closed")).first().waitFor();
        await this.#look(page, "adjusted");
      },
      PHONE,
    );

  /** Somebody who may decide finds the request that waits for them, reads it and approves. */
  async #approves(who: PersonId, name: string): Promise<void> {
    await this.#as(who, async (page) => {
      await this.#open(page, "/approvals");
      await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
      await this.#button(page, "runs.approve").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(HASH).waitFor();
      await this.#look(page, name);
      await this.#inDialog(page, "decide.approve.ok").click();
      await dialog.waitFor({ state: "hidden" });
    });
    await this.#cloud.idle();
  }

  async #as(who: PersonId, work: (page: Page) => Promise<void>, size?: typeof PHONE): Promise<void> {
    const page = await this.#browsers.visit({ who, language: this.#language, ...(size === undefined ? {} : { size }) });
    try {
      await work(page);
    } catch (error) {
      await page.screenshot({ path: join(SHOTS, `story-failed-${this.#language}.png`), fullPage: true });
      throw error;
    }
    await this.#browsers.leave(page);
  }

  async #open(page: Page, path: string): Promise<void> {
    await page.goto(`${this.#cloud.url}/console${path}`);
  }

  #look(page: Page, name: string): Promise<void> {
    return look(page, `story-${name}-${this.#language}`);
  }

  #t(key: TextKey, values: Readonly<Record<string, string>> = {}): string {
    return TEXTS[this.#language][key].replaceAll(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  #button(page: Page, key: TextKey) {
    return page.getByRole("button", { name: named(this.#t(key)) });
  }

  #inDialog(page: Page, key: TextKey) {
    return page.getByRole("dialog").getByRole("button", { name: named(this.#t(key)) });
  }
}

/** A button's whole name. The name of an icon may stand before it. */
function named(text: string): RegExp {
  return new RegExp(`(^|\\s)${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

/** The input of a place in the plan, as `disputes.within`. */
function field(page: Page, place: string) {
  return page.locator(`[id="plan/${place.replaceAll(".", "/")}-input"]`);
}

/** Pastes a text into the grid, as it comes from a spreadsheet. */
async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole("grid").focus();
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }`);
}

/** The gallery's targets as a spreadsheet holds them: a row a branch, a column a target. */
function targetTable(): string {
  const rows = z
    .array(z.object({ subject: z.string(), label: z.string(), value: z.string() }))
    .parse(parse(readFileSync(join(JIANGXI, "targets.csv")), { columns: true, bom: true }));
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const of = (subject: string, label: string) =>
    rows.find((row) => row.subject === subject && row.label === label)?.value ?? "";
  return subjects.map((subject) => [subject, of(subject, "budget"), of(subject, "start")].join("\t")).join("\r\n");
}

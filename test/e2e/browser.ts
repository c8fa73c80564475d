import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { expect } from "vitest";
import * as z from "zod";
import type { PersonId } from "#infra/local/people.ts";
import { ROOT } from "#test/arch/source.ts";

/** Pictures of screens, for people. Not committed. */
export const SHOTS = join(ROOT, "build", "screenshots");
// Nothing here draws with WebGL, and doing that on a processor costs it.
chromium.setGraphicsMode = false;
const AXE = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
const SLOW = 60_000;
/** Dialogs and drawers fade in; what is half there has too little contrast. */
const FADED_IN_MS = 600;

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 900 };

const axeSchema = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

export interface Visit {
  readonly who: PersonId;
  readonly language: "en" | "zh";
  readonly look?: "light" | "dark";
  readonly size?: { readonly width: number; readonly height: number };
  /** Pixels of a picture for one of the page. */
  readonly scale?: number;
}

/** People in front of browsers, looking at the console that is served below `url`. */
export class Browsers {
  readonly #url: () => string;
  /** One a visit: it runs in one process, and ends with its first page. */
  readonly #open: Browser[] = [];
  readonly #pages: { readonly page: Page; readonly who: PersonId }[] = [];
  /** What the page's policy has forbidden, and errors of scripts, over all visits. */
  readonly faults: string[] = [];

  /** @param url of the local cloud, once it is there */
  constructor(url: () => string) {
    this.#url = url;
    mkdirSync(SHOTS, { recursive: true });
  }

  /** Somebody signs in and sees their home. */
  async visit({ who, language, look = "light", size = DESK, scale = 1 }: Visit): Promise<Page> {
    const executablePath = await chromium.executablePath();
    const browser = await playwright.launch({ executablePath, args: chromium.args, headless: true });
    this.#open.push(browser);
    const locale = language === "zh" ? "zh-CN" : "en-GB";
    const context = await browser.newContext({
      viewport: size,
      locale,
      colorScheme: look,
      deviceScaleFactor: scale,
      // What still moves when it is clicked is missed on a busy machine.
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(SLOW);
    const page = await context.newPage();
    this.#pages.push({ page, who });
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy|Refused/.test(message.text())) this.faults.push(message.text());
    });
    await page.goto(`${this.#url()}/console/`);
    await page.getByRole("button", { name: language === "zh" ? "登录" : "Sign in" }).click();
    await page.locator(`a[href*="as=${who}"]`).first().click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    return page;
  }

  /** What everybody who has not left yet sees, as a picture and in words: of a test that failed. */
  async showAll(): Promise<void> {
    for (const { page, who } of this.#pages) {
      if (page.isClosed()) continue;
      const path = join(SHOTS, `failed-${who}-${Date.now()}.png`);
      await page.screenshot({ path, fullPage: true });
      const words = await page.locator("body").innerText();
      process.stderr.write(`${who} last saw ${page.url()} (${path}):\n${words}\n`);
    }
  }

  async leave(page: Page): Promise<void> {
    await page.context().browser()?.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((browser) => browser.close()));
  }
}

/** Looks at a screen: a picture for people, and that nothing stands in the way of those who see or point less. */
export async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(FADED_IN_MS);
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  expect(await barriers(page)).toEqual([]);
}

/** axe's findings. It is put into the page by the browser, which the page's policy does not concern. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })");
  return axeSchema
    .parse(found)
    .violations.map(
      ({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
    );
}

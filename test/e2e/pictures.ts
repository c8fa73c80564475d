import { join, relative } from "node:path";
import { log } from "#functions/_kit/log.ts";
import { startLocalCloud } from "#infra/local/cloud.ts";
import { playJiangxi } from "#infra/local/story/jiangxi.ts";
import { StoryTerminal } from "#infra/local/story/terminal.ts";
import { ROOT } from "#test/arch/source.ts";
import { Browsers, PHONE, type Visit } from "./browser.ts";

/** `node test/e2e/pictures.ts`: plays the Jiangxi campaign and takes the README's pictures of the console. */

const FOLDER = join(ROOT, "shared/docs/pictures");
const WIDE = { width: 1280, height: 860 };
/** Half of the page's pixels a side: small files, still readable. */
const SMALL = 0.5;

interface Picture extends Visit {
  readonly name: string;
  readonly path: string;
  /** What is there when the screen is. */
  readonly shows: string;
}

const RUN = "jiangxi-travel-2018.adjustment-1";
const campaign = (path: string) => `/campaigns/jiangxi-travel-2018${path}`;
const PICTURES: readonly Picture[] = [
  { name: "gallery", who: "mei.lin", language: "zh", path: "/campaigns/new", shows: ".plan-scheme" },
  {
    name: "plan",
    who: "mei.lin",
    language: "en",
    size: { width: 1440, height: 968 },
    path: campaign("/plan"),
    shows: ".plan-panes-both",
  },
  { name: "picture", who: "mei.lin", language: "en", path: campaign("/picture"), shows: "canvas" },
  { name: "board", who: "mei.lin", language: "en", path: campaign("/board"), shows: ".race-row" },
  { name: "run", who: "fang.wei", language: "zh", path: campaign(`/runs/${RUN}`), shows: ".figures" },
  {
    name: "statement",
    who: "a-nanchang-001",
    language: "zh",
    size: PHONE,
    path: campaign("/statement"),
    shows: ".amount",
  },
];

log.setLogLevel("ERROR");
const cloud = await startLocalCloud({ clock: { simulatedFrom: "2018-04-15T09:00:00+08:00" }, log: () => {} });
const browsers = new Browsers(() => cloud.url);
try {
  await playJiangxi(cloud, new StoryTerminal(process.stdout));
  for (const { name, path, shows, ...visit } of PICTURES) {
    const page = await browsers.visit({ size: WIDE, scale: SMALL, ...visit });
    await page.goto(`${cloud.url}/console${path}`);
    await page.locator(shows).first().waitFor();
    // Bars and charts move into place.
    await page.waitForTimeout(1_500);
    const file = join(FOLDER, `${name}.png`);
    await page.screenshot({ path: file });
    process.stdout.write(`${relative(ROOT, file)}\n`);
    await browsers.leave(page);
  }
} finally {
  await browsers.close();
  await cloud.stop();
}

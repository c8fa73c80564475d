import { describe, expect, it } from "vitest";
import type { PersonId } from "#infra/local/people.ts";
import { look } from "./browser.ts";
import { CAMPAIGN, playToApproval } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";

/** Each screen in each language: a picture, and nothing in the way of those who see or point less. Stories play elsewhere. */

const tab = (name: string) => [`campaign-${name}`, `/campaigns/${CAMPAIGN}/${name}`] as const;

/** Who opens what, by their address. */
const OPENED: readonly (readonly [who: PersonId, screens: readonly (readonly [name: string, path: string])[]])[] = [
  [
    "mei.lin",
    [
      ["home", "/"],
      ["campaigns", "/campaigns"],
      ["gallery", "/campaigns/new"],
      ...["board", "plan", "picture", "simulate", "targets", "runs", "payouts", "life", "disputes"].map(tab),
      ["statement", `/campaigns/${CAMPAIGN}/statement/participant/a-nanchang-001`],
      ["run", `/campaigns/${CAMPAIGN}/runs/${CAMPAIGN}.final-1`],
      ["checks", `/campaigns/${CAMPAIGN}/runs/checks`],
      ["inbox", "/inbox"],
      ["disputes", "/disputes"],
      ["channels", "/channels"],
    ],
  ],
  [
    "sun.hao",
    [
      ["approvals", "/approvals/all"],
      ["sources", "/sources"],
      ["source", "/sources/jx-app-pos"],
      ["imports", "/imports"],
      ["people", "/people"],
      ["person", "/people/a-nanchang-001"],
      ["organisation", "/organisation"],
      ["unit", "/organisation/nanchang"],
      ["audit", "/audit"],
      ["settings", "/settings"],
      ["nowhere", "/there/is/none"],
    ],
  ],
];

const { browsers, at } = servedConsole(playToApproval);

describe.each(["en", "zh"] as const)("every screen (%s)", (language) => {
  it.each(OPENED)("that %s opens", async (who, screens) => {
    const page = await browsers.visit({ who, language });
    for (const [name, path] of screens) {
      await page.goto(at(path));
      await page.waitForLoadState("networkidle");
      await page.getByRole("heading").first().waitFor();
      expect([name, await page.getByRole("alert").count()]).toEqual([name, 0]);
      await look(page, `screen-${name}-${language}`);
    }
    await browsers.leave(page);
  });
});

it("no screen did what the policy forbids, or had an error", () => {
  expect(browsers.faults).toEqual([]);
});

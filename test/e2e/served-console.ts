import { afterAll, beforeAll, beforeEach } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { Browsers } from "./browser.ts";

/** Before the Jiangxi campaign begins. */
const IN_APRIL = "2018-04-15T09:00:00+08:00";

/** A local cloud that serves the console to people in front of browsers, for the tests of one file. */
export interface ServedConsole {
  /** From the first test on. */
  readonly cloud: LocalCloud;
  readonly browsers: Browsers;
  /** The address of a screen. */
  readonly at: (path: string) => string;
}

/**
 * Begins before the file's tests and ends after them.
 *
 * @param play what has happened before anybody looks
 */
export function servedConsole(
  play: (cloud: LocalCloud) => Promise<void>,
  { simulatedFrom = IN_APRIL }: { readonly simulatedFrom?: string } = {},
): ServedConsole {
  let begun: LocalCloud | undefined;
  const cloud = () => {
    if (!begun) throw new Error("the console is served while tests run");
    return begun;
  };
  const browsers = new Browsers(() => cloud().url);

  beforeAll(async () => {
    begun = await startLocalCloud({ clock: { simulatedFrom }, log: () => {} });
    await play(begun);
  });

  beforeEach(({ onTestFailed }) => onTestFailed(() => browsers.showAll()));

  afterAll(async () => {
    await browsers.close();
    await begun?.stop();
  });

  return {
    get cloud() {
      return cloud();
    },
    browsers,
    at: (path) => `${cloud().url}/console${path}`,
  };
}

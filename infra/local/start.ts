import { createServer } from "node:net";
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { log } from "#functions/_kit/log.ts";
import { startLocalCloud } from "./cloud.ts";
import { fetchPayoutFiles } from "./story/fetch-payout-files.ts";
import { playJiangxi } from "./story/jiangxi.ts";
import { StoryTerminal } from "./story/terminal.ts";

/** `npm start`: the main job on this machine, played through, then left running to be looked at. */
const USAGE = `npm start -- [--once] [--port <number>]

  --once   play the Jiangxi campaign and exit
  --port   where to serve HTTP (default: 8080, or a free one if that is taken)
`;

const USUAL_PORT = 8080;
const FILES_FOLDER = resolve(import.meta.dirname, "../../build/local");
const BEFORE_THE_CAMPAIGN = "2018-04-15T09:00:00+08:00";

const { values } = parseArgs({
  options: { once: { type: "boolean" }, port: { type: "string" }, help: { type: "boolean" } },
});
if (values.help) {
  process.stdout.write(USAGE);
} else {
  await start(values.once ?? false, values.port === undefined ? await usualPort() : Number(values.port));
}

/** 8080, unless something else is heard there. */
async function usualPort(): Promise<number | undefined> {
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(USUAL_PORT, "127.0.0.1", () => server.close(() => resolve(true)));
  });
  return isFree ? USUAL_PORT : undefined;
}

async function start(once: boolean, port: number | undefined): Promise<void> {
  const terminal = new StoryTerminal(process.stdout);
  // The story shows what was refused; what is logged besides are faults.
  log.setLogLevel("ERROR");
  const startedAt = performance.now();
  terminal.heading("Laurel on this machine: the deployed handlers on DynamoDB Local");
  const cloud = await startLocalCloud({
    clock: { simulatedFrom: BEFORE_THE_CAMPAIGN },
    ...(port === undefined ? {} : { port }),
  });
  let played: string;
  try {
    const { campaign, posted, disagreements } = await playJiangxi(cloud, terminal);
    played = campaign;
    terminal.heading("Payout files");
    for (const file of await fetchPayoutFiles(cloud, posted, FILES_FOLDER))
      terminal.text(relative(process.cwd(), file));
    terminal.text(`\nplayed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    if (disagreements.length > 0) process.exitCode = 1;
  } catch (error) {
    await cloud.stop();
    throw error;
  }
  if (once) {
    await cloud.stop();
    return;
  }
  terminal.heading("Still serving; stop with Ctrl-C");
  terminal.text(`console 控制台                  ${cloud.url}/console/campaigns/${played}`);
  terminal.text(`API reference, try every call   ${cloud.url}/docs`);
  terminal.text(`sign in, get a token 登录       ${cloud.url}/local/sign-in`);
  terminal.text(`what failed, if anything        ${cloud.url}/local/failures`);
}

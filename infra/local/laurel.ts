import { resolve } from "node:path";
import { fetchAudit, isFetch } from "./cli/audit-fetch.ts";
import type { Terminal } from "./cli/command.ts";
import { runCommandLine } from "./cli/main.ts";

/** The command line's process: `npm run -s laurel -- <command> …`. */

/** npm runs scripts in the package's folder; a path is meant from where the user called npm. */
const workingFolder =
  process.env.npm_lifecycle_event === "laurel" ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const args = process.argv.slice(2);
const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  resolve: (path) => resolve(workingFolder, path),
};
process.exitCode = isFetch(args)
  ? await fetchAudit(args, terminal, process.env.LAUREL_TOKEN)
  : runCommandLine(args, terminal);

import { resolve } from "node:path";
import { type Command, EXIT_OK, EXIT_WRONG_INPUT, type Terminal, UsageError } from "./cli/command.ts";
import { schemaCommand } from "./cli/schema.ts";
import { settleCommand } from "./cli/settle.ts";
import { statementCommand } from "./cli/statement.ts";
import { validateCommand } from "./cli/validate.ts";

/** The command line: `npm run -s laurel -- <command> …`. */
const COMMANDS: Readonly<Record<string, Command>> = {
  settle: settleCommand,
  statement: statementCommand,
  validate: validateCommand,
  schema: schemaCommand,
};

const USAGE = `usage: laurel <command> [flags]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}\n`)
  .join("")}
laurel <command> --help tells the flags of a command.
`;

/** npm runs scripts in the package's folder; a path is meant from where the user called npm. */
const workingFolder =
  process.env.npm_lifecycle_event === "laurel" ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  resolve: (path) => resolve(workingFolder, path),
};

function main([name, ...args]: readonly string[]): number {
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.out(USAGE);
    return EXIT_OK;
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    terminal.err(`${name === undefined ? "no command given" : `there is no command ${name}`}\n\n${USAGE}`);
    return EXIT_WRONG_INPUT;
  }
  try {
    return command.run(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`${error.message}\n\nusage: ${command.usage}`);
    return EXIT_WRONG_INPUT;
  }
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = main(process.argv.slice(2));

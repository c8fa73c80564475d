import { auditCommand } from "./audit.ts";
import { type Command, EXIT_OK, EXIT_WRONG_INPUT, type Terminal, UsageError } from "./command.ts";
import { lintCommand } from "./lint.ts";
import { replayCommand } from "./replay.ts";
import { schemaCommand } from "./schema.ts";
import { settleCommand } from "./settle.ts";
import { simulateCommand } from "./simulate.ts";
import { statementCommand } from "./statement.ts";
import { validateCommand } from "./validate.ts";
import { verifyCommand } from "./verify.ts";
import { whatIfCommand } from "./what-if.ts";

const COMMANDS: Readonly<Record<string, Command>> = {
  settle: settleCommand,
  verify: verifyCommand,
  replay: replayCommand,
  statement: statementCommand,
  simulate: simulateCommand,
  "what-if": whatIfCommand,
  validate: validateCommand,
  lint: lintCommand,
  schema: schemaCommand,
  audit: auditCommand,
};

const USAGE = `usage: laurel <command> [flags]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}\n`)
  .join("")}
laurel <command> --help tells the flags of a command.
`;

/** Runs one command line. @returns the exit code */
export function runCommandLine([name, ...args]: readonly string[], terminal: Terminal): number {
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

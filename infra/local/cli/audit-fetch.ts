import { auditAnchorSchema, auditEntrySchema } from "#domain/audit.ts";
import { ApiClient, ApiRefusal } from "../story/client.ts";
import { EXIT_OK, EXIT_WRONG_INPUT, type Terminal, UsageError } from "./command.ts";
import { readFlags, requiredFlag } from "./flags.ts";

/** Whether a command line asks a server: `laurel audit export` and `laurel audit anchor`. */
export function isFetch([command, word]: readonly string[]): boolean {
  return command === "audit" && (word === "export" || word === "anchor");
}

/** Writes what the API tells of the audit to stdout: an entry a line, or the anchor. @returns the exit code */
export async function fetchAudit(
  [, word, ...args]: readonly string[],
  terminal: Terminal,
  token: string | undefined,
): Promise<number> {
  try {
    const { values } = readFlags(args, ["url", "day"] as const);
    const url = requiredFlag(values, "url").replace(/\/$/, "");
    const day = values.get("day");
    if (token === undefined) throw new UsageError("LAUREL_TOKEN is not set");
    const api = new ApiClient(url, async () => token);
    if (word === "anchor") {
      terminal.out(
        `${JSON.stringify(await api.ask(`/v1/audit/anchor${day === undefined ? "" : `?day=${encodeURIComponent(day)}`}`, auditAnchorSchema))}\n`,
      );
      return EXIT_OK;
    }
    for (const entry of await api.all("/v1/audit?limit=200", auditEntrySchema)) {
      terminal.out(`${JSON.stringify(entry)}\n`);
    }
    return EXIT_OK;
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof ApiRefusal)) throw error;
    terminal.err(`${error.message}\n`);
    return EXIT_WRONG_INPUT;
  }
}

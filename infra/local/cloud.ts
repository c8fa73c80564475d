import { join } from "node:path";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { documentClient } from "#adapters/dynamodb/client.ts";
import { importReader } from "#adapters/files/import-reader.ts";
import { systemClock } from "#adapters/system/clock.ts";
import { JwtIdentity } from "#adapters/system/identity-jwt.ts";
import type { Actor } from "#domain/actor.ts";
import { createImports } from "#functions/imports/app.ts";
import { createRebuild } from "#functions/rebuild/app.ts";
import { createReconcile } from "#functions/reconcile/app.ts";
import { createSettle } from "#functions/settle/app.ts";
import type { Clock, Identity } from "#ports/system.ts";
import { businessClock, type ClockChoice, type CloudTime, keepTime } from "./cloud-clock.ts";
import { type LocalDeps, localDeps, localFiles, TABLE_PREFIX } from "./cloud-deps.ts";
import { gatewayRoutes } from "./cloud-routes.ts";
import { allIdle, redriveAll, startWorkers } from "./cloud-workers.ts";
import { folderJournal } from "./durable/journal.ts";
import {
  createLocalImports,
  createLocalJobs,
  createLocalReconciliations,
  type JobFailure,
  LocalDurable,
} from "./durable.ts";
import { createTables, LOCAL_CLIENT_CONFIG, startDynamoDbLocal } from "./dynamodb.ts";
import { startHttpServer } from "./http-server.ts";
import { createLocalIdentity, type LocalIdentity } from "./identity.ts";
import { LocalMessages } from "./messages.ts";
import { PEOPLE, type PersonId } from "./people.ts";
import { endOnSignals, Shutdown } from "./shutdown.ts";
import { SourceSecrets, signAs } from "./source-secrets.ts";
import type { StreamFailure } from "./streams.ts";
import { UNSIGNED } from "./unsigned.ts";
import { LocalUploads } from "./uploads.ts";

export interface LocalCloudOptions {
  /** Where HTTP is served; a free port by default. */
  readonly port?: number;
  /** The business clock: the machine's, or one that stands still until it is moved. */
  readonly clock: ClockChoice;
  /** A folder that keeps tables, jobs and files; without it everything is gone at the end. */
  readonly dataPath?: string;
  /** A DynamoDB Local that runs already, and goes on after this cloud; without it one is started, and ended at the end. */
  readonly databaseUrl?: string;
  /** A folder for files alone. */
  readonly filesPath?: string;
  readonly log?: (message: string, error: unknown) => void;
}

export interface Failures {
  readonly streams: readonly StreamFailure[];
  readonly jobs: readonly JobFailure[];
}

export interface LocalCloud extends CloudTime {
  readonly url: string;
  /** Where DynamoDB Local answers: for the AWS command line and for looking into tables. */
  readonly databaseUrl: string;
  readonly deps: LocalDeps;
  tokenFor(who: PersonId | Actor): Promise<string>;
  /** The headers of a delivery by a source that is registered with the secret `sourceSecretName(source)`. */
  signWebhook(source: string, body: string | Uint8Array): Record<string, string>;
  /** Resolves when everything that follows from what was written before is done: streams, workers, jobs. */
  idle(): Promise<void>;
  failures(): Failures;
  /** Tries again what streams have given up. */
  redrive(): Promise<{ passed: number; failed: number }>;
  stop(): Promise<void>;
}

type Log = NonNullable<LocalCloudOptions["log"]>;

/** Starts the whole platform on this machine: the deployed handlers on DynamoDB Local. Ends everything it began if it cannot. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const shutdown = new Shutdown();
  shutdown.add(endOnSignals(shutdown));
  try {
    return await start(options, shutdown);
  } catch (error) {
    await shutdown.end();
    throw error;
  }
}

async function start(options: LocalCloudOptions, shutdown: Shutdown): Promise<LocalCloud> {
  const { dataPath } = options;
  const log: Log = (message, error) => {
    if (!shutdown.ending) (options.log ?? console.error)(message, error);
  };
  const clock = businessClock(options.clock);
  const identity = await createLocalIdentity(
    dataPath === undefined ? undefined : join(dataPath, "identity", "key.json"),
  );
  const secrets = new SourceSecrets();
  const { databaseUrl, client } = await startDatabase(options, shutdown);
  const durable = createDurable(clock, dataPath, shutdown, log);
  const files = localFiles(options.filesPath, dataPath);
  const uploads = new LocalUploads(files, systemClock);
  const messages = new LocalMessages(clock);
  const deps = localDeps({
    client,
    clock,
    secrets,
    files,
    importJobs: createLocalImports(durable),
    uploadLinks: uploads,
    jobs: createLocalJobs(durable),
    reconciliations: createLocalReconciliations(durable),
    identity: identityOf(identity),
  });
  durable.register("settle", createSettle(deps));
  durable.register("rebuild", createRebuild(deps));
  durable.register("reconcile", createReconcile(deps));
  durable.register("imports", createImports({ ...deps, importReader }));

  const streams = await startWorkers(deps, databaseUrl, shutdown, log);
  const failures = () => ({ streams: streams.flatMap((stream) => stream.failures()), jobs: durable.failures() });
  const redrive = () => redriveAll(streams);
  const idle = () => allIdle(durable, streams);
  const routes = gatewayRoutes(deps, {
    identity,
    failures,
    redrive,
    messages: () => messages.all(),
    sign: (source, body, event) => signAs(deps.plans, secrets, { source, body, event }),
  });
  const server = await startHttpServer({
    routes: [uploads.route(), ...routes],
    log,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  identity.servedAt(server.url);
  uploads.servedAt(server.url);
  shutdown.add(() => server.stop());
  durable.resume();

  return {
    url: server.url,
    databaseUrl,
    deps,
    tokenFor: (who) => identity.tokenFor(typeof who === "string" ? person(who) : who),
    signWebhook: (source, body) => secrets.sign(source, body),
    idle,
    ...keepTime(clock, { deps, messengers: messages.messengers, durable, idle, shutdown, log }),
    failures,
    redrive,
    stop: () => shutdown.end(),
  };
}

async function startDatabase(
  { dataPath, databaseUrl: running }: Pick<LocalCloudOptions, "dataPath" | "databaseUrl">,
  shutdown: Shutdown,
): Promise<{ databaseUrl: string; client: DynamoDBDocumentClient }> {
  const databaseUrl = running ?? (await startOwnDatabase(dataPath, shutdown));
  await createTables(databaseUrl, TABLE_PREFIX);
  const client = documentClient({ ...LOCAL_CLIENT_CONFIG, ...UNSIGNED, endpoint: databaseUrl });
  shutdown.add(() => client.destroy());
  return { databaseUrl, client };
}

async function startOwnDatabase(dataPath: string | undefined, shutdown: Shutdown): Promise<string> {
  const database = await startDynamoDbLocal(dataPath === undefined ? {} : { path: join(dataPath, "tables") });
  shutdown.add(() => database.stop());
  return database.endpoint;
}

function createDurable(clock: Clock, dataPath: string | undefined, shutdown: Shutdown, log: Log): LocalDurable {
  const journal = dataPath === undefined ? undefined : folderJournal(join(dataPath, "jobs"));
  const durable = new LocalDurable({ clock, log, ...(journal ? { journal } : {}) });
  shutdown.add(() => durable.stop());
  return durable;
}

/** Made with the first call: by then the server has an address, which is the issuer's name. */
function identityOf({ settings }: LocalIdentity): Identity {
  let identity: JwtIdentity | undefined;
  return {
    actorOf: (token) => {
      identity ??= new JwtIdentity(settings(), systemClock);
      return identity.actorOf(token);
    },
  };
}

function person(subject: PersonId): Actor {
  const found = PEOPLE.find((one) => one.subject === subject);
  if (found === undefined) throw new Error(`nobody is called ${subject}`);
  return found;
}

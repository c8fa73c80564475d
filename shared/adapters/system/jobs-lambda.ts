import { createHash } from "node:crypto";
import {
  CallbackTimeoutException,
  DurableExecutionAlreadyStartedException,
  InvokeCommand,
  type LambdaClient,
  SendDurableExecutionCallbackSuccessCommand,
} from "@aws-sdk/client-lambda";
import type { ImportJobs } from "#ports/imports.ts";
import type { Clock, Jobs, ReconciliationJobs, ReconciliationRequest, SettlementRequest } from "#ports/system.ts";

/** The durable functions' names, qualified by an alias: an execution goes on in the code it began with. */
export interface JobFunctions {
  readonly settle: string;
  readonly rebuild: string;
}

/** A rebuild or a look that died is started again by the clock, but not more often than this; twice at once does no harm. */
const AGAIN_MS = 60 * 60_000;

/** Starts durable functions; the execution's name makes a second start of the same work find the first. */
export class LambdaJobs implements Jobs {
  readonly #client: LambdaClient;
  readonly #functions: JobFunctions;
  readonly #clock: Clock;

  /** `clock` is the machine's: it spaces repeated starts. */
  constructor(client: LambdaClient, functions: JobFunctions, clock: Clock) {
    this.#client = client;
    this.#functions = functions;
    this.#clock = clock;
  }

  async startSettlement(request: SettlementRequest): Promise<void> {
    const { campaign, runId, kind, asOf, submittedBy } = request;
    const name = executionName("settle", `${campaign}#${runId}`);
    await this.#start(this.#functions.settle, name, { campaign, runId, kind, asOf, submittedBy });
  }

  async startRebuild(campaign: string, epoch: number, attempt = 1): Promise<void> {
    const turn = Math.floor(this.#clock.now() / AGAIN_MS);
    const name = executionName("rebuild", `${campaign}#${epoch}#${attempt}#${turn}`);
    await this.#start(this.#functions.rebuild, name, { campaign, epoch, attempt });
  }

  async wakeSettlement(callbackId: string): Promise<void> {
    try {
      await this.#client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId }));
    } catch (error) {
      // Nobody waits there any more: it was woken before, or has given up. The decision itself is in the ledger.
      if (!(error instanceof CallbackTimeoutException)) throw error;
    }
  }

  async #start(functionName: string, executionName: string, payload: object): Promise<void> {
    await startExecution(this.#client, functionName, executionName, payload);
  }
}

/** Looks as durable executions. One that died is started again by the clock, but not more often than once an hour. */
export class LambdaReconciliations implements ReconciliationJobs {
  readonly #client: LambdaClient;
  readonly #functionName: string;
  readonly #clock: Clock;

  /** `functionName` is qualified by its alias; `clock` is the machine's. */
  constructor(client: LambdaClient, functionName: string, clock: Clock) {
    this.#client = client;
    this.#functionName = functionName;
    this.#clock = clock;
  }

  async startReconciliation({ campaign, id }: ReconciliationRequest): Promise<void> {
    const turn = Math.floor(this.#clock.now() / AGAIN_MS);
    const name = executionName("reconcile", `${campaign}#${id}#${turn}`);
    await startExecution(this.#client, this.#functionName, name, { campaign, id });
  }
}

/** Imports as durable executions. */
export class LambdaImports implements ImportJobs {
  readonly #client: LambdaClient;
  readonly #functionName: string;

  /** `functionName` is qualified by its alias. */
  constructor(client: LambdaClient, functionName: string) {
    this.#client = client;
    this.#functionName = functionName;
  }

  async startImport(id: string, attempt: number): Promise<void> {
    const name = executionName("import", `${id}#${attempt}`);
    await startExecution(this.#client, this.#functionName, name, { id, attempt });
  }
}

async function startExecution(
  client: LambdaClient,
  functionName: string,
  executionName: string,
  payload: object,
): Promise<void> {
  try {
    await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: "Event",
        DurableExecutionName: executionName,
        Payload: new TextEncoder().encode(JSON.stringify(payload)),
      }),
    );
  } catch (error) {
    if (!(error instanceof DurableExecutionAlreadyStartedException)) throw error;
  }
}

/** At most 64 of letters, digits, dash and underscore: readable at the front, exact by the hash at the end. */
export function executionName(kind: string, work: string): string {
  const readable = `${kind}-${work.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`.slice(0, 47);
  return `${readable}-${createHash("sha256").update(`${kind}#${work}`).digest("hex").slice(0, 16)}`;
}

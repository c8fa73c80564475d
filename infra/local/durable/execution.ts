import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type CheckpointDurableExecutionRequest,
  type CheckpointDurableExecutionResponse,
  DurableExecutionClientError,
  type DurableExecutionInvocationInput,
  DurableExecutionInvocationInputWithClient,
} from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import { formatInstant } from "#domain/instant.ts";
import type { Clock } from "#ports/system.ts";
import { type LambdaHandler, lambdaContext } from "../lambda-context.ts";
import { Operations, type SavedOperations } from "./operations.ts";

export type ExecutionStatus = "running" | "succeeded" | "failed";

/** An execution as it is kept: enough to go on after a restart. */
export interface SavedExecution extends SavedOperations {
  readonly name: string;
  readonly functionName: string;
  readonly arn: string;
  readonly status: ExecutionStatus;
  readonly error?: string | undefined;
}

export interface ExecutionSurroundings {
  readonly handler: LambdaHandler<DurableExecutionInvocationInput>;
  /** Waits and timeouts are a matter of business, so they follow the business clock. */
  readonly clock: Clock;
  /** Called after every change that has to outlive the process. */
  readonly changed: (execution: Execution) => void;
}

const answerSchema = z.discriminatedUnion("Status", [
  z.object({ Status: z.literal("SUCCEEDED") }),
  z.object({ Status: z.literal("PENDING") }),
  z.object({
    Status: z.literal("FAILED"),
    Error: z.object({ ErrorType: z.string().optional(), ErrorMessage: z.string().optional() }).optional(),
  }),
]);
type Answer = z.infer<typeof answerSchema>;

/** How often an invocation that breaks off is tried, as Lambda does before it lets the execution fail. */
const MOST_INVOCATIONS_IN_A_ROW = 3;

/** A new execution that has done nothing yet, with `payload` as its input. */
export function newExecution(name: string, functionName: string, payload: unknown, now: number): SavedExecution {
  const id = randomUUID();
  const arn = `arn:aws:lambda:local:000000000000:function:${functionName}:$LATEST/durable-execution/${name}/${id}`;
  const operation = {
    Id: id,
    Type: "EXECUTION",
    Status: "STARTED",
    StartTimestamp: formatInstant(now),
    ExecutionDetails: { InputPayload: JSON.stringify(payload) },
  } as const;
  return { name, functionName, arn, status: "running", operations: [operation], deadlines: {} };
}

/**
 * One durable execution: calls its handler whenever there is something new to tell, one invocation at a time, until it is
 * finished. Between invocations it is nothing but data.
 */
export class Execution {
  readonly name: string;
  readonly functionName: string;
  readonly #arn: string;
  readonly #operations: Operations;
  readonly #surroundings: ExecutionSurroundings;
  readonly #retries = new Map<string, NodeJS.Timeout>();
  status: ExecutionStatus;
  error: string | undefined;
  #token = "";
  #woken = false;
  #suspended = false;
  #driving = false;

  constructor(saved: SavedExecution, surroundings: ExecutionSurroundings) {
    this.name = saved.name;
    this.functionName = saved.functionName;
    this.status = saved.status;
    this.error = saved.error;
    this.#arn = saved.arn;
    this.#operations = new Operations(saved);
    this.#surroundings = surroundings;
  }

  save(): SavedExecution {
    const { name, functionName, status, error } = this;
    return { name, functionName, arn: this.#arn, status, error, ...this.#operations.save() };
  }

  /** Computing, or about to: waiting for a callback or for a time to come does not count, waiting to try a step again does. */
  get busy(): boolean {
    return this.#driving || this.#retries.size > 0;
  }

  get nextDeadline(): number | undefined {
    return this.status === "running" ? this.#operations.nextDeadline() : undefined;
  }

  /** Starts a new execution, or goes on with one that was interrupted. */
  start(): void {
    for (const id of this.#operations.pendingSteps()) this.#operations.readyStep(id);
    this.#wake();
  }

  /** False when the callback is none of this execution's. */
  succeedCallback(callbackId: string): boolean {
    const mine = this.#operations.succeedCallback(callbackId, this.#surroundings.clock.now());
    if (mine) this.#wake();
    return mine;
  }

  /** Looks whether the time has come for a wait to end or a callback to be given up. */
  settleDue(): void {
    if (this.status === "running" && this.#operations.settleDue(this.#surroundings.clock.now())) this.#wake();
  }

  /** Begins nothing more. An invocation that is on ends in its own time; what is left to do is left to {@link start} later. */
  suspend(): void {
    this.#suspended = true;
    for (const timer of this.#retries.values()) clearTimeout(timer);
    this.#retries.clear();
    this.#surroundings.changed(this);
  }

  #wake(): void {
    if (this.status !== "running") return;
    this.#woken = true;
    if (!this.#driving && !this.#suspended) {
      this.#driving = true;
      // Not in the caller's stack: whoever starts a job is not to wait for it.
      setImmediate(() => void this.#drive());
    }
    this.#surroundings.changed(this);
  }

  async #drive(): Promise<void> {
    while (this.#woken && this.status === "running" && !this.#suspended) {
      this.#woken = false;
      const answer = await this.#invoke();
      if (answer.Status === "SUCCEEDED") this.status = "succeeded";
      if (answer.Status === "FAILED")
        this.#fail(`${answer.Error?.ErrorType ?? "Error"}: ${answer.Error?.ErrorMessage ?? "no message"}`);
      if (answer.Status === "PENDING" && !this.#woken && !this.#operations.waitsForSomething()) {
        this.#fail("the handler suspended itself with nothing to wait for");
      }
    }
    this.#driving = false;
    this.#surroundings.changed(this);
  }

  #fail(error: string): void {
    this.status = "failed";
    this.error = error;
  }

  async #invoke(): Promise<Answer> {
    for (let invocation = 1; ; invocation += 1) {
      try {
        return answerSchema.parse(await this.#surroundings.handler(this.#input(), lambdaContext(this.functionName)));
      } catch (error) {
        if (invocation >= MOST_INVOCATIONS_IN_A_ROW) {
          const { name: ErrorType, message: ErrorMessage } = error instanceof Error ? error : new Error(String(error));
          return { Status: "FAILED", Error: { ErrorType, ErrorMessage } };
        }
        await sleep(100 * 2 ** invocation);
      }
    }
  }

  #input(): DurableExecutionInvocationInput {
    this.#token = randomUUID();
    const updated = this.#operations.takeUnseen();
    return new DurableExecutionInvocationInputWithClient(
      {
        DurableExecutionArn: this.#arn,
        CheckpointToken: this.#token,
        UpdatedOperationIds: updated.flatMap(({ Id }) => (Id === undefined ? [] : [Id])),
        InitialExecutionState: { Operations: this.#operations.visible(), NextMarker: "" },
      },
      {
        getExecutionState: async () => ({ Operations: this.#operations.visible(), NextMarker: "" }),
        checkpoint: async (request) => this.#checkpoint(request),
      },
    );
  }

  #checkpoint(request: CheckpointDurableExecutionRequest): CheckpointDurableExecutionResponse {
    // A token works once and only for the invocation it was given to; a stray checkpoint of an earlier one ends there.
    if (request.CheckpointToken !== this.#token)
      throw new DurableExecutionClientError("the checkpoint token is not valid");
    const now = this.#surroundings.clock.now();
    for (const update of request.Updates ?? []) {
      if (update.Type === "EXECUTION") continue;
      this.#operations.apply(update, now);
      if (update.Action === "RETRY")
        this.#retryLater(update.Id ?? "", update.StepOptions?.NextAttemptDelaySeconds ?? 0);
    }
    this.#token = randomUUID();
    this.#surroundings.changed(this);
    return {
      CheckpointToken: this.#token,
      NewExecutionState: { Operations: this.#operations.takeUnseen(), NextMarker: undefined },
    };
  }

  /** A retry is a matter of machines, so it follows real time: a simulated clock may stand still. */
  #retryLater(id: string, delaySeconds: number): void {
    if (this.#suspended) return;
    const timer = setTimeout(() => {
      this.#retries.delete(id);
      this.#operations.readyStep(id);
      this.#wake();
    }, delaySeconds * 1000);
    this.#retries.set(id, timer);
  }
}

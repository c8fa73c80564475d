import { randomUUID } from "node:crypto";
import type { OperationUpdate, WireOperation } from "@aws/durable-execution-sdk-js";
import { formatInstant } from "#domain/instant.ts";
import { isFinished, requireAllowed } from "./update-rules.ts";

export interface SavedOperations {
  readonly operations: readonly WireOperation[];
  /** When a wait ends or a callback is given up, by operation id. */
  readonly deadlines: Readonly<Record<string, number>>;
}

/**
 * What one durable execution has done so far: the service's side of the checkpoint protocol. Operations are replaced, never
 * changed in place, so what was handed out stays as it was.
 */
export class Operations {
  readonly #operations = new Map<string, WireOperation>();
  readonly #deadlines = new Map<string, number>();
  /** Changed since the running invocation was last told. */
  readonly #unseen = new Set<string>();

  constructor(saved: SavedOperations) {
    for (const operation of saved.operations) if (operation.Id) this.#operations.set(operation.Id, operation);
    for (const [id, deadline] of Object.entries(saved.deadlines)) this.#deadlines.set(id, deadline);
  }

  save(): SavedOperations {
    return { operations: [...this.#operations.values()], deadlines: Object.fromEntries(this.#deadlines) };
  }

  /** Applies what a checkpoint asks for. Throws, with nothing of that update applied, when the service would refuse it. */
  apply(update: OperationUpdate, now: number): void {
    const id = update.Id;
    if (id === undefined) throw new Error("an operation update has no id");
    const known = this.#operations.get(id);
    requireAllowed(update, known);
    const operation: WireOperation = known ?? {
      Id: id,
      ParentId: update.ParentId,
      Name: update.Name,
      Type: update.Type,
      SubType: update.SubType,
      StartTimestamp: formatInstant(now),
      Status: "STARTED",
    };
    this.#set(this.#changed(operation, update, now));
  }

  /** Completes a callback. False when no callback of this execution has that id; one that is completed stays as it is. */
  succeedCallback(callbackId: string, now: number): boolean {
    const operation = this.all().find((candidate) => candidate.CallbackDetails?.CallbackId === callbackId);
    if (operation === undefined) return false;
    if (!isFinished(operation)) this.#finish(operation, "SUCCEEDED", now);
    return true;
  }

  /** Ends the waits and gives up the callbacks that are due; true when there were any. */
  settleDue(now: number): boolean {
    const due = [...this.#deadlines].filter(([, deadline]) => deadline <= now);
    for (const [id] of due) {
      const operation = this.#operations.get(id);
      if (operation) this.#finish(operation, operation.Type === "WAIT" ? "SUCCEEDED" : "TIMED_OUT", now);
    }
    return due.length > 0;
  }

  /** Lets a step that waits for its next attempt go on. */
  readyStep(id: string): void {
    const operation = this.#operations.get(id);
    if (operation?.Status === "PENDING") this.#set({ ...operation, Status: "READY" });
  }

  nextDeadline(): number | undefined {
    return this.#deadlines.size > 0 ? Math.min(...this.#deadlines.values()) : undefined;
  }

  pendingSteps(): string[] {
    return this.all().flatMap(({ Id, Status }) => (Status === "PENDING" && Id !== undefined ? [Id] : []));
  }

  /** Whether something outside can move the execution on: a wait, a callback or a step's next attempt. */
  waitsForSomething(): boolean {
    const outside = (type: WireOperation["Type"]) => type === "WAIT" || type === "CALLBACK";
    return this.all().some((operation) =>
      outside(operation.Type) ? !isFinished(operation) : operation.Status === "PENDING" || operation.Status === "READY",
    );
  }

  all(): WireOperation[] {
    return [...this.#operations.values()];
  }

  /** What a new invocation is told: the children of a finished context are left out, unless it asked to keep them. */
  visible(): WireOperation[] {
    const hidden = new Set<string | undefined>();
    return this.all().filter((operation) => {
      const parent = operation.ParentId === undefined ? undefined : this.#operations.get(operation.ParentId);
      const hides = parent && (hidden.has(parent.Id) || (isFinished(parent) && !parent.ContextDetails?.ReplayChildren));
      if (hides) hidden.add(operation.Id);
      return !hides;
    });
  }

  /** What the invocation has not been told yet; asking makes it told. */
  takeUnseen(): WireOperation[] {
    const unseen = this.all().filter((operation) => this.#unseen.has(operation.Id ?? ""));
    this.#unseen.clear();
    return unseen;
  }

  #changed(operation: WireOperation, update: OperationUpdate, now: number): WireOperation {
    switch (update.Action) {
      case "START":
        return this.#started(operation, update, now);
      case "SUCCEED":
      case "FAIL":
        return this.#finished(withResult(operation, update), update.Action === "SUCCEED" ? "SUCCEEDED" : "FAILED", now);
      case "CANCEL":
        return this.#finished(operation, "CANCELLED", now);
      case "RETRY": {
        const next = { ...withResult(operation, update), Status: "PENDING" } as const;
        // Retries follow real time, and the SDK compares this with the machine's clock.
        const at = formatInstant(Date.now() + (update.StepOptions?.NextAttemptDelaySeconds ?? 0) * 1000);
        return { ...next, StepDetails: { ...next.StepDetails, NextAttemptTimestamp: at } };
      }
      default:
        throw new Error(`unknown action ${update.Action}`);
    }
  }

  #started(operation: WireOperation, update: OperationUpdate, now: number): WireOperation {
    const started = { ...operation, Status: "STARTED" } as const;
    if (update.Type === "WAIT") {
      const end = now + (update.WaitOptions?.WaitSeconds ?? 0) * 1000;
      this.#deadlines.set(update.Id ?? "", end);
      return { ...started, WaitDetails: { ScheduledEndTimestamp: formatInstant(end) } };
    }
    if (update.Type === "CALLBACK") {
      const timeoutSeconds = update.CallbackOptions?.TimeoutSeconds;
      if (timeoutSeconds !== undefined) this.#deadlines.set(update.Id ?? "", now + timeoutSeconds * 1000);
      return { ...started, CallbackDetails: { CallbackId: randomUUID() } };
    }
    return started;
  }

  #finish(operation: WireOperation, status: "SUCCEEDED" | "TIMED_OUT", now: number): void {
    this.#set(this.#finished(operation, status, now));
  }

  #finished(operation: WireOperation, status: NonNullable<WireOperation["Status"]>, now: number): WireOperation {
    this.#deadlines.delete(operation.Id ?? "");
    return { ...operation, Status: status, EndTimestamp: formatInstant(now) };
  }

  #set(operation: WireOperation): void {
    const id = operation.Id ?? "";
    this.#operations.set(id, operation);
    this.#unseen.add(id);
  }
}

/** An operation with what its attempt brought. Each end of an attempt counts it. */
function withResult(operation: WireOperation, update: OperationUpdate): WireOperation {
  const result = { Result: update.Payload, Error: update.Error };
  if (operation.Type === "STEP") {
    const attempt = (operation.StepDetails?.Attempt ?? 0) + 1;
    return { ...operation, StepDetails: { ...result, Attempt: attempt } };
  }
  if (operation.Type === "CONTEXT") {
    const ReplayChildren = update.ContextOptions?.ReplayChildren;
    return { ...operation, ContextDetails: { ...result, ReplayChildren } };
  }
  return operation;
}

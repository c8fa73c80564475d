import { DurableExecutionClientError, type OperationUpdate, type WireOperation } from "@aws/durable-execution-sdk-js";

/** The service's limits that a program can run into; a run that breaks one here would break there. */
const MOST_PAYLOAD_BYTES = 256 * 1024;
const NAME = /^[\x20-\x7e]{1,256}$/;

const TERMINAL = ["SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "STOPPED"];

export function isFinished(operation: WireOperation): boolean {
  return operation.Status !== undefined && TERMINAL.includes(operation.Status);
}

/** Refuses, as the service would, an update that its limits or the operation's state do not allow. */
export function requireAllowed(update: OperationUpdate, known: WireOperation | undefined): void {
  const what = `${update.Type} "${update.Name ?? update.Id}"`;
  if (update.Name !== undefined && !NAME.test(update.Name)) {
    refuse(`${what}: an operation's name has 1-256 characters of printable ASCII`);
  }
  const bytes = Buffer.byteLength(update.Payload ?? "");
  if (update.Type !== "EXECUTION" && bytes > MOST_PAYLOAD_BYTES) {
    refuse(
      `${what}: ${bytes} bytes of result, and a checkpoint takes ${MOST_PAYLOAD_BYTES}: put it into a file and return its key`,
    );
  }
  if (known && isFinished(known)) refuse(`${what}: ${update.Action} after it has ${known.Status}`);
  const mayStart = known === undefined || (known.Type === "STEP" && known.Status === "READY");
  if (update.Action === "START" && !mayStart) refuse(`${what}: started twice`);
  if (update.Action === "CANCEL" && known === undefined) refuse(`${what}: cancelled before it was started`);
  if (update.Type === "CHAINED_INVOKE")
    refuse(`${what}: calling another function durably does not work on the local cloud`);
  if (update.CallbackOptions?.HeartbeatTimeoutSeconds !== undefined) {
    refuse(`${what}: heartbeats of callbacks do not work on the local cloud`);
  }
}

/** The error that tells the SDK to fail the whole execution: trying again cannot help. */
function refuse(message: string): never {
  throw new DurableExecutionClientError(message, { scope: "EXECUTION" });
}

import type { Answer } from "../api/client.ts";

export type Dispute = Answer<"listDisputes">["items"][number];
/** With the line that it is about. */
export type ShownDispute = Answer<"getDispute">;

import type { Answer } from "../api/client.ts";

export type Run = Answer<"getRun">;
export type RunKind = Run["kind"];
export type Line = Answer<"listLines">["items"][number];
export type Payee = Line["payee"];
export type Step = Line["trace"][number];
export type Reconciliation = Answer<"getReconciliation">;

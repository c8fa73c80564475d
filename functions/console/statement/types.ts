import type { Answer } from "../api/client.ts";

export type Statement = Answer<"getStatement">;
export type Line = Statement["lines"][number];
export type Missed = Statement["notAwarded"][number];
/** Each step of a trace in words. */
export type Told = NonNullable<Line["told"]>;

export interface Payee {
  readonly kind: "participant" | "unit";
  readonly id: string;
}

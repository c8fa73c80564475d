import type { Answer } from "../api/client.ts";

export type Statement = Answer<"getStatement">;

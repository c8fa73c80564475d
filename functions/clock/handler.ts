import { clockDepsFromEnvironment } from "../_kit/ledger-deps.ts";
import { createClock } from "./app.ts";

export const handler = createClock(clockDepsFromEnvironment(process.env));

import { clockDepsFromEnvironment } from "../_kit/deps.ts";
import { createClock } from "./app.ts";

export const handler = createClock(clockDepsFromEnvironment(process.env));

import { depsFromEnvironment } from "../_kit/deps.ts";
import { createClock } from "./app.ts";

export const handler = createClock(depsFromEnvironment(process.env));

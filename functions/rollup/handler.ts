import { depsFromEnvironment } from "../_kit/deps.ts";
import { createRollupWorker } from "./app.ts";

export const handler = createRollupWorker(depsFromEnvironment(process.env));

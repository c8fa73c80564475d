import { rollupDepsFromEnvironment } from "../_kit/deps.ts";
import { createRollupWorker } from "./app.ts";

export const handler = createRollupWorker(rollupDepsFromEnvironment(process.env));

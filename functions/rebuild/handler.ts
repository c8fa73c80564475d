import { rebuildDepsFromEnvironment } from "../_kit/deps.ts";
import { createRebuild } from "./app.ts";

export const handler = createRebuild(rebuildDepsFromEnvironment(process.env));

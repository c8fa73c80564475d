import { depsFromEnvironment } from "../_kit/deps.ts";
import { createRebuild } from "./app.ts";

export const handler = createRebuild(depsFromEnvironment(process.env));

import { creditingDepsFromEnvironment } from "../_kit/deps.ts";
import { createRebuild } from "./app.ts";

export const handler = createRebuild(creditingDepsFromEnvironment(process.env));

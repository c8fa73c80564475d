import { depsFromEnvironment } from "../_kit/deps.ts";
import { createCreditWorker } from "./app.ts";

export const handler = createCreditWorker(depsFromEnvironment(process.env));

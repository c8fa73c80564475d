import { creditingDepsFromEnvironment } from "../_kit/deps.ts";
import { createCreditWorker } from "./app.ts";

export const handler = createCreditWorker(creditingDepsFromEnvironment(process.env));

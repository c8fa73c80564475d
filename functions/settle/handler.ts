import { depsFromEnvironment } from "../_kit/deps.ts";
import { createSettle } from "./app.ts";

export const handler = createSettle(depsFromEnvironment(process.env));

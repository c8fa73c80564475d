import { settleDepsFromEnvironment } from "../_kit/ledger-deps.ts";
import { createSettle } from "./app.ts";

export const handler = createSettle(settleDepsFromEnvironment(process.env));

import { apiDepsFromEnvironment } from "../_kit/ledger-deps.ts";
import { createApi } from "./app.ts";

export const handler = createApi(apiDepsFromEnvironment(process.env));

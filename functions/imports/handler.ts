import { importDepsFromEnvironment } from "../_kit/import-deps.ts";
import { createImports } from "./app.ts";

export const handler = createImports(importDepsFromEnvironment(process.env));

import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ASSETS } from "#functions/reference/app.ts";

/** Puts those files of Swagger UI that the API reference serves into a folder. */
export function copyReferenceAssets(folder: string): void {
  const installed = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  for (const name of Object.keys(ASSETS)) cpSync(join(installed, name), join(folder, name));
}

import { readFileSync } from "node:fs";
import * as z from "zod";

const schema = z.object({ version: z.string(), dependencies: z.object({ "openapi-fetch": z.string() }) });

/** Our own version, and that of what the client is built on. */
export function packageVersions(): { readonly version: string; readonly openapiFetch: string } {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { version, dependencies } = schema.parse(JSON.parse(text));
  return { version, openapiFetch: dependencies["openapi-fetch"] };
}

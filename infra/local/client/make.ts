import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import * as z from "zod";
import { openApiDocument } from "#contracts/openapi.ts";
import { packageVersions } from "./package-versions.ts";

const ENTRY = "infra/local/client/laurel-client.ts";

const DECLARATIONS = `import type { Client } from "openapi-fetch";
import type { paths } from "./schema.js";

export type { components, operations, paths } from "./schema.js";

export interface LaurelClientOptions {
  /** Where Laurel answers, such as \`https://laurel.example.com\`. */
  readonly baseUrl: string;
  /** A bearer token, or how to get one; asked before each call, so that it can be renewed. */
  readonly token: string | (() => string | Promise<string>);
  /** How often a call that was told to come again is sent again; 3 where it is not said. */
  readonly retries?: number;
  /** What sends requests: the platform's own \`fetch\` where it is not said. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** How to wait; for tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** A client of Laurel's API: \`const { data, error } = await laurel.GET("/v1/campaigns")\`. */
export function laurelClient(options: LaurelClientOptions): Client<paths, \`\${string}/\${string}\`>;
`;

/** Any OpenAPI 3 document; what is inside is for the generator to read. */
const documentSchema = z.custom<OpenAPI3>((value) => z.object({ openapi: z.string() }).safeParse(value).success);

/**
 * Writes the typed client as a package of its own: code, types, and the OpenAPI document they are made from. `folder` is made if
 * it is not there; the same contracts give the same bytes.
 */
export async function makeClient(folder: string): Promise<void> {
  const text = JSON.stringify(openApiDocument(), null, 2);
  const types = astToString(await openapiTS(documentSchema.parse(JSON.parse(text))));
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [ENTRY],
    outfile: join(folder, "index.js"),
    bundle: true,
    platform: "neutral",
    target: "es2022",
    external: ["openapi-fetch"],
  });
  const { version, openapiFetch } = packageVersions();
  const description = {
    name: "laurel-client",
    version,
    description: "A typed client of Laurel's API",
    license: "Apache-2.0",
    type: "module",
    exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
    dependencies: { "openapi-fetch": openapiFetch },
  };
  await Promise.all([
    writeFile(join(folder, "openapi.json"), `${text}\n`),
    writeFile(join(folder, "schema.d.ts"), types),
    writeFile(join(folder, "index.d.ts"), DECLARATIONS),
    writeFile(join(folder, "package.json"), `${JSON.stringify(description, null, 2)}\n`),
  ]);
}

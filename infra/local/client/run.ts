import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { breakingChanges } from "./api-changes.ts";
import { makeClient } from "./make.ts";
import { PUBLISHED, presentApi } from "./published.ts";

const { values, positionals } = parseArgs({
  options: { publish: { type: "boolean", default: false } },
  allowPositionals: true,
});

if (values.publish) {
  const before = z.json().parse(JSON.parse(await readFile(PUBLISHED, "utf8").catch(() => "{}")));
  for (const change of breakingChanges(before, presentApi())) console.log(`breaks: ${change}`);
  await writeFile(PUBLISHED, `${JSON.stringify(presentApi(), null, 1)}\n`);
  console.log(`${PUBLISHED} is the API as it is now`);
} else {
  const folder = positionals[0] ?? "build/client";
  await makeClient(folder);
  console.log(`the typed client is in ${folder}`);
}

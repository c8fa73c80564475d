import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunView } from "#contracts/views/run-views.ts";
import type { LocalCloud } from "../cloud.ts";
import { ApiClient } from "./client.ts";

/** Fetches the payout files of posted runs as finance would, and puts them in a folder; returns where they are. */
export async function fetchPayoutFiles(cloud: LocalCloud, runs: readonly RunView[], folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const finance = new ApiClient(cloud.url, () => cloud.tokenFor("fang.wei"));
  const paths: string[] = [];
  for (const { campaign, runId } of runs) {
    for (const format of ["csv", "xlsx"]) {
      const file = await finance.send(`/v1/campaigns/${campaign}/runs/${runId}/payout-file?format=${format}`);
      const path = join(folder, `${runId}.${format}`);
      writeFileSync(path, new Uint8Array(await file.arrayBuffer()));
      paths.push(path);
    }
  }
  return paths;
}

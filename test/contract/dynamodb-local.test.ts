import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { documentClient } from "#adapters/dynamodb/client.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { createTables, LOCAL_CLIENT_CONFIG, startDynamoDbLocal } from "#infra/local/dynamodb.ts";
import { fact } from "./suites/samples.ts";

describe("DynamoDB Local", () => {
  it("keeps its tables in a folder across restarts when told one, and creates what is missing only", async () => {
    const path = await mkdtemp(join(tmpdir(), "laurel-database-"));
    try {
      for (const outcome of ["stored", "duplicate"]) {
        const database = await startDynamoDbLocal({ path });
        try {
          await createTables(database.endpoint, "local-");
          await createTables(database.endpoint, "local-");
          const client = documentClient({ ...LOCAL_CLIENT_CONFIG, endpoint: database.endpoint });
          expect((await new DynamoFactStore(client, "local-facts").put(fact())).outcome).toBe(outcome);
          client.destroy();
        } finally {
          await database.stop();
        }
      }
    } finally {
      await rm(path, { recursive: true });
    }
  });

  it("without Java fails loudly and says what to install", () => {
    const module = pathToFileURL(join(import.meta.dirname, "../../infra/local/dynamodb.ts"));
    const script = `import { startDynamoDbLocal } from ${JSON.stringify(module.href)}; await startDynamoDbLocal();`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, JAVA_HOME: "/nowhere" },
      cwd: join(import.meta.dirname, "../.."),
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain("openjdk-17-jre-headless");
  });
});

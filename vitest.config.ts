import { defineConfig } from "vitest/config";

const BROWSED = ["test/e2e/{console,story}*.test.ts"];

/**
 * One project a tier: `unit` needs nothing but Node, `database` needs Java, `system` starts the whole local cloud, `browser` looks at
 * it with Chromium.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{unit,property,storm,conformance,arch,infra}/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "database",
          include: ["test/{contract,integration}/**/*.test.ts"],
          globalSetup: ["test/fixtures/dynamodb.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "system",
          include: ["test/e2e/**/*.test.ts"],
          exclude: BROWSED,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "browser",
          include: BROWSED,
          globalSetup: ["test/fixtures/chromium.ts"],
          env: { POWERTOOLS_LOG_LEVEL: "ERROR" },
          testTimeout: 300_000,
          hookTimeout: 540_000,
          // Screens are waited for more than computed.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

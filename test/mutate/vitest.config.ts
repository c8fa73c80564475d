import { defineConfig } from "vitest/config";

/** What a mutant of the engine is judged by: the tests of the engine alone, which need nothing but Node. */
export default defineConfig({
  test: {
    include: [
      "test/unit/kinds/*.test.ts",
      "test/unit/differences.test.ts",
      "test/unit/jiangxi-oracle.test.ts",
      "test/conformance/*.test.ts",
      "test/property/engine.test.ts",
    ],
    setupFiles: ["test/mutate/seed.ts"],
    testTimeout: 60_000,
  },
});

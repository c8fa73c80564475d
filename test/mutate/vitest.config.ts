import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Examples before properties: a mutant is dead after its first failing test, and an example is a thousand times faster. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const slow = ({ moduleId }: TestSpecification) => (moduleId.includes("/test/property/") ? 1 : 0);
    return files.toSorted((a, b) => slow(a) - slow(b));
  }
}

/**
 * What a mutant of the engine is judged by: the tests of the engine alone, which need nothing but Node. Not the gallery's: it is
 * settled before its first test, which Stryker takes for code that runs when a file loads, and so asks every test about every mutant.
 */
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
    sequence: { sequencer: ExamplesFirst },
    testTimeout: 60_000,
  },
});

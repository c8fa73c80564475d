import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FLOOR, inspectBoundaries } from "./boundaries.ts";
import { packageJson, typescriptBelow } from "./source.ts";

describe("the project", async () => {
  const { modules, imports, violations } = await inspectBoundaries();

  test("keeps to its import boundaries", () => {
    expect(violations).toEqual([]);
  });

  test("was inspected: every file, and no fewer than when last looked at", () => {
    const onDisk = typescriptBelow("shared", "functions", "infra", "test");
    expect(onDisk.filter((path) => !modules.includes(path))).toEqual([]);
    expect(modules.length).toBeGreaterThanOrEqual(FLOOR.modules);
    expect(imports).toBeGreaterThanOrEqual(FLOOR.imports);
  });
});

/** A file in each place that has rules of its own, for others to import. */
const LEAVES = [
  "shared/domain/leaf.ts",
  "shared/domain/time.ts",
  "shared/engine/leaf.ts",
  "shared/verify/leaf.ts",
  "shared/ports/leaf.ts",
  "shared/app/leaf.ts",
  "shared/contracts/leaf.ts",
  "shared/adapters/memory/leaf.ts",
  "functions/_kit/leaf.ts",
  "functions/api/leaf.ts",
  "functions/console/leaf.ts",
  "functions/credit/leaf.ts",
  "infra/lib/leaf.ts",
  "test/unit/leaf.ts",
];

/** Who may import what. Each line is planted in a tree of its own making and must pass. */
const ALLOWED: readonly [from: string, ...what: string[]][] = [
  ["shared/domain", "#domain/leaf.ts", "zod"],
  ["shared/engine", "#engine/leaf.ts", "#domain/leaf.ts", "node:crypto"],
  ["shared/verify", "#domain/leaf.ts"],
  ["shared/ports", "#ports/leaf.ts", "#domain/leaf.ts"],
  [
    "shared/app",
    "#domain/leaf.ts",
    "#engine/leaf.ts",
    "#ports/leaf.ts",
    "zod",
    "node:crypto",
    "node:util",
    "node:zlib",
  ],
  ["shared/contracts", "#contracts/leaf.ts", "#domain/leaf.ts", "zod", "zod-openapi"],
  ["shared/adapters/dynamodb", "#domain/leaf.ts", "#ports/leaf.ts", "@aws-sdk/client-s3", "node:fs/promises"],
  ["shared/adapters/files", "#adapters/memory/leaf.ts", "zod", "yaml", "csv-parse", "csv-stringify", "jose"],
  ["functions/_kit", "#functions/_kit/leaf.ts", "#app/leaf.ts", "#ports/leaf.ts", "@aws-lambda-powertools/logger"],
  [
    "functions/api",
    "#functions/api/leaf.ts",
    "#functions/_kit/leaf.ts",
    "#contracts/leaf.ts",
    "#adapters/memory/leaf.ts",
  ],
  ["functions/settle", "#domain/leaf.ts", "@middy/core", "@aws/durable-execution-sdk-js", "zod", "swagger-ui-dist"],
  ["functions/console", "#functions/console/leaf.ts", "antd", "react", "wouter", "@tanstack/react-query"],
  ["infra/local", "#infra/lib/leaf.ts", "#functions/api/leaf.ts", "#engine/leaf.ts", "#verify", "esbuild", "node:http"],
  ["test/unit", "#test/unit/leaf.ts", "#infra/lib/leaf.ts", "#engine/leaf.ts", "#functions/credit/leaf.ts", "vitest"],
];

/** Who may not import what. Each line is planted likewise and must be found. */
const REFUSED: readonly [from: string, ...what: string[]][] = [
  ["shared/domain", "#engine/leaf.ts", "#ports/leaf.ts", "node:fs", "node:crypto", "yaml", "zod-openapi"],
  ["shared/domain", "temporal-polyfill", "canonicalize", "@marcbachmann/cel-js"],
  ["shared/engine", "#app/leaf.ts", "#ports/leaf.ts", "#verify", "node:fs", "zod", "temporal-polyfill"],
  ["shared/verify", "#engine/leaf.ts", "#app/leaf.ts"],
  ["shared/ports", "#engine/leaf.ts", "#app/leaf.ts", "#adapters/memory/leaf.ts", "zod", "@aws-sdk/client-s3"],
  ["shared/app", "#adapters/memory/leaf.ts", "#contracts/leaf.ts", "#functions/_kit/leaf.ts", "node:fs", "jose"],
  ["shared/contracts", "#engine/leaf.ts", "#app/leaf.ts", "#adapters/memory/leaf.ts", "node:crypto", "yaml"],
  ["shared/adapters/files", "#app/leaf.ts", "#engine/leaf.ts", "#contracts/leaf.ts", "@middy/core"],
  ["shared/gallery", "#domain/leaf.ts"],
  ["functions/_kit", "#functions/api/leaf.ts", "#engine/leaf.ts"],
  ["functions/console", "#contracts/leaf.ts", "#domain/leaf.ts", "#app/leaf.ts", "#adapters/memory/leaf.ts", "zod"],
  ["functions/console", "#functions/_kit/leaf.ts", "#infra/lib/leaf.ts", "node:fs", "csv-parse"],
  ["functions/api", "#functions/console/leaf.ts"],
  ["functions/api", "#functions/credit/leaf.ts", "#engine/leaf.ts", "@aws-sdk/client-dynamodb", "jose"],
  ["functions/api", "#infra/lib/leaf.ts", "#test/unit/leaf.ts", "standardwebhooks", "vitest"],
  ["shared/adapters/pos", "#infra/lib/leaf.ts", "#test/unit/leaf.ts", "@aws-sdk/client-dynamodb-streams"],
  ["infra/local", "#test/unit/leaf.ts", "#domain/missing.ts", "not-installed", "not-declared"],
];

describe("a planted import", () => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "laurel-boundaries-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const plantings = (lines: typeof ALLOWED, kind: string) =>
    lines.flatMap(([folder, ...specifiers], line) =>
      specifiers.map((specifier, index) => ({ specifier, file: `${folder}/${kind}-${line}-${index}.ts` })),
    );
  const allowed = plantings(ALLOWED, "allowed");
  const refused = plantings(REFUSED, "refused");
  let violations: readonly string[] = [];

  beforeAll(async () => {
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    const { dependencies, devDependencies } = packageJson;
    const imports = { ...packageJson.imports, "#verify": "./shared/verify/leaf.ts" };
    write("package.json", JSON.stringify({ type: "module", dependencies, devDependencies, imports }));
    const declared = Object.keys({ ...dependencies, ...devDependencies });
    for (const name of [...declared, "not-declared"]) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js", types: "index.d.ts" }));
      write(`node_modules/${name}/index.js`, "");
      write(`node_modules/${name}/index.d.ts`, "export {};");
    }
    for (const leaf of LEAVES) write(leaf, "export {};\n");
    for (const { file, specifier } of [...allowed, ...refused]) write(file, `import "${specifier}";\n`);
    write("functions/api/types.ts", 'import type { Context } from "aws-lambda";\nexport type { Context };\n');
    write("shared/domain/time.ts", 'import "temporal-polyfill";\n');
    write("shared/engine/egg.ts", 'import "./hen.ts";\n');
    write("shared/engine/hen.ts", 'import "./egg.ts";\n');
    write("shared/app/lonely.ts", "export const nobody = 1;\n");
    ({ violations } = await inspectBoundaries(root));
  });

  const about = (file: string) => violations.filter((violation) => violation.includes(` ${file}`));

  test.each(allowed)("of $specifier by $file passes", ({ file }) => {
    expect(about(file)).toEqual([]);
  });

  test.each(refused)("of $specifier by $file is found", ({ file }) => {
    expect(about(file)).not.toEqual([]);
  });

  test("of types that a development package brings passes; of the one module that knows Temporal too", () => {
    expect([...about("functions/api/types.ts"), ...about("shared/domain/time.ts")]).toEqual([]);
  });

  test("in a circle is found", () => {
    expect(violations).toContainEqual(expect.stringMatching(/^no-cycle: .*(egg|hen)\.ts → .*(egg|hen)\.ts/));
  });

  test("that is missing, so that nobody knows a file, is found", () => {
    expect(violations).toContain("no-orphan: shared/app/lonely.ts");
  });

  test("makes the right rule speak", () => {
    const rules = new Set(violations.map((violation) => violation.split(":")[0]));
    expect([...rules].sort()).toEqual([
      "no-cycle",
      "no-dev-dependency-at-run-time",
      "no-orphan",
      "not-in-allowed",
      "nothing-that-ships-imports-infra-or-test",
      "only-canonical-knows-canonicalize",
      "only-condition-knows-cel-js",
      "only-time-knows-temporal-polyfill",
      "package-is-declared",
      "resolvable",
    ]);
  });
});

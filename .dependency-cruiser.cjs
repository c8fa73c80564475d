/**
 * The import boundaries as an allow-list: what is not named here may not be imported. Arrows point inwards.
 * `test/arch/boundaries.ts` runs it and insists on a floor of modules seen, so that a broken resolver cannot pass.
 */
const layer = (name, from, to, npm = []) => [
  {
    from: { path: from },
    to: { path: [from, ...to].map((path) => path) },
  },
  ...(npm.length > 0 ? [{ from: { path: from }, to: { path: npm.map((pkg) => `node_modules/${pkg}/`) } }] : []),
];

module.exports = {
  allowedSeverity: "error",
  allowed: [
    ...layer("domain", "^shared/domain/", [], ["zod", "@marcbachmann/cel-js", "temporal-polyfill", "canonicalize"]),
    ...layer("engine", "^shared/engine/", ["^shared/domain/", "^crypto$"]),
    ...layer("ports", "^shared/ports/", ["^shared/domain/"]),
    ...layer("app", "^shared/app/", ["^shared/domain/", "^shared/engine/", "^shared/ports/", "^crypto$"]),
    ...layer("contracts", "^shared/contracts/", ["^shared/domain/"], ["zod", "zod-openapi"]),
    ...layer("adapters", "^shared/adapters/", ["^shared/domain/", "^shared/ports/", "^(crypto|fs|path|fs/promises|node:.*)$"], [
      "@aws-sdk/[a-z-]+",
      "zod",
      "jose",
      "yaml",
      "csv-parse",
      "csv-stringify",
      "write-excel-file",
    ]),
    ...layer("functions", "^functions/", ["^shared/(domain|app|ports|contracts|adapters)/", "^(crypto|fs|path|zlib|buffer|fs/promises|url)$"], [
      "@middy/[a-z-]+",
      "@aws/durable-execution-sdk-js",
      "@aws-lambda-powertools/[a-z-]+",
      "@types/aws-lambda",
      "aws-lambda",
      "zod",
      "swagger-ui-dist",
    ]),
    { from: { path: "^infra/" }, to: { path: "^(infra|shared|functions|node_modules)/" } },
    { from: { path: "^infra/" }, to: { dependencyTypes: ["core"] } },
    { from: { path: "^test/" }, to: {} },
  ],
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans-in-shared", severity: "error", from: { orphan: true, path: "^(shared|functions)/" }, to: {} },
    { name: "not-to-test", severity: "error", from: { path: "^(shared|functions|infra)/" }, to: { path: "^test/" } },
    { name: "no-dev-dependency-at-run-time", severity: "error", from: { path: "^(shared|functions)/" }, to: { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" } },
    { name: "not-resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};

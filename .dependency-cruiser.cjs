/**
 * The import boundaries as an allow-list: what is not named here may not be imported. Arrows point inwards, so that the
 * calculation knows nothing of use cases, use cases nothing of databases, and nothing that ships anything of tests.
 *
 * `npm run boundaries` evaluates it, and so does `test/arch/boundaries.test.ts`, which also plants an import across each
 * boundary to see it refused. A new package or arrow is a line here, with its reason in the commit.
 */

/** What the files under `from` may import: one another, other folders, packages by name, and modules of Node's own. */
const layer = (from, { own = from, folders = [], packages = [], node = [] }) =>
  [
    ...[own, ...folders].map((folder) => ({ path: folder })),
    ...packages.map((name) => ({ path: `(^|/)node_modules/${name}/` })),
    ...node.map((name) => ({ path: `^${name}$`, dependencyTypes: ["core"] })),
  ].map((to) => ({ from: { path: from }, to }));

module.exports = {
  allowedSeverity: "error",
  allowed: [
    ...layer("^shared/domain/", {
      packages: ["zod", "@marcbachmann/cel-js", "temporal-polyfill", "canonicalize"],
    }),
    ...layer("^shared/engine/", { folders: ["^shared/domain/"], node: ["crypto"] }),
    // Independent of the engine, which it checks.
    ...layer("^shared/verify/", { folders: ["^shared/domain/"], node: ["crypto"] }),
    ...layer("^shared/ports/", { folders: ["^shared/domain/"] }),
    ...layer("^shared/app/", {
      folders: ["^shared/(domain|engine|ports)/"],
      packages: ["zod"],
      node: ["crypto", "util", "zlib"],
    }),
    ...layer("^shared/contracts/", { folders: ["^shared/domain/"], packages: ["zod", "zod-openapi"] }),
    ...layer("^shared/adapters/", {
      folders: ["^shared/(domain|ports)/"],
      packages: [
        "@aws-sdk/[^/]+",
        "zod",
        "jose",
        "yaml",
        "csv-parse",
        "csv-stringify",
        "write-excel-file",
        "read-excel-file",
        "fflate",
        "iconv-lite",
      ],
      node: [".*"],
    }),
    // The kit, and the function's own files ($1), but no other function's. The engine is reached through use cases only.
    // What runs in a browser: of our own code only types, so that nothing of the server gets there.
    ...layer("^functions/console/", {
      packages: [
        "antd",
        "@ant-design/icons",
        "echarts",
        "yaml",
        "@codemirror/[^/]+",
        "@tanstack/[^/]+",
        "wouter",
        "react",
        "react-dom",
        "@types/react",
        "@types/react-dom",
      ],
    }),
    {
      from: { path: "^functions/console/" },
      to: { path: "^shared/(contracts|domain)/|(^|/)node_modules/zod/", dependencyTypes: ["type-only"] },
    },
    ...layer("^functions/(?!console/)([^/]+)/", {
      own: "^functions/($1|_kit)/",
      folders: ["^shared/(domain|app|ports|contracts|adapters)/"],
      packages: [
        "@middy/[^/]+",
        "@aws/durable-execution-sdk-js",
        "@aws-lambda-powertools/[^/]+",
        "@types/aws-lambda",
        "zod",
        "swagger-ui-dist",
      ],
      node: [".*"],
    }),
    { from: { path: "^infra/" }, to: { pathNot: "^test/" } },
    { from: { path: "^test/" }, to: {} },
  ],
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    // The build puts the one in another's place; the other only tells the compiler what a style sheet is.
    {
      name: "no-orphan",
      severity: "error",
      from: { orphan: true, pathNot: "^functions/console/(style-sheets|styles\\.d)\\.ts$" },
      to: {},
    },
    {
      name: "nothing-that-ships-imports-infra-or-test",
      severity: "error",
      from: { path: "^(shared|functions)/" },
      to: { path: "^(infra|test)/" },
    },
    ...["time.ts|temporal-polyfill", "condition.ts|@marcbachmann/cel-js", "canonical.ts|canonicalize"]
      .map((pair) => pair.split("|"))
      .map(([file, name]) => ({
        name: `only-${file.replace(".ts", "")}-knows-${name.split("/").at(-1)}`,
        severity: "error",
        from: { pathNot: `^(shared/domain/${file}$|test/)` },
        to: { path: `(^|/)node_modules/${name}/` },
      })),
    {
      name: "no-dev-dependency-at-run-time",
      severity: "error",
      from: { path: "^(shared|functions)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "package-is-declared",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "undetermined"] },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Imports of types count too: they tie modules together as much as others do.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};

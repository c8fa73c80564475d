import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { exists, packageJson, ROOT, read } from "../../arch/source.ts";

const lockedSchema = z.looseObject({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  optional: z.boolean().optional(),
  inBundle: z.boolean().optional(),
});
const { packages } = z
  .object({ packages: z.record(z.string(), lockedSchema) })
  .parse(JSON.parse(read("package-lock.json")));
const locked = Object.entries(packages).filter(([path]) => path !== "");

/** What may be shipped in a bundle of ours: permissive, with nothing to do but to name the authors. */
const LICENCES = [
  "MIT",
  "MIT-0",
  "Apache-2.0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "Unlicense",
];

describe("packages", () => {
  it("that are deployed have a licence that we took on purpose", () => {
    const shipped = locked.filter(([, { dev, devOptional }]) => !dev && !devOptional);
    expect(shipped.length).toBeGreaterThan(50);
    const others = shipped.filter(([, { license = "none" }]) => !LICENCES.includes(license));
    expect(others.map(([path, { license = "none" }]) => `${path}: ${license}`)).toEqual([]);
  });

  it("are locked by their contents", () => {
    const loose = locked.filter(([, { integrity, inBundle }]) => integrity === undefined && !inBundle);
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it("that are installed are those of the lock file", () => {
    const own = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies });
    const wrong = own.flatMap((name) => {
      const path = `node_modules/${name}`;
      if (!exists(`${path}/package.json`)) return [`${name}: not installed`];
      const { version } = z
        .looseObject({ version: z.string() })
        .parse(JSON.parse(readFileSync(`${ROOT}/${path}/package.json`, "utf8")));
      return version === packages[path]?.version ? [] : [`${name}: ${version}, locked ${packages[path]?.version}`];
    });
    expect(wrong).toEqual([]);
  });
});

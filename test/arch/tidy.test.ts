import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { routes } from "#contracts/routes.ts";
import { HABITS } from "./habits.ts";
import { exists, FILES, isIgnored, matchingLines, packageJson, places, ROOT, read, typescriptBelow } from "./source.ts";

/** Style that fails. A ceiling that could be lower is printed: lower it. */

describe.each(HABITS)("$name in $folders: $because", ({ name, folders, matches, ceiling, seenIn, notSeenIn }) => {
  const found = places(typescriptBelow(...folders), matches);
  if (found.length < ceiling) console.info(`${name} in ${folders}: the ceiling of ${ceiling} can be ${found.length}`);

  test(`at most ${ceiling}`, () => {
    expect(found.length, found.join("\n")).toBeLessThanOrEqual(ceiling);
  });

  test("is seen where it is", () => {
    expect(matchingLines(seenIn, matches)).toEqual(seenIn.split("\n").map((_, index) => index + 1));
    expect(matchingLines(notSeenIn, matches)).toEqual([]);
  });
});

const LONGEST_FILE = 400;

/** Longer for a reason; the number may fall and never rise. */
const LONGER_FILES: Readonly<Record<string, number>> = {
  // A second opinion is read from top to bottom, like a spreadsheet.
  "test/oracle/jiangxi.ts": 432,
};

test(`no file of code is longer than ${LONGEST_FILE} lines`, () => {
  const lines = (path: string) => read(path).split("\n").length - 1;
  const tooLong = typescriptBelow("shared", "functions", "infra", "test")
    .filter((path) => lines(path) > (LONGER_FILES[path] ?? LONGEST_FILE))
    .map((path) => `${path}: ${lines(path)} lines`);
  expect(tooLong).toEqual([]);
});

test("no check is switched off in a comment, but one", () => {
  // A pattern that removes control characters has to name them (`shared/adapters/files/xlsx-writer.ts`).
  const off = typescriptBelow("shared", "functions", "infra", "test").flatMap((path) =>
    [...read(path).matchAll(/(?:biome)-ignore|@ts-(?:ignore|expect-error|nocheck)/g)].map(
      ([found]) => `${path}: ${found}`,
    ),
  );
  expect(off.length, off.join("\n")).toBeLessThanOrEqual(1);
});

describe("the layout", () => {
  test("has four folders at the top and no others", () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !isIgnored(entry.name))
      .map(({ name }) => name);
    expect(folders.sort()).toEqual(["functions", "infra", "shared", "test"]);
  });

  const main = readdirSync(join(ROOT, "shared"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `shared/${name}`);

  test.each(["functions", "infra", "test", ...main])("%s has a README", (folder) => {
    expect(exists(`${folder}/README.md`)).toBe(true);
  });
});

describe("what is written down", () => {
  const documents = FILES.filter((path) => path.endsWith(".md"));

  test("names only files that exist", () => {
    const missing = documents.flatMap((path) =>
      [...read(path).matchAll(/(?<=[\s`"])((?:shared|functions|infra|test)\/[\w./-]*[\w/])/g)]
        .map(([, named = ""]) => named)
        .filter((named) => !exists(named))
        .map((named) => `${path}: ${named}`),
    );
    expect(missing).toEqual([]);
  });

  test("links only to files that exist", () => {
    const broken = documents.flatMap((path) =>
      [...read(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map(([, link = ""]) => link)
        .filter((link) => !/^[a-z]+:/.test(link) && !exists(join(dirname(path), link)))
        .map((link) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test("names only scripts that exist", () => {
    const unknown = documents.flatMap((path) =>
      [...read(path).matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g)]
        .map(([, script = ""]) => script)
        .filter((script) => packageJson.scripts[script] === undefined)
        .map((script) => `${path}: npm run ${script}`),
    );
    expect(unknown).toEqual([]);
  });

  test("names only operations of the API that exist", () => {
    const named = documents.flatMap((path) =>
      [...read(path).matchAll(/\b(GET|POST|PUT|PATCH|DELETE) ((?:\/v1|…)\/[^\s?`"'\\)]+)/g)].map(
        ([, method = "", address = ""]) => ({ method, address, path }),
      ),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ method, address }) => !isOperation(method, address))).toEqual([]);
    expect(isOperation("GET", "/v1/camels")).toBe(false);
  });
});

/** Whether the API has it; `…` stands for what comes before, or for an id. */
function isOperation(method: string, address: string): boolean {
  const [, ...parts] = address.split("/");
  return Object.values(routes).some((route) => {
    const [, ...segments] = route.path.split("/");
    return (
      route.method === method &&
      (address.startsWith("…") || segments.length === parts.length) &&
      parts.every((part, index) => {
        const segment = segments.at(index - parts.length);
        return segment === part || segment?.startsWith("{");
      })
    );
  });
}

describe("dependencies", () => {
  test("have exact versions", () => {
    const { dependencies, devDependencies, overrides } = packageJson;
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...overrides }).filter(
      ([, version]) => !/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  const lock = z
    .object({ packages: z.record(z.string(), z.looseObject({ resolved: z.string().optional() })) })
    .parse(JSON.parse(read("package-lock.json")));

  test("come from whatever registry npm is set to: the lock file names none", () => {
    const placed = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
    expect(placed).toEqual([]);
    const settings = read(".npmrc").split("\n");
    expect(settings).toContain("omit-lockfile-registry-resolved=true");
    expect(settings.filter((line) => /registry *=|_auth/i.test(line))).toEqual([]);
  });

  test("are locked as package.json asks", () => {
    const { dependencies, devDependencies } = packageJson;
    expect(lock.packages[""]).toMatchObject({ dependencies, devDependencies });
  });
});

/** What belongs to one machine or network and works nowhere else, with the parts of an example. */
const ELSEWHERE: readonly [what: string, pattern: RegExp, example: readonly string[]][] = [
  [
    "a path of one machine",
    /(?<![\w.~)\]}>*-])\/(?:home|root|work|workspace|Users|tmp|mnt)\/[\w.$<-]/,
    ["see /", "home/me/laurel"],
  ],
  ["a path of one Windows machine", /\b[A-Z]:\\(?:Users|Windows|tmp)\b/i, ["C:", "\\Users\\me"]],
  [
    "a package registry",
    /\bregistry\.[\w-]+\.[a-z]|\bnpm(?:js|mirror)\.(?:org|com)\b/i,
    ["https://registry", ".example.com/zod"],
  ],
  [
    "an address of a private network",
    /(?<![\d.])(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+(?![\d.])/,
    ["http://10", ".1.2.3:8080/"],
  ],
];

test.each(ELSEWHERE)("no file names %s", (_, pattern, example) => {
  expect(example.join("")).toMatch(pattern);
  const found = FILES.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
  expect(found).toEqual([]);
});

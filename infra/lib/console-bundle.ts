import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile, type Plugin } from "esbuild";
import { apiRoutes } from "#contracts/routes.ts";
import { currencyDigits } from "#domain/money.ts";
import { writeGallery } from "./console-gallery.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = join(ROOT, "functions", "console");

/** Where the console is built: a page, and files whose names say what is in them. */
export const CONSOLE = join(ROOT, "build", "console");

/** The folder of the files that never change under their names, below the console's. */
export const HASHED = "assets";

export interface ConsoleBundle {
  /** Bytes, each file compressed by itself, that a browser fetches before the first screen is there. */
  readonly firstLoad: number;
  /** The files of the first load, with their compressed bytes. */
  readonly files: Readonly<Record<string, number>>;
}

/** Bundles the console into `folder`. What is imported on demand lies in files of its own. */
export async function bundleConsole(folder: string = CONSOLE): Promise<ConsoleBundle> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { console: join(SOURCES, "main.tsx") },
    outdir: join(folder, HASHED),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: ["chrome109", "safari16.4", "firefox115"],
    jsx: "automatic",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    define: {
      "process.env.NODE_ENV": '"production"',
      API_OPERATIONS: JSON.stringify(operations()),
      CURRENCY_DIGITS: JSON.stringify(unusualDigits()),
    },
    plugins: [constructedSheets, importedAlone],
    logLevel: "warning",
  });
  const files = loadedFirst(metafile);
  // A language is named by none: which one it is to be, the page finds out.
  const names = files
    .filter((file) => !isLanguage(metafile, file))
    .map((file) => `/console/${HASHED}/${basename(file)}`);
  const icon = readFileSync(join(SOURCES, "icon.svg"));
  writeFileSync(join(folder, "icon.svg"), icon);
  writeFileSync(join(folder, "index.html"), page(names));
  writeGallery(folder);
  const sizes = ["index.html", ...files.map((file) => relative(folder, resolve(ROOT, file)))].map(
    (file) => [file, gzipSync(readFileSync(join(folder, file))).length] as const,
  );
  return { firstLoad: sizes.reduce((sum, [, bytes]) => sum + bytes, 0), files: Object.fromEntries(sizes) };
}

/** The entry with all that it imports outright, and its style sheet. */
function loadedFirst({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint?.endsWith("main.tsx"));
  if (entry === undefined) throw new Error("the console has no entry");
  const loaded = new Set([entry, largestLanguage(outputs)]);
  for (const file of loaded) {
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === "import-statement") loaded.add(path);
  }
  const style = outputs[entry]?.cssBundle;
  return [...(style === undefined ? [] : [style]), ...loaded];
}

function isLanguage({ outputs }: Pick<Metafile, "outputs">, file: string): boolean {
  return /functions\/console\/i18n\/[a-z]+\.ts$/.test(outputs[file]?.entryPoint ?? "");
}

/** One of the languages is fetched before anything is shown. */
function largestLanguage(outputs: Metafile["outputs"]): string {
  const [largest] = Object.keys(outputs)
    .filter((file) => isLanguage({ outputs }, file))
    .sort((a, b) => (outputs[b]?.bytes ?? 0) - (outputs[a]?.bytes ?? 0));
  if (largest === undefined) throw new Error("the console has no language of its own");
  return largest;
}

function page(files: readonly string[]): string {
  const styles = files.filter((file) => file.endsWith(".css")).map((file) => `<link rel="stylesheet" href="${file}">`);
  const [entry, ...others] = files.filter((file) => file.endsWith(".js"));
  const scripts = [
    ...others.map((file) => `<link rel="modulepreload" href="${file}">`),
    `<script type="module" src="${entry}"></script>`,
  ];
  return readFileSync(join(SOURCES, "index.html"), "utf8")
    .replace("<!-- styles -->", styles.join("\n    "))
    .replace("<!-- scripts -->", scripts.join("\n    "));
}

function operations(): Record<string, readonly [string, string]> {
  return Object.fromEntries(Object.entries(apiRoutes).map(([id, { method, path }]) => [id, [method, path]]));
}

function unusualDigits(): Record<string, number> {
  const digits = Intl.supportedValuesOf("currency").map((currency) => [currency, currencyDigits(currency)] as const);
  return Object.fromEntries(
    digits.flatMap(([currency, count]) => (count === undefined || count === 2 ? [] : [[currency, count]])),
  );
}

/** `import { Card, type TableProps } from "antd"` */
const FROM_ANTD = /import \{([^}]*)\} from "antd";/g;

/**
 * Names each of Ant Design's components by its own file. Through the index, whatever any screen uses would belong to all, and so to
 * the first load.
 */
const importedAlone: Plugin = {
  name: "components by their files",
  setup({ onLoad }) {
    onLoad({ filter: /functions\/console\/.*\.tsx?$/ }, ({ path }) => ({
      loader: path.endsWith("x") ? "tsx" : "ts",
      contents: readFileSync(path, "utf8").replaceAll(FROM_ANTD, (_, names: string) => importsOf(names)),
    }));
  },
};

function importsOf(names: string): string {
  const values = names.split(",").map((name) => name.trim());
  return values
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => {
      const [exported = "", local = exported] = name.split(" as ");
      const file = exported.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
      return `import ${local} from "antd/es/${file}";`;
    })
    .join(" ");
}

/** See `functions/console/style-sheets.ts`. */
const constructedSheets: Plugin = {
  name: "constructed style sheets",
  setup({ onResolve }) {
    onResolve({ filter: /\/(dynamicCSS|cssUtils)(\.js)?$/ }, () => ({ path: join(SOURCES, "style-sheets.ts") }));
  },
};

/**
 * Scripts, styles and calls of one's own only, and sign-in at the issuer. Nothing inline, neither scripts nor styles.
 * @param issuer where people sign in: `https://sign-in.example.com`
 */
export function consolePolicy(issuer: string): string {
  return policyFor([new URL(issuer).origin]);
}

/** @param connects origins that a page may call beside its own */
export function policyFor(connects: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connects].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** A name for what a file holds, for caches. */
export function etagOf(content: Uint8Array): string {
  return `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
}

if (import.meta.main) {
  const { firstLoad, files } = await bundleConsole();
  for (const [file, bytes] of Object.entries(files))
    console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
  console.log(`${(firstLoad / 1000).toFixed(1).padStart(7)} kB  first load, compressed`);
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as z from "zod";

/** What the checks of this folder read: the project's files as they lie on the disk, and their syntax. */

export const ROOT = join(import.meta.dirname, "../..");

/** Names that `.gitignore` keeps out. Its patterns are a name, `name/` or `*.ending`. */
const IGNORED = readFileSync(join(ROOT, ".gitignore"), "utf8")
  .split("\n")
  .map((line) => line.trim().replace(/\/$/, ""))
  .filter((line) => line !== "" && !line.startsWith("#"));

export function isIgnored(name: string): boolean {
  if (name === ".git") return true;
  return IGNORED.some((pattern) => (pattern.startsWith("*") ? name.endsWith(pattern.slice(1)) : name === pattern));
}

/** Every file of the project, as a path from its root. Read from the disk, so that it works without git as well. */
export const FILES: readonly string[] = filesBelow("").sort();

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !isIgnored(name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

export function typescriptBelow(...folders: string[]): string[] {
  return FILES.filter((path) => /\.tsx?$/.test(path) && folders.some((folder) => path.startsWith(`${folder}/`)));
}

const named = z.record(z.string(), z.string());

/** A package for everybody, or what one package is given instead of what it asks for: `$name` is our own version of it. */
const overrides = z
  .record(z.string(), z.union([z.string(), z.record(z.string(), z.templateLiteral(["$", z.string()]))]))
  .transform((all) =>
    Object.fromEntries(Object.entries(all).flatMap(([name, to]) => (typeof to === "string" ? [[name, to]] : []))),
  );

export const packageJson = z
  .looseObject({ dependencies: named, devDependencies: named, overrides, imports: named, scripts: named })
  .parse(JSON.parse(read("package.json")));

export type Matches = (node: ts.Node) => boolean;

/** Where in these files the syntax matches, as `path:line`. */
export function places(paths: readonly string[], matches: Matches): string[] {
  return paths.flatMap((path) => linesIn(parse(path), matches).map((line) => `${path}:${line}`));
}

/** The lines of a text of TypeScript whose syntax matches. */
export function matchingLines(text: string, matches: Matches): number[] {
  return linesIn(ts.createSourceFile("text.ts", text, ts.ScriptTarget.ESNext, true), matches);
}

function linesIn(file: ts.SourceFile, matches: Matches): number[] {
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) lines.push(file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

const parsed = new Map<string, ts.SourceFile>();

function parse(path: string): ts.SourceFile {
  const file = parsed.get(path) ?? ts.createSourceFile(path, read(path), ts.ScriptTarget.ESNext, true);
  parsed.set(path, file);
  return file;
}

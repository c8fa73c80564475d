import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleConsole, type ConsoleBundle, consolePolicy, HASHED } from "#infra/lib/console-bundle.ts";

/** What a browser may fetch before the first screen is there, compressed. */
const FIRST_LOAD_MOST = 450_000;

describe("the console's bundle", () => {
  const folder = mkdtempSync(join(tmpdir(), "laurel-console-test-"));
  let bundle: ConsoleBundle;

  beforeAll(async () => {
    bundle = await bundleConsole(folder);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const page = () => readFileSync(join(folder, "index.html"), "utf8");
  const assets = () => readdirSync(join(folder, HASHED));
  const text = (file: string) => readFileSync(join(folder, file), "utf8");

  it("loads no more at first than it may", () => {
    expect(bundle.firstLoad).toBeGreaterThan(50_000);
    expect(bundle.firstLoad).toBeLessThanOrEqual(FIRST_LOAD_MOST);
  });

  it("leaves charts and the campaign's screens for later", () => {
    const first = Object.keys(bundle.files);
    expect(assets().length).toBeGreaterThan(first.length);
    const hasCharts = (file: string) => text(file).includes("_zr_");
    expect(assets().filter((file) => hasCharts(join(HASHED, file))).length).toBeGreaterThan(0);
    expect(first.filter(hasCharts)).toEqual([]);
  });

  it("names each file by what is in it, and the page names files that are there", () => {
    expect(assets().filter((file) => !/-[A-Z0-9]{8}\.(js|css)$/.test(file))).toEqual([]);
    const named = [...page().matchAll(/(?:src|href)="\/console\/assets\/([^"]+)"/g)].map(([, file]) => file);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((file) => !assets().includes(file ?? ""))).toEqual([]);
  });

  it("has nothing inline, and nothing from elsewhere", () => {
    expect(page()).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|https?:/);
    expect(consolePolicy("https://sign-in.example.com/pool")).not.toMatch(/unsafe|\*/);
    expect(consolePolicy("https://sign-in.example.com/pool")).toContain(
      "connect-src 'self' https://sign-in.example.com;",
    );
  });

  it("has no code of the server", () => {
    const all = assets().map((file) => text(join(HASHED, file)));
    expect(all.filter((code) => code.includes("ZodError") || code.includes("node:fs"))).toEqual([]);
  });
});

import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ASSETS, createReference } from "#functions/reference/app.ts";
import { invoke } from "./api-harness.ts";

describe("API reference", () => {
  const reference = createReference();
  const get = (path: string, headers = {}) => invoke(reference, "GET", path, { headers });

  it("is a page of ours that runs only its own scripts and asks nobody else", async () => {
    const page = await get("/docs");
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(String(page.headers["content-security-policy"])).toContain("default-src 'none'; script-src 'self';");
    expect(page.text).not.toMatch(/https?:|<script>|<style|onload=/);
    const start = await get("/docs/start.js");
    expect(start.text).not.toMatch(/https?:/);
    expect(start.text).toContain("validatorUrl: null");
    expect(start.text).toContain("tryItOutEnabled: true");
    expect(start.text).toContain("persistAuthorization: true");
  });

  it("finds everything that the page names", async () => {
    const page = await get("/docs");
    const named = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(named).toHaveLength(4);
    for (const path of named) expect((await get(path)).status, path).toBe(200);
  });

  it("serves its files zipped to who takes it so", async () => {
    const plain = await get("/docs/swagger-ui.css");
    const zipped = await get("/docs/swagger-ui.css", { "accept-encoding": "gzip, br" });
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(zipped.bytes).equals(plain.bytes)).toBe(true);
  });

  it("serves nothing that it does not list", async () => {
    const others = ["package.json", "index.html", "..%2Fpackage.json", "..%2f..%2fpackage.json", "constructor", "%00"];
    for (const name of others) expect((await get(`/docs/${name}`)).status, name).toBe(404);
    expect(Object.keys(ASSETS)).toHaveLength(3);
  });
});

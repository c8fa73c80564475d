import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { AuditEntry } from "#domain/audit.ts";
import { fetchAudit, isFetch } from "#infra/local/cli/audit-fetch.ts";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { ApiHarness, AUDITOR } from "./api-harness.ts";
import { launch, ok } from "./api-world.ts";

const folder = mkdtempSync(join(tmpdir(), "laurel-audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

function terminalOf() {
  const said = { out: "", err: "" };
  return {
    said,
    terminal: {
      out: (text: string) => {
        said.out += text;
      },
      err: (text: string) => {
        said.err += text;
      },
      resolve: (path: string) => join(folder, path),
    },
  };
}

function laurel(...args: readonly string[]) {
  const { said, terminal } = terminalOf();
  return { code: runCommandLine(args, terminal), ...said };
}

const write = (name: string, lines: readonly unknown[]) =>
  writeFileSync(join(folder, name), lines.map((line) => JSON.stringify(line)).join("\n"));

describe("laurel audit", () => {
  const harness = new ApiHarness();
  let entries: AuditEntry[] = [];

  beforeAll(async () => {
    await launch(harness);
    entries = (await ok(harness.get("/v1/audit?limit=200", AUDITOR))).json.items;
    write("audit.jsonl", entries);
    write("anchor.json", [(await ok(harness.get("/v1/audit/anchor", AUDITOR))).json]);
  });

  it("finds a whole export whole, and says what an anchor is for", () => {
    const plain = laurel("audit", "verify", "audit.jsonl");
    expect(plain).toMatchObject({ code: 0, err: "" });
    expect(plain.out).toContain("the audit is whole\nwithout an anchor");
    const anchored = laurel("audit", "verify", "audit.jsonl", "--anchor", "anchor.json");
    expect(anchored).toMatchObject({ code: 0, out: `${entries.length} entries in 2 chains\nthe audit is whole\n` });
  });

  it("says the first broken place", () => {
    write("changed.jsonl", [...entries.slice(0, 4), { ...entries[4], subject: "other" }, ...entries.slice(5)]);
    const { code, out } = laurel("audit", "verify", "changed.jsonl");
    expect(code).toBe(1);
    expect(out).toContain(`${entries[4]?.chain}: changed: entry ${entries[4]?.seq} was changed`);
    write("cut.jsonl", entries.slice(0, -1));
    expect(laurel("audit", "verify", "cut.jsonl").code).toBe(0);
    const cut = laurel("audit", "verify", "cut.jsonl", "--anchor", "anchor.json", "--format", "json");
    expect(cut.code).toBe(1);
    expect(JSON.parse(cut.out).breaks).toMatchObject([{ problem: "cut" }]);
  });

  it("says where an input cannot be read", () => {
    writeFileSync(join(folder, "bad.jsonl"), `${JSON.stringify(entries[0])}\n{`);
    expect(laurel("audit", "verify", "bad.jsonl")).toMatchObject({
      code: 2,
      err: expect.stringContaining("bad.jsonl:2"),
    });
    expect(laurel("audit", "verify", "none.jsonl").code).toBe(2);
    expect(laurel("audit", "verify").code).toBe(2);
    expect(laurel("audit", "mend").code).toBe(2);
    expect(laurel("audit", "--help").out).toContain("laurel audit export");
  });

  it("fetches an export that it finds whole", async () => {
    const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      expect(new Headers(init?.headers).get("authorization")).toBe("Bearer the-token");
      const { status, text } = await harness.get(String(url).replace("https://laurel.test", ""), AUDITOR);
      return new Response(text, { status });
    });
    try {
      const { said, terminal } = terminalOf();
      const args = ["audit", "export", "--url", "https://laurel.test/"];
      expect(isFetch(args)).toBe(true);
      expect(await fetchAudit(args, terminal, "the-token")).toBe(0);
      writeFileSync(join(folder, "fetched.jsonl"), said.out);
      const anchor = terminalOf();
      await fetchAudit(["audit", "anchor", "--url", "https://laurel.test"], anchor.terminal, "the-token");
      writeFileSync(join(folder, "fetched.json"), anchor.said.out);
      expect(laurel("audit", "verify", "fetched.jsonl", "--anchor", "fetched.json").code).toBe(0);
      expect(await fetchAudit(args, terminal, undefined)).toBe(2);
    } finally {
      fetch.mockRestore();
    }
  });
});

import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { JIANGXI } from "#test/fixtures/campaign.ts";
import { settleJiangxi } from "#test/oracle/jiangxi.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAYOUTS = join(ROOT, "build/local");

const expectedSchema = z.object({
  totals: z.record(z.string(), z.string()),
  lines: z.array(
    z.object({ reward: z.string(), payee: z.object({ kind: z.string(), id: z.string() }), amount: z.string() }),
  ),
});

const fen = (yuan: string) => BigInt(yuan.replace(".", ""));
const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + fen(amount), 0n);

/** What `npm start -- --once` printed, and how it ended. */
async function play(): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["infra/local/start.ts", "--once"], { cwd: ROOT });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

describe("npm start -- --once", () => {
  const expected = expectedSchema.parse(JSON.parse(readFileSync(join(JIANGXI, "expected.json"), "utf8")));
  const text = (name: string) => readFileSync(join(JIANGXI, `${name}.csv`), "utf8");
  const texts = { orgs: text("orgs"), people: text("people"), targets: text("targets"), facts: text("facts") };
  let played: Awaited<ReturnType<typeof play>>;

  beforeAll(async () => {
    rmSync(PAYOUTS, { recursive: true, force: true });
    played = await play();
  }, 240_000);

  it("plays the campaign to its end", () => {
    expect(played.output).toContain("Both runs have the hashes that `laurel settle` computes");
    expect(played.code, played.output.slice(-2000)).toBe(0);
  });

  it("prints the awards with their totals beside the budget, as worked out independently", () => {
    const grouped = (amount: string) => amount.replace(/\B(?=(\d{3})+\.)/g, ",");
    for (const [reward, total] of Object.entries(expected.totals)) {
      expect(played.output).toMatch(new RegExp(`${reward} +${grouped(total)}`));
    }
    expect(played.output).toMatch(/province +80,000\.00 +80,000\.00 +0\.00/);
  });

  it("refuses the approval of the person who submitted the run", () => {
    expect(played.output).toContain("mei.lin tries to approve her own campaign: refused (403)");
  });

  it("prints one statement in full", () => {
    expect(played.output).toMatch(/Statement for .+ \(a-ganzhou-004\)/);
    expect(played.output).toContain(
      "Gate: branch 赣州, signed premium of both products 251,106.40 ≥ starting target 180,000.00 – passed.",
    );
  });

  it("writes payout files whose payees and sums are the expected ones", () => {
    const rows = payoutRows("jiangxi-travel-2018.final-1.csv");
    const byPayee = Map.groupBy(expected.lines, ({ payee }) => `${payee.kind}:${payee.id}`);
    const payees = rows.filter((row) => row.payee_kind === "participant" || row.payee_kind === "unit");
    expect(payees.length).toBe(byPayee.size);
    for (const row of payees) {
      const lines = byPayee.get(`${row.payee_kind}:${row.payee_id}`) ?? [];
      expect([row.payee_id, fen(row.paid ?? "")]).toEqual([row.payee_id, sum(lines.map(({ amount }) => amount))]);
    }
    expect(readFileSync(join(PAYOUTS, "jiangxi-travel-2018.final-1.xlsx")).subarray(0, 2).toString()).toBe("PK");
  });

  it("pays after an adjustment only what is due in addition, and never below zero", () => {
    const final = payoutRows("jiangxi-travel-2018.final-1.csv").filter(
      (row) => row.payee_id !== "" && row.payee_kind !== "total",
    );
    const adjustment = payoutRows("jiangxi-travel-2018.adjustment-1.csv").filter(
      (row) => row.payee_id !== "" && row.payee_kind !== "total",
    );
    expect(adjustment.length).toBeLessThan(20);
    for (const row of adjustment) {
      expect(fen(row.paid ?? "") >= 0n).toBe(true);
      expect(fen(row.brought_forward ?? "") + fen(row.posted ?? "")).toBe(
        fen(row.paid ?? "") + fen(row.carried_forward ?? ""),
      );
    }
    const posted = sum([...final, ...adjustment].map((row) => row.posted ?? ""));
    const asOf = /adjustment-1, as of (\S+),/.exec(played.output)?.[1];
    expect(asOf).toBeDefined();
    const independent = settleJiangxi({ ...texts, ...(asOf === undefined ? {} : { asOf }) });
    expect(posted).toBe(sum(Object.values(independent.totals)));
  });
});

function payoutRows(name: string): Record<string, string>[] {
  const text = readFileSync(join(PAYOUTS, name), "utf8");
  return z
    .array(z.record(z.string(), z.string()))
    .parse(parse(text, { columns: true, bom: true, relax_column_count: true }));
}

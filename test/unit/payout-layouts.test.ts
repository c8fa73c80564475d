import { describe, expect, it } from "vitest";
import { payoutLayoutFile } from "#adapters/files/payout-layout-file.ts";
import { bankLayout, payrollLayout } from "#contracts/examples/layouts.ts";
import { type PayoutLayoutBody, payoutLayoutBodySchema } from "#domain/payout-layout.ts";
import { Refusal } from "#domain/problem.ts";
import type { Payout } from "#domain/run.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, sale } from "./api-world.ts";

const RUN = {
  campaign: "autumn",
  runId: "final-1",
  resultHash: "ab",
  asOf: "2026-06-20T00:00:00+08:00",
  currency: "CNY",
};

function payout(id: string, name: string, paidMinor: number, changes: Partial<Payout> = {}): Payout {
  return {
    campaign: "autumn",
    runId: "final-1",
    payee: { kind: "participant", id },
    seq: 1,
    name,
    unit: "nanchang",
    currency: "CNY",
    postedMinor: paidMinor,
    broughtForwardMinor: 0,
    paidMinor,
    carriedForwardMinor: 0,
    ...changes,
  };
}

const PAYOUTS = [
  payout("a-2", "王芳", 123_450),
  payout("a-1", "=Li; Lei", 5),
  payout("a-3", "Nobody", 0, { carriedForwardMinor: -200 }),
  payout("nanchang", "南昌", 900, { payee: { kind: "unit", id: "nanchang" } }),
];

const text = (layout: PayoutLayoutBody, payouts = PAYOUTS, encoding = "utf-8") =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(payoutLayoutFile(layout, payouts, RUN));

function problemsOf(layout: PayoutLayoutBody, payouts: readonly Payout[]): string[] {
  try {
    payoutLayoutFile(layout, payouts, RUN);
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map(({ code, path }) => `${path}: ${code}`);
    throw error;
  }
  return [];
}

describe("payout files of a layout", () => {
  it("for a payroll: CSV with the columns that it wants, safe to open", () => {
    expect(text(payrollLayout)).toBe(
      "\uFEFFPersonnel number;Name;Cost centre;Wage type;Amount;Currency;Due;Reference\r\n" +
        `a-1;"'=Li; Lei";nanchang;4711;0,05;CNY;2026-06-20;final-1\r\n` +
        "a-2;王芳;nanchang;4711;1234,50;CNY;2026-06-20;final-1\r\n",
    );
  });

  it("for a bank: GBK of fixed width in bytes, with count and sum in front", () => {
    expect(text(bankLayout, PAYOUTS, "gbk")).toBe(
      "H20260620000002000000000123455CNY\r\n" +
        "D000001a-1                 =Li; Lei            000000000000005奖金      \r\n" +
        "D000002a-2                 王芳                000000000123450奖金      \r\n",
    );
    const lines = Buffer.from(payoutLayoutFile(bankLayout, PAYOUTS, RUN))
      .toString("latin1")
      .split("\r\n");
    expect(lines.slice(1, 3).map(({ length }) => length)).toEqual([72, 72]);
  });

  it("give the same bytes whatever the order of payouts", () => {
    expect(payoutLayoutFile(bankLayout, PAYOUTS.toReversed(), RUN)).toEqual(payoutLayoutFile(bankLayout, PAYOUTS, RUN));
  });

  it.each<[string, PayoutLayoutBody, Payout[], string[]]>([
    ["a name that GBK lacks", bankLayout, [payout("a-1", "😀", 1)], ["participant a-1, name: not-in-encoding"]],
    [
      "a name wider than its column",
      bankLayout,
      [payout("a-1", "王".repeat(11), 1)],
      ["participant a-1, name: too-wide"],
    ],
    ["two rows in one", payrollLayout, [payout("a-1", "A\nB", 1)], ["participant a-1, Name: line-break"]],
    [
      "a delimiter that nothing quotes",
      { ...payrollLayout, format: { kind: "delimited", delimiter: "|", quotes: "never", formulas: "asIs" } },
      [payout("a-1", "A|B", 1)],
      ["participant a-1, Name: has-delimiter"],
    ],
    [
      "sums of two currencies",
      bankLayout,
      [payout("a", "A", 1), payout("b", "B", 1, { currency: "EUR" })],
      ["before: two-currencies"],
    ],
  ])("refuse %s", (_what, layout, payouts, problems) => {
    expect(problemsOf(layout, payouts)).toEqual(problems);
  });

  it("are described completely: a column of fixed width says how wide, and what fills it", () => {
    expect(payoutLayoutBodySchema.safeParse(bankLayout).success).toBe(true);
    const [first, ...rest] = bankLayout.columns;
    const { width: _width, ...narrow } = first ?? { header: "", value: { literal: "" } };
    const parsed = payoutLayoutBodySchema.safeParse({ ...bankLayout, columns: [narrow, ...rest] });
    expect(parsed.error?.issues.map(({ path }) => path.join("/"))).toEqual(["columns/0"]);
  });
});

describe("layouts by requests", () => {
  it("are the administrator's to set, and the approver's to fetch a posted run by", async () => {
    const harness = new ApiHarness();
    const { cloud } = harness;
    await launch(harness);
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "600.00")] }));
    await cloud.drain();
    cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    const set = (as = ADMIN) => harness.call("PUT", "/v1/payout-layouts/bank", { as, body: bankLayout });
    expect((await set(APPROVER)).status).toBe(403);
    expect((await ok(set())).json).toMatchObject({ id: "bank", revision: 1, changedBy: ADMIN.subject });
    expect((await ok(set())).json).toMatchObject({ revision: 2 });
    expect((await ok(harness.get("/v1/payout-layouts", AUDITOR))).json.items).toMatchObject([{ id: "bank" }]);

    const { runId } = (await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }))).json;
    const run = `${CAMPAIGN}/runs/${runId}`;
    const [request] = cloud.settlements.splice(0);
    if (request === undefined) throw new Error("no settlement was started");
    await cloud.compute(request);
    expect((await harness.get(`${run}/payout-file?layout=bank`, APPROVER)).status).toBe(409);
    const { resultHash, asOf } = (await ok(harness.get(run, APPROVER))).json;
    await ok(harness.post(`${run}/approve`, APPROVER, { resultHash }));
    await cloud.pay(request);

    const answer = await ok(harness.get(`${run}/payout-file?layout=bank`, APPROVER));
    const lines = new TextDecoder("gbk").decode(answer.bytes).split("\r\n");
    const paid = (await ok(harness.get(`${CAMPAIGN}/payouts?run=${runId}`, AUDITOR))).json.items
      .filter((one: Payout) => one.payee.kind === "participant")
      .reduce((sum: number, one: Payout) => sum + one.paidMinor, 0);
    expect(Number(lines[0]?.slice(15, 30))).toBe(paid);
    // Midnight in Shanghai is the day before in UTC.
    const local = new Date(Date.parse(asOf) + 8 * 3_600_000).toISOString();
    expect(local).toContain("T00:00:00");
    expect(lines[0]?.slice(1, 9)).toBe(local.slice(0, 10).replaceAll("-", ""));
    expect(lines.find((line) => line.includes("a-1"))).toContain("杜思远");
    expect((await harness.get(`${run}/payout-file?layout=none`, APPROVER)).status).toBe(404);
    expect((await harness.get(`${run}/payout-file?layout=bank&part=2`, APPROVER)).status).toBe(404);
    expect((await harness.get(`${run}/payout-file?layout=bank`, ADMIN)).status).toBe(403);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignInputs } from "#adapters/files/campaign-files.ts";
import { LANGUAGES } from "#app/statements/texts/texts.ts";
import { readBundle } from "#domain/bundle.ts";
import type { Settlement } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import { isBlocking, lintPlan } from "#engine/lint/index.ts";
import {
  type Expected,
  expectedOf,
  FOLDERS,
  filesOf,
  inputsOf,
  oracleOf,
  outcomeOf,
  postedAfter,
  settlementOf,
  textOf,
  WITH_ORACLE,
} from "#test/fixtures/gallery.ts";
import { holesIn, otherLanguage, statementsOf } from "#test/fixtures/gallery-statements.ts";
import { verify } from "#verify/verify.ts";

/** Every scheme of the gallery, read from its files and settled. A new folder is under test as soon as it is there. */

const FILES = [
  "README.md",
  "README.zh.md",
  "expected.json",
  "facts.csv",
  "orgs.csv",
  "people.csv",
  "plan.yaml",
  "targets.csv",
];

interface Settled {
  readonly name: string;
  readonly inputs: CampaignInputs;
  readonly settlement: Settlement;
  readonly closedOnly: boolean;
}

function settledRuns(folder: string): Settled[] {
  if (folder === WITH_ORACLE) {
    const run = { asOf: oracleOf().asOf, closedOnly: false };
    const inputs = inputsOf(folder);
    return [{ name: run.asOf, inputs, settlement: settlementOf(inputs, run), closedOnly: false }];
  }
  return expectedOf(folder).runs.map((run) => {
    const inputs = inputsOf(folder, run);
    const name = `${run.plan} as of ${run.asOf}`;
    return { name, inputs, settlement: settlementOf(inputs, run), closedOnly: run.closedOnly };
  });
}

describe.each(FOLDERS)("%s", (folder) => {
  const expected: Expected = { verifierCannot: [], runs: [] };
  const runs: Settled[] = [];

  beforeAll(() => {
    if (folder !== WITH_ORACLE) Object.assign(expected, expectedOf(folder));
    runs.push(...settledRuns(folder));
  });

  it("has its files, and a page in each language that names them", () => {
    const files = filesOf(folder);
    expect(files).toEqual(expect.arrayContaining(FILES));
    for (const page of ["README.md", "README.zh.md"]) {
      const text = textOf(folder, page);
      expect(files.filter((file) => !file.startsWith("README") && !text.includes(`\`${file}\``))).toEqual([]);
    }
  });

  it("has plans in which nothing blocks", () => {
    for (const { inputs } of runs) expect(lintPlan(inputs).filter(isBlocking)).toEqual([]);
  });

  it("comes out as it was worked out", () => {
    if (folder === WITH_ORACLE) {
      const { totals, lines } = oracleOf();
      expect(outcomeOf(only(runs).settlement)).toMatchObject({ totals, lines });
      expect(only(runs).settlement.lines).toHaveLength(Object.keys(lines).length);
    }
    expected.runs.forEach(({ asOf, closedOnly, plan, facts, targets, posted, ...outcome }, index) => {
      const run = runs[index];
      expect(run && outcomeOf(run.settlement), run?.name).toEqual(outcome);
    });
  });

  it("comes out the same whatever the order of the messages", () => {
    for (const { inputs, settlement, closedOnly, name } of runs) {
      const reversed = { ...inputs, facts: inputs.facts.toReversed() };
      const again = settlementOf(reversed, { asOf: settlement.asOf, closedOnly });
      expect(again.resultHash, name).toBe(settlement.resultHash);
    }
  });

  it("posts the differences to the run before", () => {
    expected.runs.forEach(({ posted }, index) => {
      const run = runs[index];
      if (!(posted && run)) return;
      const unitOf = new Map(
        [...run.settlement.lines, ...(runs[index - 1]?.settlement.lines ?? [])].map((line) => [
          line.lineId,
          line.currency,
        ]),
      );
      const found = [...postedAfter(run.settlement, runs[index - 1]?.settlement)].map(([id, minor]) => [
        id,
        formatMoney(minor, unitOf.get(id) ?? ""),
      ]);
      expect(Object.fromEntries(found), run.name).toEqual(posted);
    });
  });

  it("is worked out the same by the verifier, but for kinds that it does not know", () => {
    const cannot = new Set<string>();
    for (const { inputs, settlement, closedOnly, name } of runs) {
      const { plan, units, memberships, targets, facts } = inputs;
      const slices = closedOnly ? { slices: "closed" } : {};
      const document = { plan, units, memberships, targets, facts, asOf: settlement.asOf, ...slices, settlement };
      const { lines, checks } = verify(readBundle(JSON.parse(JSON.stringify(document))));
      expect(
        lines.filter(({ verdict }) => verdict !== "agrees" && verdict !== "cannot"),
        name,
      ).toEqual([]);
      expect(
        checks.filter(({ verdict }) => verdict !== "agrees" && verdict !== "cannot"),
        name,
      ).toEqual([]);
      const kindOf = new Map(plan.rewards.map(({ id, kind }) => [id, kind]));
      for (const { verdict, lineId } of lines) {
        if (verdict === "cannot") cannot.add(kindOf.get(lineId.split(":")[0] ?? "") ?? lineId);
      }
    }
    // A kind that the verifier has learnt is to be struck from `verifierCannot` of expected.json.
    expect([...cannot].sort()).toEqual([...expected.verifierCannot].sort());
  });

  it.each(LANGUAGES)("tells everybody in %s, without holes and in one language", (lang) => {
    for (const { inputs, settlement } of runs) {
      const told = statementsOf(inputs, settlement, lang);
      const foreign = otherLanguage(lang, inputs);
      const wrong = told.flatMap(({ payee, text }) =>
        [...holesIn(text), ...foreign(text)].map((found) => `${payee}: ${found}`),
      );
      expect(wrong).toEqual([]);
      expect(told.length).toBeGreaterThan(0);
    }
  });

  it.each(["README.md", "README.zh.md"])("%s quotes the totals that come out", (page) => {
    const text = textOf(folder, page);
    const totals = folder === WITH_ORACLE ? [oracleOf().totals] : expected.runs.map((run) => run.totals);
    const missing = totals.flatMap((ofRun) => Object.values(ofRun)).filter((amount) => !text.includes(quoted(amount)));
    expect(missing).toEqual([]);
  });
});

describe("what is looked for in statements", () => {
  const inputs = inputsOf("key-account-plan");

  it("is seen where it is", () => {
    expect(holesIn("Total: undefined CNY, null of {amount}, [object Object], NaN")).toHaveLength(5);
    expect(otherLanguage("en", inputs)("林芳 (km-04): 合计 200.00")).toEqual(["合计"]);
    expect(otherLanguage("zh", inputs)("林芳（km-04）：Total of 200.00 CNY")).toEqual(["Total", "of"]);
    expect(otherLanguage("zh", inputs)("月度末位处罚：yellow")).toEqual(["yellow"]);
  });

  it("is not seen where it is not", () => {
    const fine = "林芳（km-04）：2025-01-31T23:59:59.999+08:00，crm#KA020，黄牌，200.00 CNY";
    expect([...holesIn(fine), ...otherLanguage("zh", inputs)(fine)]).toEqual([]);
    expect(otherLanguage("en", inputs)("林芳 of 西区大客户组: -200.00")).toEqual([]);
  });
});

/** `1234.50` as pages write it: `1,234.50`, and `1,234` without idle digits. */
function quoted(amount: string): string {
  return amount
    .replace(/^-/, "")
    .replace(/\.00$/, "")
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function only<T>(items: readonly T[]): T {
  const [first, ...rest] = items;
  if (first === undefined || rest.length > 0) throw new RangeError("there is not exactly one");
  return first;
}

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { runCommandLine } from "#infra/local/cli/main.ts";
import { GALLERY, textOf } from "#test/fixtures/gallery.ts";

/** The pilot's page tells what `laurel simulate` says before the pilot and before the roll-out; the figures are worked out there. */

const FOLDER = "offer-pilot";
const FILES = ["orgs", "people"].flatMap((part) => [`--${part}`, `${part}.csv`]);

interface Case {
  readonly name: string;
  readonly flags: readonly string[];
  readonly cost: readonly (readonly [id: string, inForce: string | undefined, draft: string | undefined])[];
  readonly payees: Readonly<Record<string, readonly [inForce: string, draft: string]>>;
}

const CASES: readonly Case[] = [
  {
    name: "the pilot on last year's sales",
    flags: "--plan plan.yaml --against plan-before.yaml --targets targets.csv --facts past-facts.csv".split(" "),
    cost: [
      ["activation", "442.50", "780.00"],
      ["goal", undefined, "500.00"],
    ],
    payees: {
      "l-01": ["118.00", "490.00"],
      "l-02": ["88.50", "430.00"],
      "q-01": ["106.20", "216.00"],
      "q-02": ["70.80", "144.00"],
      "b-01": ["59.00", "0.00"],
    },
  },
  {
    name: "the roll-out on what the pilot sold",
    flags:
      "--plan plan-rollout.yaml --against plan.yaml --targets targets-rollout.csv --against-targets targets.csv --facts facts.csv --as-of 2025-06-11T00:00".split(
        " ",
      ),
    cost: [
      ["activation", "864.00", "736.00"],
      ["goal", "1300.00", "400.00"],
    ],
    payees: {
      "l-01": ["628.00", "288.00"],
      "l-02": ["604.00", "264.00"],
      "q-01": ["490.00", "300.00"],
      "q-02": ["442.00", "252.00"],
      "b-01": ["0.00", "32.00"],
    },
  },
];

function laurel(...args: readonly string[]) {
  const said = { out: "", err: "" };
  const code = runCommandLine(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    resolve: (path) => join(GALLERY, FOLDER, path),
  });
  return { code, ...said };
}

const changeSchema = z.object({ payee: z.object({ id: z.string() }), before: z.string(), after: z.string() });
const groupSchema = z.object({ top: z.array(changeSchema) });
const simulationSchema = z.object({
  cost: z.object({
    byReward: z.array(z.object({ reward: z.string(), before: z.string().optional(), after: z.string().optional() })),
  }),
  payees: z.object({ winners: groupSchema, losers: groupSchema, unchanged: groupSchema }),
});

describe.each(CASES)("$name", ({ flags, cost, payees }) => {
  const { code, out, err } = laurel("simulate", ...flags, ...FILES, "--shift-to-period", "yes", "--format", "json");

  it("costs what the page worked out", () => {
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const simulation = simulationSchema.parse(JSON.parse(out));
    expect(simulation.cost.byReward.map(({ reward, before, after }) => [reward, before, after])).toEqual(cost);
    const { winners, losers, unchanged } = simulation.payees;
    const changes = [...winners.top, ...losers.top, ...unchanged.top];
    expect(Object.fromEntries(changes.map(({ payee, before, after }) => [payee.id, [before, after]]))).toEqual(payees);
  });

  it.each(["README.md", "README.zh.md"])("%s quotes it", (page) => {
    const text = textOf(FOLDER, page);
    const amounts = [...cost.flatMap(([, ...both]) => both), ...Object.values(payees).flat()];
    const quoted = amounts.map((amount = "none") => amount.replace(/\.00$/, "").replace(/\B(?=(\d{3})+(?!\d))/g, ","));
    expect(quoted.filter((amount) => amount !== "none" && !text.includes(amount))).toEqual([]);
  });

  it("has a draft in which nothing blocks", () => {
    const draft = flags.slice(flags.indexOf("--plan"), flags.indexOf("--plan") + 2);
    const targets = flags.slice(flags.indexOf("--targets"), flags.indexOf("--targets") + 2);
    expect(laurel("lint", ...draft, ...targets, ...FILES)).toMatchObject({ code: 0, err: "" });
  });
});

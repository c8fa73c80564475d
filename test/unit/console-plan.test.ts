import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { planJsonSchema } from "#contracts/plan-schema.ts";
import { planProblems } from "#domain/plan/check.ts";
import { planSchema } from "#domain/plan/plan.ts";
import { tellWrong } from "#functions/console/i18n/server/zh.ts";
import { blankItem, switched } from "#functions/console/plan/blanks.ts";
import { diffLines, nearChanges } from "#functions/console/plan/diff.ts";
import { dropDraft, keepDraft, keptDraft } from "#functions/console/plan/drafts.ts";
import { byPlace, foundIn } from "#functions/console/plan/findings.ts";
import { firstText } from "#functions/console/plan/first-text.ts";
import { groupView, policyText, shownPlaces } from "#functions/console/plan/form-model.ts";
import { historyAfter, startHistory } from "#functions/console/plan/history.ts";
import { choiceLabel, fieldLabel } from "#functions/console/plan/labels.ts";
import { saysPlan, textOf } from "#functions/console/plan/plan-source.ts";
import { readPlanText } from "#functions/console/plan/plan-text.ts";
import { referencesAt } from "#functions/console/plan/references.ts";
import { sectionsOf } from "#functions/console/plan/sections.ts";
import {
  branchOf,
  isFields,
  isSame,
  type Path,
  type Shape,
  shapeAt,
  shapeOf,
  valueAt,
} from "#functions/console/plan/shape.ts";
import { schemesOf } from "#infra/lib/console-gallery.ts";
import { ROOT } from "#test/arch/source.ts";

const SHAPE = shapeOf(planJsonSchema());
const GALLERY = join(ROOT, "shared/gallery");
const PLANS = readdirSync(GALLERY, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, text: readFileSync(join(GALLERY, name, "plan.yaml"), "utf8") }));

function leaves(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => leaves(item, [...path, at]));
  if (!isFields(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

/** Every shape of the plan, with the path that leads to it through the first branches that have it. */
function shapes(
  shape: Shape,
  path: Path,
  visit: (shape: Shape, path: Path, kind?: string) => void,
  kind?: string,
): void {
  visit(shape, path, kind);
  if (shape.kind === "group")
    for (const { name, shape: inner } of shape.fields) shapes(inner, [...path, name], visit, kind);
  if (shape.kind === "list") shapes(shape.of, [...path, 0], visit, kind);
  if (shape.kind === "table") shapes(shape.of, [...path, "x"], visit, kind);
  if (shape.kind === "union")
    for (const { word, shape: inner } of shape.branches)
      if (inner.kind !== "fixed") shapes(inner, path, visit, path.length === 2 && path[0] === "rewards" ? word : kind);
}

const REWARDS = shapeAt(SHAPE, {}, ["rewards"]);
const REWARD: Shape = REWARDS?.kind === "list" ? REWARDS.of : { kind: "any" };

describe("the form of a plan", () => {
  it.each(PLANS)("shows every value of $name, each once", ({ text }) => {
    const value: unknown = parse(text);
    const shown = shownPlaces(SHAPE, value).map((path) => path.join("/"));
    const said = leaves(value).map((path) => path.join("/"));
    expect(said.filter((path) => !shown.includes(path))).toEqual([]);
    expect(new Set(shown).size).toBe(shown.length);
  });

  it("has a part for every field of the schema, once", () => {
    const fields = sectionsOf(SHAPE).flatMap((section) => section.fields.map(({ name }) => name));
    expect(fields.toSorted()).toEqual(Object.keys(planSchema.shape).toSorted());
    const more: Shape = { kind: "group", fields: [{ name: "brandNew", required: false, shape: { kind: "flag" } }] };
    expect(sectionsOf(more).flatMap((section) => section.fields)).toHaveLength(1);
  });

  it("asks for all sixteen kinds of reward, and knows each again by its kind", () => {
    expect(REWARD.kind).toBe("union");
    const branches = REWARD.kind === "union" ? REWARD.branches : [];
    expect(branches).toHaveLength(16);
    for (const { word } of branches) expect(branchOf(branches, { kind: word })?.word).toBe(word);
  });

  it("tells shapes without a kind apart by what only they have", () => {
    const pay = shapeAt(SHAPE, { rewards: [{ kind: "race" }] }, ["rewards", 0, "pay"]);
    const branches = pay?.kind === "union" ? pay.branches : [];
    expect(branches.map(({ word }) => word)).toEqual(["self", "split"]);
    expect(branchOf(branches, { split: {} })?.word).toBe("split");
    expect(branchOf(branches, "self")?.word).toBe("self");
    expect(branchOf(branches, "other")).toBeUndefined();
  });

  it("shows required fields, said ones, and offers the others; what no schema knows is shown, too", () => {
    const fields = SHAPE.kind === "group" ? SHAPE.fields : [];
    const view = groupView(fields, { id: "a", boards: {}, mystery: 1 });
    expect(view.shown.map(({ name }) => name)).toEqual(expect.arrayContaining(["id", "rewards", "boards"]));
    expect(view.addable.map(({ name }) => name)).toContain("disputes");
    expect(view.unknown).toEqual(["mystery"]);
  });

  it("puts nothing into a new place that somebody has to decide", () => {
    const ranking = blankItem(REWARD, [{ id: "ranking-1" }], "rewards", "ranking");
    expect(ranking).toEqual({ id: "ranking-2", kind: "ranking", prizes: [{}] });
    const measures = shapeAt(SHAPE, {}, ["measures"]);
    expect(measures?.kind === "list" && blankItem(measures.of, [], "measures")).toEqual({ id: "measure-1" });
  });

  it("keeps what two kinds of reward have in common when one becomes the other", () => {
    const branches = REWARD.kind === "union" ? REWARD.branches : [];
    const next = branches.find(({ word }) => word === "commission");
    const race = { id: "a", kind: "race", measure: "m", level: "branch", pay: "self", targets: ["t"] };
    expect(next && switched(race, branchOf(branches, race), next)).toMatchObject({
      id: "a",
      kind: "commission",
      measure: "m",
      level: "branch",
      pay: "self",
    });
    expect(next && isFields(switched(race, branchOf(branches, race), next))).toBe(true);
    expect(next && valueAt(switched(race, branchOf(branches, race), next), ["targets"])).toBeUndefined();
  });
});

describe("the words of the form", () => {
  it("are Chinese for every field and every choice of the schema", () => {
    const latin: string[] = [];
    const isLatin = (text: string) => !/[\u4e00-\u9fff]/.test(text);
    shapes(SHAPE, [], (shape, path, kind) => {
      if (path.length > 0 && path.at(-1) !== "x") {
        const { name } = fieldLabel("zh", path, shape, kind);
        if (isLatin(name)) latin.push(`${kind ?? ""} ${path.join("/")}: ${name}`);
      }
      const words =
        shape.kind === "choice" ? shape.options : shape.kind === "union" ? shape.branches.map(({ word }) => word) : [];
      for (const word of words) {
        const { name } = choiceLabel("zh", path, word, shape, kind);
        if (isLatin(name)) latin.push(`${kind ?? ""} ${path.join("/")}=${word}: ${name}`);
      }
    });
    expect([...new Set(latin)]).toEqual([]);
  });

  it("say what each choice of a policy pays, in both languages", () => {
    const path = ["rewards", 0, "ties"];
    const shape = shapeAt(SHAPE, { rewards: [{ kind: "ranking" }] }, path) ?? { kind: "any" };
    expect(choiceLabel("en", path, "poolPrizes", shape, "ranking").help).toContain("16 each");
    expect(choiceLabel("zh", path, "poolPrizes", shape, "ranking").help).toContain("16");
    expect(policyText(shape.help).answers.size).toBe(4);
    expect(policyText("Only a sentence").question).toBe("Only a sentence");
  });
});

describe("a policy that a plan does not state", () => {
  it("is told in Chinese with every choice and what it pays", () => {
    const untold: string[] = [];
    let policies = 0;
    shapes(SHAPE, [], (shape, path) => {
      const { answers } = policyText(shape.help);
      if (shape.kind !== "choice" || answers.size < 2) return;
      policies += 1;
      const told = tellWrong({ message: `say ${shape.help}`, path: `/${path.join("/")}` }) ?? "";
      if (![...answers.keys()].every((word) => told.includes(`${word}——`))) untold.push(`${path.join("/")}: ${told}`);
    });
    expect(policies).toBeGreaterThan(30);
    expect([...new Set(untold)]).toEqual([]);
  });
});

describe("references", () => {
  it("name what the plan has: measures, earlier rewards, targets that are used", () => {
    const plan: unknown = parse(PLANS.find(({ name }) => name === "two-holidays-contest")?.text ?? "");
    const ids = (path: Path) => referencesAt(plan, path)?.options.map(({ id }) => id);
    expect(ids(["rewards", 1, "measure"])).toEqual(["sales", "service", "commitment", "safety"]);
    expect(ids(["rewards", 1, "by", "scorecard"])).toEqual(["team-card"]);
    expect(ids(["rewards", 0, "kpis", 0, "by", "attainment"])).toEqual(["plan"]);
    expect(ids(["rewards", 2, "level"])).toEqual(["participant", "team", "store"]);
    expect(ids(["rewards", 0, "id"])).toBeUndefined();
    expect(ids(["rewards", 0, "rounding", "unit"])).toBeUndefined();
  });

  it("of every gallery plan are among what is offered", () => {
    const lost = PLANS.flatMap(({ name, text }) => {
      const plan: unknown = parse(text);
      return leaves(plan).flatMap((path) => {
        const value = valueAt(plan, path);
        const inList = typeof path.at(-1) === "number" ? path.slice(0, -1) : path;
        const found = typeof value === "string" ? referencesAt(plan, inList) : undefined;
        const shape = shapeAt(SHAPE, plan, inList);
        if (found === undefined || !found.isClosed || shape === undefined || shape.kind === "union") return [];
        return found.options.some(({ id }) => id === value) ? [] : [`${name}: ${path.join("/")} ${value}`];
      });
    });
    expect(lost).toEqual([]);
  });
});

describe("a draft from the server", () => {
  it.each(PLANS)("of $name is written as people write it, and says the same plan", ({ text }) => {
    const stored = planSchema.parse(parse(text));
    const written = textOf(SHAPE, stored);
    expect(isSame(planSchema.parse(parse(written)), stored)).toBe(true);
    expect(saysPlan(SHAPE, text, stored)).toBe(true);
    expect(written).not.toMatch(/gates: \[\]|overlays: ignored/);
  });

  it("is told apart from a text that says something else", () => {
    const [{ text } = { text: "" }] = PLANS;
    expect(saysPlan(SHAPE, text.replace(/^id: .*$/m, "id: other"), planSchema.parse(parse(text)))).toBe(false);
    expect(saysPlan(SHAPE, "a: [", {})).toBe(false);
  });
});

describe("what an editor begins with", () => {
  const [{ text: plain } = { text: "" }] = PLANS;
  const draft = planSchema.parse(parse(plain));
  const [served, typed] = [`# served\n${plain}`, `# typed\n${plain}`];
  const other = plain.replace(/^lateFacts: .*$/m, "lateFacts: P99D");
  const kept = (text: string, isSaved?: boolean) => ({
    ...{ text, revision: 3, at: "2026-01-01T00:00:00Z" },
    ...(isSaved === undefined ? {} : { isSaved }),
  });
  const first = (text: string | undefined, shelf?: ReturnType<typeof kept>) =>
    firstText(SHAPE, { draft, revision: 4, text }, shelf);

  it("is what the server keeps, and what the plan says where it keeps none, or one that says something else", () => {
    expect(other).not.toBe(plain);
    expect(first(served)).toEqual({ text: served, saved: served, revision: 4, kept: undefined });
    const own = textOf(SHAPE, draft);
    for (const text of [undefined, other, "a: ["]) expect(first(text)).toMatchObject({ text: own, saved: own });
  });

  it("is what this browser has not saved, with what is saved beside it: also where only a comment differs", () => {
    for (const text of [typed, other]) {
      expect(first(served, kept(text, false))).toMatchObject({ text, saved: served, revision: 3, kept: { text } });
    }
  });

  it("is not what this browser saved before somebody else did", () => {
    for (const text of [typed, other]) expect(first(served, kept(text, true))).toEqual(first(served));
    expect(first(served, kept(served, false))).toEqual(first(served));
  });

  it("is as this browser wrote it where the server does not keep how", () => {
    for (const shelf of [kept(typed), kept(typed, true)]) {
      expect(first(undefined, shelf)).toEqual({ text: typed, saved: typed, revision: 4, kept: undefined });
    }
    expect(first(undefined, kept(typed, false))).toMatchObject({ text: typed, kept: { text: typed } });
    expect(first(undefined, kept(other))).toMatchObject({ text: other, kept: { text: other } });
  });
});

describe("findings", () => {
  const text = PLANS.find(({ name }) => name === "jiangxi-travel-2018")?.text ?? "";

  it("stand at the field and at the line of their path", () => {
    const broken = text.replace(/^ {4}ties: .*\n/m, "");
    const plan = readPlanText(broken);
    const parsed = planSchema.safeParse(plan.value);
    expect(parsed.success).toBe(false);
    const path = "/rewards/1/ties";
    const [found] = foundIn(plan, { problems: [{ code: "invalid-value", path, message: "missing" }], findings: [] });
    expect(found).toMatchObject({ at: ["rewards", 1, "ties"], severity: "wrong" });
    expect(broken.split("\n")[(found?.line ?? 0) - 1]).toContain("id: branch-ranking");
    expect([...byPlace(found ? [found] : [], new Set(["/rewards", "/rewards/1"])).keys()]).toEqual(["/rewards/1"]);
  });

  it("have the places that the engine's own check names", () => {
    const plan = planSchema.parse(parse(text.replace("measure: premium", "measure: nothing")));
    const problems = planProblems(plan);
    expect(problems.length).toBeGreaterThan(0);
    const found = foundIn(readPlanText(text), { problems, findings: [] });
    expect(found.every(({ at, line }) => at.length > 1 && line > 1)).toBe(true);
  });

  it("of a broken text are its broken places alone", () => {
    const found = foundIn(readPlanText("a: [\n"), {
      problems: [{ code: "x", path: "/a", message: "m" }],
      findings: [],
    });
    expect(found.map(({ code }) => code)).toEqual(["yaml"]);
  });
});

describe("undo and redo", () => {
  it("go over both the form and the YAML, and take back at once what was typed at once", () => {
    const typed = (text: string, by: string, at: number) => ({ do: "change", text, by, at }) as const;
    let history = startHistory("a");
    for (const change of [
      typed("ab", "yaml", 0),
      typed("abc", "yaml", 100),
      typed("X", "form id", 200),
      typed("Y", "form id", 5000),
    ])
      history = historyAfter(history, change);
    const undone: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      history = historyAfter(history, { do: "undo" });
      undone.push(history.text);
    }
    expect(undone).toEqual(["X", "abc", "a", "a"]);
    history = historyAfter(historyAfter(history, { do: "redo" }), { do: "redo" });
    expect(history.text).toBe("X");
    history = historyAfter(history, typed("Z", "yaml", 9000));
    expect(historyAfter(history, { do: "redo" }).text).toBe("Z");
  });
});

describe("differences of two texts", () => {
  it("are the lines that went and came, in order", () => {
    const lines = diffLines("a\nb\nc\nd\n", "a\nc\nx\nd\n");
    expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual(["same a", "gone b", "same c", "new x", "same d"]);
    expect(lines.filter(({ kind }) => kind !== "gone").map(({ text }) => text)).toEqual(["a", "c", "x", "d"]);
  });

  it("are shown with what is near, and gaps between", () => {
    const many = Array.from({ length: 30 }, (_, at) => `line ${at}`);
    const shown = nearChanges(diffLines(many.join("\n"), many.with(15, "other").join("\n")), 1);
    expect(shown.map((line) => (line === "gap" ? "…" : line.text))).toEqual([
      "…",
      "line 14",
      "line 15",
      "other",
      "line 16",
      "…",
    ]);
  });
});

describe("what is not saved", () => {
  it("is found again by who wrote it, until it is dropped", () => {
    const kept = new Map<string, string>();
    const shelf = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const draft = { text: "id: a", revision: 3, at: "2026-01-01T00:00:00Z" };
    keepDraft(shelf, "mei.lin", "a", draft);
    expect(keptDraft(shelf, "mei.lin", "a")).toEqual(draft);
    expect(keptDraft(shelf, "fang.wei", "a")).toBeUndefined();
    dropDraft(shelf, "mei.lin", "a");
    expect(keptDraft(shelf, "mei.lin", "a")).toBeUndefined();
    kept.set("laurel.plan.mei.lin.b", '{"text":1}');
    expect(keptDraft(shelf, "mei.lin", "b")).toBeUndefined();
  });
});

describe("the gallery in the console", () => {
  it("has a card in both languages for every scheme that has a plan", () => {
    const schemes = schemesOf();
    expect(schemes.map(({ id }) => id)).toEqual(PLANS.map(({ name }) => name).toSorted());
    for (const { name, summary, uses, kinds } of schemes) {
      expect([name.zh, summary.zh, ...uses.zh].filter((text) => !/[\u4e00-\u9fff]/.test(text))).toEqual([]);
      expect([name.en, summary.en, ...uses.en].filter((text) => text === "" || /[`*[\]\n]/.test(text))).toEqual([]);
      expect([summary.en.length > 40, uses.en.length > 1, uses.en.length === uses.zh.length, kinds.length > 0]).toEqual(
        [true, true, true, true],
      );
    }
  });
});

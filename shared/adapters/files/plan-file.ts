import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { parsePlan } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { decodeUtf8, type SourceFile } from "./source-file.ts";

/** A rule book that people wrote is far smaller; a larger text is a mistake or an attack. */
const MAX_PLAN_BYTES = 256 * 1024;

/** How often aliases (`*name`) may repeat what was written once. */
const MAX_ALIASES = 100;

export interface PlanFile {
  /** undefined when there are problems. */
  readonly plan: Plan | undefined;
  /** Where a part of the plan stands: `/rewards/2` → `plan.yaml:41 /rewards/2`. */
  placeOf(pointer: string): string;
  readonly problems: readonly Problem[];
}

/** Reads a plan from YAML or JSON (which is YAML); every problem names its line. */
export function readPlanFile(file: SourceFile): PlanFile {
  const unreadable = (problems: readonly Problem[]): PlanFile => ({
    plan: undefined,
    placeOf: (pointer) => `${file.name} ${pointer}`,
    problems,
  });
  if (file.bytes.length > MAX_PLAN_BYTES) return unreadable([tooLarge(file)]);
  const text = decodeUtf8(file);
  if (typeof text !== "string") return unreadable([text]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const syntaxProblems = [...document.errors, ...document.warnings].map(({ code, message, pos }): Problem => {
    const { line, col } = lines.linePos(pos[0]);
    return {
      code: code.toLowerCase().replaceAll("_", "-"),
      path: `${file.name}:${line}:${col}`,
      message: code === "DUPLICATE_KEY" ? "this key stands twice" : message,
      ...(code === "DUPLICATE_KEY" ? { mend: "keep one of the two" } : {}),
    };
  });
  if (syntaxProblems.length > 0) return unreadable(syntaxProblems);

  const content = plainContent(document);
  if ("problem" in content) return unreadable([{ code: "bad-alias", path: file.name, message: content.problem }]);
  const placeOf = (pointer: string) => {
    const offset = offsetOf(document, pointer);
    return offset === undefined
      ? `${file.name} ${pointer}`
      : `${file.name}:${lines.linePos(offset).line} ${pointer || "/"}`;
  };
  try {
    return { plan: parsePlan(content.value), placeOf, problems: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((problem) => ({
      ...problem,
      ...mendOfUnquoted(document, problem),
      path: placeOf(problem.path),
    }));
    return { plan: undefined, placeOf, problems };
  }
}

function plainContent(document: Document.Parsed): { value: unknown } | { problem: string } {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    // An alias inside what it repeats has no end; only writing it out tells.
    JSON.stringify(value);
    return { value };
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
}

/** The start of what a JSON pointer names, or of the nearest part above it that exists: a missing field is reported where it would stand. */
function offsetOf(document: Document.Parsed, pointer: string): number | undefined {
  const path = pathOf(pointer);
  for (let length = path.length; length >= 0; length -= 1) {
    const parent: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (length > 0 && isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function pathOf(pointer: string): string[] {
  return pointer === "" || pointer === "/" ? [] : pointer.slice(1).split("/");
}

/** Amounts are texts so that no digit is lost; a number without quotes is the commonest slip. */
function mendOfUnquoted(document: Document.Parsed, problem: Problem): Pick<Problem, "mend" | "seen"> {
  const node: unknown = document.getIn(pathOf(problem.path), true);
  if (problem.code !== "invalid-type" || !isScalar(node) || typeof node.value !== "number") return {};
  const source = node.source ?? String(node.value);
  return { seen: source, mend: `put it in quotes: "${source}"` };
}

function tooLarge({ name, bytes }: SourceFile): Problem {
  return {
    code: "too-large",
    path: name,
    message: `the plan has ${bytes.length} bytes`,
    seen: String(bytes.length),
    allowed: `at most ${MAX_PLAN_BYTES} bytes`,
  };
}

/**
 * What a condition may cost. It is asked of every fact, so one that takes long would hold up everybody's campaigns. Its text is short
 * (`CEL_MAX_LENGTH`), and attributes are too; two things could still run for years, and are bounded here: loops in loops, and patterns
 * that try every way to divide a text.
 */

/** Calls that go through a list, or give a value a name: each can double what the one before made. */
const LOOPS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter", "bind"]);

const PATTERN_LENGTH = 100;

interface CostProblem {
  readonly message: string;
  readonly allowed: string;
  readonly mend: string;
}

/** Why the condition could run too long; undefined when it cannot. @param ast a node of the parser's tree: `{op, args}` */
export function costProblem(ast: unknown): CostProblem | undefined {
  const calls = callsOf(ast);
  if (calls.filter(({ name }) => LOOPS.has(name)).length > 1) {
    const message = "the condition goes through lists more than once";
    return {
      message,
      allowed: "one of all, exists, exists_one, map, filter",
      mend: "split it, or list the values with `in`",
    };
  }
  const slow = calls.some(({ name, pattern }) => name === "matches" && !isQuick(pattern));
  if (!slow) return undefined;
  return {
    message: "the pattern could take very long on some texts",
    allowed: `a pattern in quotes, at most ${PATTERN_LENGTH} characters, with at most one group, none repeated, and two of * + ? {}`,
    mend: "use startsWith, endsWith, contains or `in`",
  };
}

interface Call {
  readonly name: string;
  /** The only argument, where it is a text that stands in the condition. */
  readonly pattern: string | undefined;
}

function callsOf(node: unknown): Call[] {
  if (Array.isArray(node)) return node.flatMap(callsOf);
  if (typeof node !== "object" || node === null || !("args" in node)) return [];
  const op = "op" in node ? node.op : undefined;
  const { args } = node;
  const inside = callsOf(args);
  if (!Array.isArray(args) || (op !== "rcall" && op !== "call")) return inside;
  return [{ name: String(args[0]), pattern: literal(args.at(-1)) }, ...inside];
}

function literal(given: unknown): string | undefined {
  const [only, ...others] = Array.isArray(given) ? given : [];
  if (others.length > 0 || typeof only !== "object" || only === null) return undefined;
  const value: unknown = Reflect.get(only, "op") === "value" ? Reflect.get(only, "args") : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Ways to divide a text multiply with each repetition and each choice: of few there are few, whatever the text. */
function isQuick(pattern: string | undefined): boolean {
  if (pattern === undefined || pattern.length > PATTERN_LENGTH) return false;
  const bare = pattern.replaceAll(/\\[^\dk]/g, "_").replaceAll(/\[[^\]]*\]/g, "_");
  const groups = bare.split("(").length - 1;
  const repetitions =
    bare
      .replaceAll(/\(\?[:=!<]/g, "(")
      .replaceAll(/[*+?}]\?/g, "*")
      .match(/[*+?{]/g) ?? [];
  return groups <= 1 && repetitions.length <= 2 && !/\)[*+?{]/.test(bare) && !bare.includes("\\");
}

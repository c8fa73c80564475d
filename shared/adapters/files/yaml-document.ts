import { parseDocument } from "yaml";
import { Refusal } from "#domain/problem.ts";

/** How often aliases (`*name`) may repeat what was written once: enough for people, too few to blow a document up. */
const MAX_ALIASES = 100;

/**
 * Reads a YAML text as plain values. Numbers and dates of plans are texts in quotes; nothing is guessed here.
 *
 * @throws Refusal("invalid") with line and column of what cannot be read
 */
export function readYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
    const [first] = [...document.errors, ...document.warnings];
    if (!first) return document.toJS({ maxAliasCount: MAX_ALIASES });
    const at = first.linePos?.[0];
    throw new Refusal("invalid", "the text is not YAML", [
      {
        code: "not-yaml",
        path: at ? `${at.line}:${at.col}` : "",
        message: first.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? first.code,
      },
    ]);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // Too many aliases, or nesting deeper than the reader's own stack.
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new Refusal("invalid", "the text is not YAML", [{ code: "not-yaml", path: "", message }]);
  }
}

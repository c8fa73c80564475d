import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";
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
    const lineCounter = new LineCounter();
    // The parser compares each name with each other: minutes for the names that fit into a body.
    const document = parseDocument(text, { prettyErrors: true, uniqueKeys: false, lineCounter });
    const [first] = [...document.errors, ...document.warnings];
    if (!first) {
      requireUniqueKeys(document, lineCounter);
      return document.toJS({ maxAliasCount: MAX_ALIASES });
    }
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

function requireUniqueKeys(document: Document.Parsed, lines: LineCounter): void {
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (isScalar(key) && name !== undefined && seen.has(name)) {
          const { line, col } = lines.linePos(key.range?.[0] ?? 0);
          const problem = { code: "not-yaml", path: `${line}:${col}`, message: "Map keys must be unique", seen: name };
          throw new Refusal("invalid", "the text is not YAML", [problem]);
        }
        if (name !== undefined) seen.add(name);
      }
    },
  });
}

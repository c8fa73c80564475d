import { Document, visit } from "yaml";
import { isFields } from "./shape.ts";

/** Values as YAML, to be cut into a text. */

const INLINE_MOST = 90;

/** A value on one line, as it can stand in braces: `{ id: a, of: [b, c] }`. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isFields(value)) return scalar(value);
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return fields.length === 0
    ? "{}"
    : `{ ${fields.map(([name, inner]) => `${scalar(name)}: ${inline(inner)}`).join(", ")} }`;
}

/** In quotes where it needs them; it is told in a list, because more needs them there. */
function scalar(value: unknown): string {
  const list = new Document([value]);
  visit(list, {
    Collection: (_, node) => {
      node.flow = true;
    },
  });
  const text = list.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd().slice(1, -1);
  return text.includes("\n") ? JSON.stringify(value) : text;
}

export function isLong(value: unknown): boolean {
  return typeof value === "object" && value !== null && inline(value).length > INLINE_MOST;
}

/** A value on lines of its own; what is short stands in braces. */
export function block(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Collection: (key, node) => {
      if (key === null || isLong(node.toJSON())) return;
      node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}

export function indented(text: string, column: number): string {
  return text.replaceAll(/\n(?!\n)/g, `\n${" ".repeat(column)}`);
}

/** What stands behind `key:`. */
export function behind(value: unknown, column: number): string {
  const isCollected = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  const isListOfFields = Array.isArray(value) && value.some(isFields);
  if (!isCollected || (!isListOfFields && !isLong(value))) return ` ${inline(value)}`;
  return `\n${" ".repeat(column + 2)}${indented(block(value), column + 2)}`;
}

/** A plan as a text of its own. */
export function textOfPlan(plan: unknown): string {
  return `${block(plan)}\n`;
}

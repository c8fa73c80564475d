import ts from "typescript";
import { read } from "#test/arch/source.ts";

/** A text that the server's code writes out, with `{name}` where a value is placed. Either way of a choice within it is a text of its own. */
export interface WrittenText {
  readonly where: string;
  readonly text: string;
}

/** What documents the API, or stops a programmer: nobody meets it in an answer. */
const DOCUMENTING = new Set(["describe", "meta"]);
const ERRORS = /^(?:Type|Range)?Error$/;
/** More ways than these and the text should be made in a simpler manner. */
const MOST_WAYS = 16;

/** Every text of more than a word in a file of TypeScript. */
export function textsIn(path: string): readonly WrittenText[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const written = new Map<ts.Node, readonly string[]>();
  const placed = new Set<ts.Node>();
  const look = (node: ts.Node): void => {
    if (isPassedOver(node)) return;
    const whole = isSum(node) && !isSum(node.parent) ? sumOf(node) : undefined;
    if (whole !== undefined) {
      written.set(node, [whole]);
      return;
    }
    if (isText(node)) written.set(node, waysOf(node, placed));
    ts.forEachChild(node, look);
  };
  look(file);
  return [...written]
    .filter(([node]) => !placed.has(node))
    .flatMap(([node, ways]) => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      return ways.filter(isProse).map((text) => ({ where: `${path}:${line + 1}`, text }));
    });
}

/** Words beside each other, or beside a value. */
export function isProse(text: string): boolean {
  const bare = text.replaceAll(/\{\w+\}/g, "0");
  return /[a-z]{2}[’'.,;:)"]* +[\w("`“]/i.test(bare) || /\w[’'.,;:)"]* +[("`“]*[a-z]{2}/i.test(bare);
}

function isPassedOver(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isNewExpression(node)) return ERRORS.test(node.expression.getText());
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  const called = calledName(parent.expression);
  if (DOCUMENTING.has(called) || /^log\.\w+$/.test(parent.expression.getText())) return true;
  // The question and the meanings of its answers; what is said of a wrong answer names them.
  return called === "policySchema" && parent.arguments.indexOf(asExpression(node)) !== 1;
}

function calledName(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isIdentifier(node) ? node.text : "";
}

const asExpression = (node: ts.Node): ts.Expression => (ts.isExpression(node) ? node : ts.factory.createNull());

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** A text that is written on several lines. */
function sumOf(node: ts.Expression): string | undefined {
  if (isText(node)) return waysOf(node, new Set())[0];
  if (!isSum(node)) return undefined;
  const [left, right] = [sumOf(node.left), sumOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

function isText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** The texts that an expression can come to, or nothing where that cannot be seen. What is placed into another text is no text by itself. */
function waysOf(node: ts.StringLiteralLike | ts.TemplateExpression, placed: Set<ts.Node>): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  const names = new Map<string, number>();
  let ways = [node.head.text];
  for (const { expression, literal } of node.templateSpans) {
    const within = new Set<ts.Node>();
    const inner = placedWays(expression, within, 0);
    const isFew = inner !== undefined && ways.length * inner.length <= MOST_WAYS;
    if (isFew) for (const one of within) placed.add(one);
    const values = isFew ? inner : [`{${holeName(expression, names)}}`];
    ways = ways.flatMap((before) => values.map((value) => before + value + literal.text));
  }
  return ways;
}

function placedWays(node: ts.Expression, placed: Set<ts.Node>, depth: number): readonly string[] | undefined {
  if (depth > 4) return undefined;
  if (ts.isParenthesizedExpression(node)) return placedWays(node.expression, placed, depth + 1);
  if (isText(node)) {
    const ways = waysOf(node, placed);
    placed.add(node);
    return ways;
  }
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [node.whenTrue, node.whenFalse].map(
      (way) => placedWays(way, placed, depth + 1) ?? [`{${holeName(way, new Map())}}`],
    );
    const all = [...(yes ?? []), ...(no ?? [])];
    return all.some((way) => !/^\{\w+\}$/.test(way)) ? all : undefined;
  }
  if (ts.isIdentifier(node)) {
    const made = initializerOf(node);
    if (made === undefined || !ts.isConditionalExpression(made)) return undefined;
    return placedWays(made, isOnlyPlaced(node) ? placed : new Set(), depth + 1);
  }
  return undefined;
}

/** Whether a constant stands in nothing but templates. */
function isOnlyPlaced(name: ts.Identifier): boolean {
  let all = true;
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text) {
      const { parent } = node;
      all &&= ts.isTemplateSpan(parent) || (ts.isVariableDeclaration(parent) && parent.name === node);
    }
    ts.forEachChild(node, look);
  };
  let around: ts.Node = name;
  while (!ts.isFunctionLike(around) && !ts.isSourceFile(around)) around = around.parent;
  look(around);
  return all;
}

/** What a constant of the same function is made of. */
function initializerOf(name: ts.Identifier): ts.Expression | undefined {
  for (let around: ts.Node = name.parent; !ts.isSourceFile(around); around = around.parent) {
    if (!ts.isBlock(around)) continue;
    for (const statement of around.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const found = statement.declarationList.declarations.find(
        (one) => ts.isIdentifier(one.name) && one.name.text === name.text,
      );
      if (found) return found.initializer;
    }
  }
  return undefined;
}

/** A name for what is placed: `reward.id` is a `reward`. */
function holeName(node: ts.Expression, taken: Map<string, number>): string {
  const name = nameOf(node) || "value";
  const times = (taken.get(name) ?? 0) + 1;
  taken.set(name, times);
  return times === 1 ? name : `${name}${times}`;
}

const VAGUE = new Set(["id", "text", "length"]);
/** What is passed along, and does not say what is placed. */
const AROUND = new Set(["context", "rules", "plan", "JSON"]);

function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return AROUND.has(node.text) ? "" : node.text;
  if (ts.isPropertyAccessExpression(node)) {
    const own = node.name.text;
    return (VAGUE.has(own) && nameOf(node.expression)) || own.replace(/^#/, "");
  }
  if (ts.isCallExpression(node)) {
    const given = node.arguments.map(nameOf).find((name) => name !== "");
    if (!ts.isPropertyAccessExpression(node.expression)) return given ?? nameOf(node.expression);
    return nameOf(node.expression.expression) || given || "";
  }
  if (ts.isElementAccessExpression(node) || ts.isNonNullExpression(node)) return nameOf(node.expression);
  if (ts.isBinaryExpression(node)) return nameOf(node.left) || nameOf(node.right);
  if (ts.isParenthesizedExpression(node)) return nameOf(node.expression);
  return "";
}

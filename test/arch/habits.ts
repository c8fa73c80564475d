import ts from "typescript";
import type { Matches } from "./source.ts";

/** A habit of the house: what is not done, where, and how often it is done all the same. */
export interface Habit {
  readonly name: string;
  readonly because: string;
  readonly folders: readonly string[];
  readonly matches: Matches;
  /** How many there were when last looked at. It may fall and never rise. */
  readonly ceiling: number;
  /** Code that has it once in each line, and code that has it nowhere: a check that sees nothing finds nothing. */
  readonly seenIn: string;
  readonly notSeenIn: string;
}

const EVERYWHERE = ["shared", "functions", "infra", "test"];
const PURE = ["shared/domain", "shared/engine", "shared/verify", "shared/app"];

export const HABITS: readonly Habit[] = [
  {
    name: "no type assertion",
    because: "it tells the compiler what a schema should find out",
    folders: EVERYWHERE,
    matches: (node) =>
      (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) && !ts.isConstTypeReference(node.type),
    ceiling: 0,
    seenIn: "a as string;\n<string>a;\n(a as unknown)[0];",
    notSeenIn: 'import { a as b } from "c";\nconst d = [1] as const;\ntype E = { [k in F as G]: 1 };\nh satisfies I;',
  },
  {
    name: "no any",
    because: "nothing is checked behind it",
    folders: EVERYWHERE,
    matches: (node) => node.kind === ts.SyntaxKind.AnyKeyword,
    ceiling: 0,
    seenIn: "let a: any;\nlet b: Array<any>;",
    notSeenIn: 'const any = "any";\nany.any;',
  },
  {
    name: "no non-null !",
    because: "it is an assertion without a reason",
    folders: EVERYWHERE,
    matches: (node) => ts.isNonNullExpression(node),
    ceiling: 0,
    seenIn: "a!;\nb!.c;",
    notSeenIn: "!a;\nb !== c;",
  },
  {
    name: "no console",
    because: "functions log through their logger, and what is shared says nothing by itself",
    folders: ["shared", "functions"],
    matches: isMemberOf("console"),
    ceiling: 0,
    seenIn: 'console.log("a");\nconst b = console.error;',
    notSeenIn: "logger.console;",
  },
  {
    name: "no clock, no chance",
    because: "time is passed in, and the same inputs give the same bytes",
    folders: PURE,
    matches: either(
      isMemberOf("Date", "now"),
      isMemberOf("Math", "random"),
      isMemberOf("performance", "now"),
      isMemberOf("Temporal", "Now"),
      (node) => ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length,
      isNamed("randomUUID", "randomBytes", "randomInt", "getRandomValues", "setTimeout", "setInterval"),
    ),
    ceiling: 0,
    seenIn:
      "Date.now();\nMath.random();\nnew Date();\nnew Date;\nconst a = Date.now;\nTemporal.Now.instant();\ncrypto.randomUUID();",
    notSeenIn: "new Date(0);\nclock.now();\nMath.max(1, 2);\nDate.parse(a);",
  },
  {
    name: "no timed test",
    because: "how long something takes is the machine's matter and its load's: what is counted is the same everywhere",
    folders: ["unit", "property", "contract", "conformance", "integration", "infra", "arch", "e2e"].map(
      (name) => `test/${name}`,
    ),
    matches: either(
      isMemberOf("performance", "now"),
      isMemberOf("process", "hrtime"),
      isMemberOf("process", "cpuUsage"),
      (node) =>
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.MinusToken &&
        node.left.getText() === "Date.now()" &&
        !ts.isNumericLiteral(node.right),
    ),
    ceiling: 0,
    seenIn: "performance.now();\nprocess.cpuUsage();\nprocess.hrtime.bigint();\nDate.now() - begun;",
    notSeenIn: "Date.now();\nnew Date(Date.now() - 3_600_000);\nprocess.env;",
  },
  {
    name: "no float for money",
    because: "amounts are integers of minor units, and rates are fractions of integers",
    folders: ["shared/engine", "shared/verify"],
    matches: isNamed("toFixed", "toPrecision", "parseFloat"),
    ceiling: 0,
    seenIn: "a.toFixed(2);\nparseFloat(a);\nNumber.parseFloat(a);",
    notSeenIn: "Number.parseInt(a, 10);\nconst b = { toFix: 1 };",
  },
];

function either(...all: readonly Matches[]): Matches {
  return (node) => all.some((matches) => matches(node));
}

/** `object.name`, as in `Date.now`; without a name, whatever is taken from the object. */
function isMemberOf(object: string, name?: string): Matches {
  return (node) =>
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object &&
    (name === undefined || node.name.text === name);
}

function isNamed(...names: readonly string[]): Matches {
  return (node) => ts.isIdentifier(node) && names.includes(node.text);
}

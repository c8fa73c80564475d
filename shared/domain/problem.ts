import * as z from "zod";

/** One thing that is wrong with an input: where, what was seen, what is allowed, and how to mend it. */
export const problemSchema = z.strictObject({
  code: z.string().describe("Stable machine-readable name, e.g. `unknown-unit`"),
  path: z.string().describe("Place in the input: `/rewards/2/gates/0` in a document, `people.csv:7:unit` in a file"),
  message: z.string().describe("One sentence that says what is wrong, with the numbers"),
  seen: z.string().optional().describe("The value that was found"),
  allowed: z.string().optional().describe("What would have been accepted"),
  mend: z.string().optional().describe("A proposed correction"),
});
export type Problem = z.infer<typeof problemSchema>;

/**
 * Why a use case refused. The vocabulary of refusals is the domain's; what a refusal looks like
 * on the wire (HTTP status, exit code) is decided at the edge.
 */
export type RefusalKind =
  | "invalid" /* the input breaks a rule; `problems` say which */
  | "notFound"
  | "conflict" /* the same identity with other content, or a state that does not allow it */
  | "stale" /* the caller's copy is not the newest: read again */
  | "unauthenticated"
  | "forbidden";

/** Thrown by use cases and parsers; carries every problem found, not only the first. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly kind: RefusalKind;
  readonly problems: readonly Problem[];

  constructor(kind: RefusalKind, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.kind = kind;
    this.problems = problems;
  }
}

/** Turns zod's issues into problems, with JSON-pointer paths below `base`. */
export function problemsOf(error: z.ZodError, base = "", input?: unknown): Problem[] {
  return error.issues.flatMap((issue) => issueProblems(issue, [], base, input));
}

function issueProblems(
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[],
  base: string,
  input: unknown,
): Problem[] {
  const path = [...above, ...issue.path];
  const problemAt = (place: readonly PropertyKey[], code: string, message: string): Problem => {
    const seen = valueAt(input, place);
    const allowed = allowedBy(issue);
    return {
      code: code.replaceAll("_", "-"),
      path: `${base}/${place.map(String).join("/")}`,
      message,
      ...(seen === undefined ? {} : { seen }),
      ...(allowed === undefined ? {} : { allowed }),
    };
  };
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => problemAt([...path, key], "unknown-key", `there is no field ${key} here`));
  }
  if (issue.code === "invalid_union") {
    const meant = meantBranch(issue.errors);
    if (meant) return meant.flatMap((inner) => issueProblems(inner, path, base, input));
    const messages = issue.errors.flatMap((branch) => branch.map(({ message }) => message));
    return [problemAt(path, issue.code, messages.length > 0 ? messages.join(", or ") : issue.message)];
  }
  return [
    problemAt(
      path,
      issue.code,
      isUnwordedAbsence(issue, input, path) ? `${String(path.at(-1))} is missing` : issue.message,
    ),
  ];
}

/** Nothing is there, and the schema has no words of its own for that. */
function isUnwordedAbsence(issue: z.core.$ZodIssue, input: unknown, path: readonly PropertyKey[]): boolean {
  return (
    issue.code === "invalid_type" &&
    issue.message.startsWith("Invalid input") &&
    path.length > 0 &&
    input !== undefined &&
    valueAt(input, path) === undefined
  );
}

/** What the schema itself says of the values it takes; rules in words are in the message. */
function allowedBy(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.map(String).join(", ");
    case "invalid_type":
      return issue.expected;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** Of several shapes the one that was probably meant: of those that fit in kind, the one with the fewest mistakes inside. */
function meantBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  return branches
    .filter((branch) => branch.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys"))
    .sort((a, b) => a.length - b.length)[0];
}

function valueAt(input: unknown, path: readonly PropertyKey[]): string | undefined {
  let value: unknown = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value === undefined ? undefined : shownValue(value);
}

/** A value as a problem shows it: a text as it stands, anything else as JSON, and never longer than a line. */
export function shownValue(value: unknown): string {
  const text = typeof value === "string" ? value : jsonOf(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // What was read can be nested more deeply than can be written.
    return "a value that cannot be shown";
  }
}

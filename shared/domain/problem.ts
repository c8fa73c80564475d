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
  return error.issues.map((issue) => {
    const seen = valueAt(input, issue.path);
    return {
      code: issue.code === "unrecognized_keys" ? "unknown-key" : issue.code.replaceAll("_", "-"),
      path: `${base}/${issue.path.map(String).join("/")}`,
      message: issue.message,
      ...(seen === undefined ? {} : { seen }),
    };
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): string | undefined {
  let value: unknown = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

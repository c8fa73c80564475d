import {
  PROBLEM_KINDS,
  PROBLEM_MEDIA,
  type ProblemDetails,
  type ProblemKind,
  problemType,
} from "#contracts/problem-details.ts";
import { type Problem, Refusal } from "#domain/problem.ts";

/** Something wrong with the request itself, before any use case: what the domain's refusals have no word for. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly kind: ProblemKind;
  readonly problems: readonly Problem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    message: string,
    { problems = [], headers = {} }: { problems?: readonly Problem[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.kind = kind;
    this.problems = problems;
    this.headers = headers;
  }
}

/** Enough for a person to work on; the sentence says how many there are. */
const PROBLEMS_SHOWN = 500;

export interface ProblemAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What a failure looks like on the wire. What is not a refusal says nothing about our insides. */
export function problemAnswer(error: unknown, instance: string, requestId: string): ProblemAnswer {
  const { kind, message, problems, headers } = told(error);
  const { status, title } = PROBLEM_KINDS[kind];
  const left = problems.length - PROBLEMS_SHOWN;
  const details: ProblemDetails = {
    type: problemType(kind),
    title,
    status,
    detail: left > 0 ? `${message}; ${left} more are not listed` : message,
    instance,
    requestId,
    problems: problems.slice(0, PROBLEMS_SHOWN),
  };
  return {
    statusCode: status,
    headers: { "content-type": PROBLEM_MEDIA, "cache-control": "no-store", ...headers },
    body: JSON.stringify(details),
  };
}

/** What AWS calls a store that has more to do than it can: nothing is wrong with the call, and a moment later it may succeed. */
const BUSY: ReadonlySet<string> = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "TooManyRequestsException",
]);

function told(error: unknown): Pick<HttpProblem, "kind" | "message" | "problems" | "headers"> {
  if (error instanceof HttpProblem) return error;
  if (error instanceof Refusal) {
    const headers: Record<string, string> =
      error.kind === "unauthenticated" ? { "www-authenticate": 'Bearer realm="laurel", error="invalid_token"' } : {};
    return { kind: error.kind, message: error.message, problems: error.problems, headers };
  }
  if (error instanceof Error && BUSY.has(error.name)) {
    return { kind: "unavailable", message: "the store is busy", problems: [], headers: { "retry-after": "2" } };
  }
  return { kind: "internal", message: "the cause is in our logs, under the request id", problems: [], headers: {} };
}

import * as z from "zod";
import { problemSchema } from "#domain/problem.ts";

/**
 * Every way a call can fail, with its HTTP status and title. The first six are the domain's refusals;
 * the others are about the request itself.
 */
export const PROBLEM_KINDS = {
  invalid: { status: 422, title: "The input breaks a rule" },
  unauthenticated: { status: 401, title: "Nobody vouches for this call" },
  forbidden: { status: 403, title: "Not allowed" },
  notFound: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "It contradicts what is there" },
  stale: { status: 412, title: "Your copy is not the newest" },
  malformed: { status: 400, title: "The request cannot be read" },
  methodNotAllowed: { status: 405, title: "Not with this method" },
  tooLarge: { status: 413, title: "The body is too large" },
  unsupportedMedia: { status: 415, title: "This content type is not taken here" },
  preconditionRequired: { status: 428, title: "Say which copy you edit" },
  tooMany: { status: 429, title: "Too many calls" },
  internal: { status: 500, title: "Something failed here" },
  unavailable: { status: 503, title: "Busy: try again" },
} as const;
export type ProblemKind = keyof typeof PROBLEM_KINDS;

export const PROBLEM_MEDIA = "application/problem+json";

/** RFC 9457 problem details; `problems` lists everything that is wrong, not only the first. */
export const problemDetailsSchema = z
  .strictObject({
    type: z.string().meta({ description: "Names the kind of problem", examples: ["urn:laurel:problem:invalid"] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("One sentence about this occurrence"),
    instance: z.string().optional().describe("The path that was called"),
    requestId: z.string().optional().describe("Names this call in the logs"),
    problems: z.array(problemSchema.meta({ id: "Problem" })).default([]),
  })
  .meta({ id: "ProblemDetails" });
export type ProblemDetails = z.infer<typeof problemDetailsSchema>;

export function problemType(kind: ProblemKind): string {
  return `urn:laurel:problem:${kind}`;
}

import * as z from "zod";
import { Refusal } from "#domain/problem.ts";
import type { PageRequest } from "#ports/page.ts";

/** What adapters share about pages: how long one is, and cursors that callers cannot read but could have changed. */

const DEFAULT_LIMIT = 100;

/** Items to a page: what was asked for, or 100. Throws Refusal("invalid") unless it is a whole number above 0. */
export function pageLimit(request: PageRequest): number {
  const limit = request.limit ?? DEFAULT_LIMIT;
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new Refusal("invalid", "the page limit is not usable", [
    {
      code: "limit",
      path: "limit",
      message: "a page holds at least one item",
      seen: String(limit),
      allowed: "a whole number from 1",
    },
  ]);
}

/** A position as base64url of its JSON. */
export function encodeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The position again; throws Refusal("invalid") when it is not one that {@link encodeCursor} made of this shape. */
export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  const position = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
      } catch {
        context.addIssue({ code: "custom", message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(cursor);
  if (position.success) return position.data;
  throw foreignCursor(cursor);
}

/** For a cursor that is well-formed but continues some other listing. */
export function foreignCursor(cursor: string): Refusal {
  return new Refusal("invalid", "the cursor does not belong to this listing", [
    {
      code: "cursor",
      path: "cursor",
      message: "a cursor continues only the listing that gave it",
      seen: cursor.length > 120 ? `${cursor.slice(0, 117)}...` : cursor,
      mend: "begin again without a cursor",
    },
  ]);
}

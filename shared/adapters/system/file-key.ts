import { Refusal } from "#domain/problem.ts";

/**
 * Checks a file's key: names joined by `/`, none of them empty, `.` or `..`, without backslashes and control characters.
 * The same rule in every adapter, so that what works here works there. Throws Refusal("invalid").
 */
export function checkFileKey(key: string): string {
  const names = key.split("/");
  const isSafe = names.every((name) => name !== "" && name !== "." && name !== ".." && !/[\\\p{Cc}\p{Cs}]/u.test(name));
  if (isSafe && Buffer.byteLength(key) <= 1024) return key;
  throw new Refusal("invalid", "this is no file name that we keep", [
    {
      code: "file-key",
      path: "",
      message: "a file's key is a relative path without `..`, backslashes or control characters",
      seen: key.slice(0, 120),
      allowed: "names joined by /, such as payouts/run-1.csv",
    },
  ]);
}

/** What is wrong, if it is: nothing when both are the same. */
export function unlessEqual(what: string, is: unknown, should: unknown): string[] {
  return is === should ? [] : [`${what}: it is ${String(is)}, and should be ${String(should)}`];
}

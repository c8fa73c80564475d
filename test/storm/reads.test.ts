import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The storm reads what was written last, because no adapter asks the database for less: a read that may be older would have to be played
 * in `ports.ts` first.
 */

const FOLDER = join(import.meta.dirname, "../../shared/adapters/dynamodb");
const READS = /new (?:BatchGet|Get|Query|Scan|TransactGet)Command\(\{?/g;

/** What stands between the brackets of a call. */
function argumentsAt(source: string, from: number): string {
  let depth = 1;
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "(") depth += 1;
    if (source[at] === ")") depth -= 1;
    if (depth === 0) return source.slice(from, at);
  }
  return source.slice(from);
}

describe("every read of the database", () => {
  const reads = globSync("*.ts", { cwd: FOLDER }).flatMap((file) => {
    const source = readFileSync(join(FOLDER, file), "utf8");
    return [...source.matchAll(READS)].map((found) => ({
      where: `${file}:${source.slice(0, found.index).split("\n").length}`,
      asked: argumentsAt(source, source.indexOf("(", found.index) + 1),
    }));
  });

  it("is found here", () => {
    expect(reads.length).toBeGreaterThan(2);
  });

  it("is of what was written last", () => {
    expect(reads.filter(({ asked }) => !asked.includes("ConsistentRead: true")).map(({ where }) => where)).toEqual([]);
  });
});

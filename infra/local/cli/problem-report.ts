import { type Problem, Refusal } from "#domain/problem.ts";
import { printable } from "./columns.ts";
import { EXIT_WRONG_INPUT, type Terminal } from "./command.ts";

/** One problem on one line: `people.csv:7:unit: … (seen "x"; allowed …; mend: …)`. */
export function problemLine({ path, message, seen, allowed, mend }: Problem): string {
  const remarks = [
    ...(seen === undefined ? [] : [`seen ${JSON.stringify(seen)}`]),
    ...(allowed === undefined ? [] : [`allowed ${allowed}`]),
    ...(mend === undefined ? [] : [`mend: ${mend}`]),
  ];
  return printable(`${path}: ${message}${remarks.length === 0 ? "" : ` (${remarks.join("; ")})`}`);
}

/**
 * Runs a command's work and reports a refusal: a line for each problem on stderr, and for programs one JSON document
 * `{problems}` on stdout.
 */
export function reportingProblems(terminal: Terminal, asJson: boolean, work: () => number): number {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    terminal.err(`${error.message}:\n`);
    for (const problem of error.problems) terminal.err(`${problemLine(problem)}\n`);
    if (asJson) terminal.out(`${JSON.stringify({ problems: error.problems }, null, 2)}\n`);
    return EXIT_WRONG_INPUT;
  }
}

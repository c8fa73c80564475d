import type { Problem } from "#domain/problem.ts";

/** Problems that are kept with what was refused; its sender is told all. */
const MAX_REASONS = 20;

/** The first problems in words, short enough to be kept beside any body. */
export function reasonOf(problems: readonly Problem[]): string {
  const told = problems.slice(0, MAX_REASONS).map(({ path, message }) => `${path} ${message}`.trim().slice(0, 200));
  const more = problems.length > MAX_REASONS ? [`and ${problems.length - MAX_REASONS} more`] : [];
  return [...told, ...more].join("; ");
}

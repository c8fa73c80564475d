import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/** RESULTS.md: a section a benchmark, each replaced alone when that benchmark runs. */

const FILE = join(import.meta.dirname, "RESULTS.md");

const HEAD = `# What was measured

Written by \`npm run bench\`; [README.md](README.md) tells how to read it. Times of one machine say little about another's:
compare the ratios.
`;

export function writeSection(name: string, lines: readonly string[]): void {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const section = [begin, "", ...lines, "", end].join("\n");
  const before = existsSync(FILE) ? readFileSync(FILE, "utf8") : HEAD;
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  const after =
    from < 0 ? `${before.trimEnd()}\n\n${section}\n` : before.slice(0, from) + section + before.slice(to + end.length);
  writeFileSync(FILE, after);
  console.log(lines.join("\n"));
}

/** On what, and when. */
export function measuredOn(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const today = new Date().toISOString().slice(0, 10);
  const model = processors[0]?.model.trim() || "unknown processor";
  return `Measured on ${today}: ${processors.length} × ${model}, ${gigabytes} GB, Node ${process.version}, ${process.platform} ${process.arch}.`;
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...rows.map(line)];
}

export function rounded(value: number, digits = 2): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

import type { Answer } from "../api/client.ts";

type Body = Answer<"getPayoutLayout">["layout"];
type Cell = Partial<Body["columns"][number]> | Partial<NonNullable<Body["before"]>[number]>;

/** Two made-up payees, so that a reader sees where what stands. */
const SAMPLES = [
  { payeeId: "a-001", name: "王小明", unit: "nanchang", minor: "123450", sequence: "1" },
  { payeeId: "a-002", name: "Li Na", unit: "ganzhou", minor: "80000", sequence: "2" },
] as const;
const SUM = { payeeId: "", name: "", unit: "", minor: "203450", sequence: "" } as const;
const SHARED: Readonly<Record<string, string>> = {
  payeeKind: "participant",
  currency: "CNY",
  benefits: "",
  campaign: "spring-2026",
  runId: "spring-2026.final-1",
  resultHash: "5f1d…",
  count: "2",
};

/** Lines of a file in this layout; undefined when the text is no layout. The API's own judgement comes with saving. */
export function previewOf(text: string): readonly string[] | undefined {
  try {
    const body: Body = JSON.parse(text);
    const row = (cells: readonly Cell[], sample: Sample) =>
      line(
        cells.map((cell) => written(cell, sample, body)),
        body,
      );
    return [
      ...(body.header
        ? [
            line(
              body.columns.map(({ header }) => header),
              body,
            ),
          ]
        : []),
      ...(body.before ? [row(body.before, SUM)] : []),
      ...SAMPLES.map((sample) => row(body.columns, sample)),
      ...(body.after ? [row(body.after, SUM)] : []),
    ];
  } catch {
    return undefined;
  }
}

type Sample = (typeof SAMPLES)[number] | typeof SUM;

function line(cells: readonly string[], { format }: Body): string {
  return format.kind === "fixed" ? cells.join("") : cells.join(format.delimiter);
}

function written({ value, width, fill, with: filler = " " }: Cell, sample: Sample, { format }: Body): string {
  const text = value === undefined ? "" : textOf(value, sample);
  if (format.kind !== "fixed" || width === undefined) return text;
  const missing = Math.max(0, width - widthOf(text, format.widthIn));
  return fill === "left" ? filler.repeat(missing) + text : text + filler.repeat(missing);
}

function textOf(value: NonNullable<Cell["value"]>, sample: Sample): string {
  if ("literal" in value) return value.literal;
  if ("amount" in value) return amount(sample.minor, value.amount);
  if ("day" in value) return value.day === "yyyymmdd" ? "20260620" : "2026-06-20";
  const own = new Map<string, string>(Object.entries(sample));
  return own.get(value.field) ?? SHARED[value.field] ?? "";
}

function amount(minor: string, style: string): string {
  if (style === "minor") return minor;
  return `${minor.slice(0, -2)}${style === "decimalComma" ? "," : "."}${minor.slice(-2)}`;
}

/** In GBK what is no ASCII has two bytes. */
function widthOf(text: string, unit: "bytes" | "characters"): number {
  const bytes = unit === "bytes" ? 2 : 1;
  return [...text].reduce((sum, char) => sum + (char > "\u007f" ? bytes : 1), 0);
}

import type { AttributeTypes } from "#domain/condition.ts";
import {
  type AttributeValue,
  FACT_KINDS,
  type Fact,
  type FactKind,
  factMessageSchema,
  type Share,
} from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import type { Problem } from "#domain/problem.ts";
import { formatInZone, localToInstant } from "#domain/time.ts";
import { cellPlace, cellProblem, rowProblems } from "./cell-problems.ts";
import { type FileFact, type Intake, intakeOf } from "./fact-intake.ts";
import type { SourceFile } from "./source-file.ts";
import { type Columns, readTable, type TableRow } from "./table-reader.ts";

const INSTANT = {
  what: "an instant",
  allowed: "a date and time with an offset, or one that the clock of the plan's zone shows exactly once",
  example: "2018-05-01T08:00:00+08:00",
};
const SHARES = "a-1:50%;a-2:50%";
/** Columns of `facts.csv`. */
export const FACT_COLUMNS = {
  kind: { what: "a kind of fact", allowed: FACT_KINDS.join(", "), example: "sale", isOptional: true },
  source: { what: "a source", example: "pos" },
  external_id: { what: "the id of a fact", example: "JX2018-000001" },
  version: { what: "a version", allowed: "a whole number from 1", example: "1" },
  status: { what: "a status", allowed: "active or cancelled", example: "active" },
  participant_id: { what: "a participant id", example: "a-nanchang-001" },
  occurred_at: INSTANT,
  recorded_at: INSTANT,
  amount: { what: "an amount", example: "260.00" },
  currency: { what: "a currency", example: "CNY" },
  quantity: { what: "a quantity", example: "1" },
  product: { what: "a product", allowed: "1-64 characters", example: "LAY" },
  channel: { what: "a channel", allowed: "1-64 characters", example: "individual" },
  splits: { what: "a list of splits", example: SHARES, isOptional: true },
  overlays: { what: "a list of overlays", example: "a-9:100%", isOptional: true },
  topic: { what: "a topic", example: "customer-satisfaction", isOptional: true },
  value: { what: "a value", example: "87.5", isOptional: true },
  cancelled_at: { what: INSTANT.what, example: INSTANT.example, isOptional: true },
} satisfies Columns<string>;
export type FactColumn = keyof typeof FACT_COLUMNS;

/** What cells of these columns look like; that they make sense is said by the domain. */
const FORMS: Readonly<Partial<Record<FactColumn, string>>> = {
  splits: "people and their parts, as id:part;id:part",
  overlays: "people and their parts, as id:part;id:part",
  cancelled_at: INSTANT.allowed,
};

/** Columns that only some kinds of facts fill. */
const OF_KINDS: Readonly<Partial<Record<FactColumn, readonly FactKind[]>>> = {
  amount: ["sale"],
  currency: ["sale"],
  quantity: ["sale", "evidence"],
  product: ["sale"],
  channel: ["sale"],
  splits: ["sale"],
  overlays: ["sale"],
  topic: ["score", "evidence"],
  value: ["score"],
};

/** Other columns are attributes. */
export const FACT_FURTHER = {
  name: /^[a-z][a-zA-Z0-9_]{0,31}$/,
  allowed: "camelCase names of at most 32 letters and digits",
};

/** How the file's texts are to be read: from the plan. */
export interface FactContext {
  /** Times without an offset are of this zone's clock. */
  readonly zone: string;
  /** Types of the declared attributes; any other column is text. */
  readonly attributes: AttributeTypes;
}

export interface FactFile extends Intake {
  readonly problems: readonly Problem[];
}

/**
 * Reads `facts.csv`: `source,external_id,version,status,participant_id,occurred_at,recorded_at,amount,currency,quantity,product,channel`,
 * where they are needed `kind` (empty: a sale), `topic,value` of scores and evidence, `splits,overlays` (`a-1:50%;a-2:50%`) and
 * `cancelled_at`; and, as further columns, attributes (an empty cell: the fact lacks it). Cells that a kind does not have are empty.
 * An empty quantity is 1. Participants and currencies nobody knows are no problem of the file: such facts are held with a reason
 * when they are computed.
 */
export function readFactFile(file: SourceFile, context: FactContext): FactFile {
  const { rows, problems } = readTable<FactColumn>(file, FACT_COLUMNS, FACT_FURTHER);
  const found: Problem[] = [...problems];
  const facts: FileFact[] = [];
  for (const row of rows) {
    const fact = readFactRow(file.name, row, context);
    if (Array.isArray(fact)) found.push(...fact);
    else facts.push({ line: row.line, fact });
  }
  return { ...intakeOf(file.name, facts), problems: found };
}

/** A row as a fact, or all that is wrong with it. */
export function readFactRow(file: string, row: TableRow<FactColumn>, context: FactContext): Fact | Problem[] {
  const problems: Problem[] = [];
  /** What a cell says; where it cannot be read that is noted, and a stand-in lets the rest of the row be checked. */
  const read = <T>(column: FactColumn, parse: (text: string) => T | undefined, standIn: T): T => {
    const value = parse(row.cell(column));
    if (value !== undefined) return value;
    problems.push(
      cellProblem(cellPlace(file, row.line, column), FACT_COLUMNS[column], row.cell(column), FORMS[column]),
    );
    return standIn;
  };
  const readInstant = (column: FactColumn) =>
    read(column, (text) => instantText(text, context.zone), "1970-01-01T00:00:00Z");
  const readOptionalInstant = (column: FactColumn) =>
    read(column, (text) => instantText(text, context.zone), undefined);
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, text] of row.further) {
    const type = context.attributes[name] ?? "string";
    const value = attributeValue(text, type);
    if (value === undefined) problems.push(attributeProblem(cellPlace(file, row.line, name), text, type));
    else attributes[name] = value;
  }
  const recordedAt = readInstant("recorded_at");
  const kind = read("kind", kindOf, "sale");
  problems.push(...foreignCells(file, row, kind));
  const parsed = factMessageSchema.safeParse({
    kind,
    source: row.cell("source"),
    externalId: row.cell("external_id"),
    version: read("version", (text) => (/^\d+$/.test(text) ? Number(text) : undefined), 1),
    status: read("status", statusOf, "active"),
    participantId: row.cell("participant_id"),
    occurredAt: readInstant("occurred_at"),
    ...(row.cell("cancelled_at") === "" ? {} : { cancelledAt: readOptionalInstant("cancelled_at") }),
    ...cellsOfKind(row, kind, (column) => read(column, sharesOf, undefined)),
    attributes,
  });
  if (!parsed.success) problems.push(...rowProblems(file, row, FACT_COLUMNS, parsed.error));
  return parsed.success && problems.length === 0 ? { ...parsed.data, recordedAt } : problems;
}

function kindOf(text: string): FactKind | undefined {
  return text === "" ? "sale" : FACT_KINDS.find((kind) => kind === text);
}

function statusOf(text: string): Fact["status"] | undefined {
  return text === "active" || text === "cancelled" ? text : undefined;
}

/** The fields that only facts of this kind have. */
function cellsOfKind(
  row: TableRow<FactColumn>,
  kind: FactKind,
  readShares: (column: "splits" | "overlays") => readonly Share[] | undefined,
): Record<string, unknown> {
  const quantity = row.cell("quantity") === "" ? "1" : row.cell("quantity");
  switch (kind) {
    case "sale": {
      const shares = (["splits", "overlays"] as const).filter((column) => row.cell(column) !== "");
      return {
        amount: row.cell("amount"),
        currency: row.cell("currency"),
        quantity,
        product: row.cell("product"),
        channel: row.cell("channel"),
        ...Object.fromEntries(shares.map((column) => [column, readShares(column)])),
      };
    }
    case "score":
      return { topic: row.cell("topic"), value: row.cell("value") };
    case "evidence":
      return { topic: row.cell("topic"), quantity };
  }
}

/** `a-1:50%;a-2:50%`: people and their parts; an id may have colons itself. */
function sharesOf(text: string): Share[] | undefined {
  const shares = text.split(";").map((entry) => {
    const colon = entry.lastIndexOf(":");
    return { participantId: entry.slice(0, Math.max(0, colon)).trim(), part: entry.slice(colon + 1).trim() };
  });
  return shares.every(({ participantId, part }) => participantId !== "" && part !== "") ? shares : undefined;
}

/** Cells that say something which facts of this kind do not have. */
function foreignCells(file: string, row: TableRow<FactColumn>, kind: FactKind): Problem[] {
  return (["amount", "currency", "quantity", "product", "channel", "splits", "overlays", "topic", "value"] as const)
    .filter((column) => row.cell(column) !== "" && !OF_KINDS[column]?.includes(kind))
    .map((column) => ({
      code: "foreign-cell",
      path: cellPlace(file, row.line, column),
      message: `${kind === "evidence" ? kind : `a ${kind}`} has no ${column}`,
      seen: row.cell(column),
      allowed: "an empty cell",
      mend: "empty the cell, or correct the kind",
    }));
}

/** An instant as it stands, a local time as the instant it is in the zone; undefined when it is neither, or is shown twice or never there. */
function instantText(text: string, zone: string): string | undefined {
  // A date alone is refused: midnight would be a guess, and the guess decides races.
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined;
  if (parseInstant(text) !== undefined) return text;
  const instant = localToInstant(text, zone);
  return instant === undefined ? undefined : formatInZone(instant, zone);
}

function attributeValue(text: string, type: AttributeTypes[string]): AttributeValue | undefined {
  switch (type) {
    case "string":
      return text.length <= 256 ? text : undefined;
    case "number":
      return /^[+-]?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
  }
}

function attributeProblem(path: string, text: string, type: AttributeTypes[string]): Problem {
  const columns = {
    string: { what: "a text attribute", allowed: "at most 256 characters", example: "app" },
    number: { what: "a number", allowed: "a decimal, as the plan declares this attribute", example: "12.5" },
    boolean: { what: "true or false", allowed: "true or false, as the plan declares this attribute", example: "true" },
  };
  return cellProblem(path, columns[type], text);
}

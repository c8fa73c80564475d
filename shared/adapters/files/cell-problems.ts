import type * as z from "zod";
import type { Problem } from "#domain/problem.ts";
import type { Column, Columns, TableRow } from "./table-reader.ts";

/** The place of a cell, as every reader of files writes it: `people.csv:7:unit`. */
export function cellPlace(file: string, line: number, column: string): string {
  return `${file}:${line}:${column}`;
}

export function cellProblem(place: string, column: Column, seen: string, allowed = column.allowed): Problem {
  return {
    code: seen === "" ? "missing-value" : "bad-value",
    path: place,
    message: seen === "" ? `${column.what} is missing` : `${JSON.stringify(shorten(seen))} is not ${column.what}`,
    seen: shorten(seen),
    ...(allowed === undefined ? {} : { allowed }),
    mend: `write it like ${column.example}`,
  };
}

/** A schema's issues about a row, each told of the column that the field came from (`participantId` from `participant_id`). */
export function rowProblems<C extends string>(
  file: string,
  row: TableRow<C>,
  columns: Columns<C>,
  error: z.ZodError,
): Problem[] {
  const reported = new Set<string>();
  return error.issues.flatMap((issue): Problem[] => {
    const [field = "", attribute] = issue.path.map(String);
    // A list in one cell is told of the cell, whichever of its entries is wrong.
    const name = field === "attributes" && attribute !== undefined ? attribute : snakeCase(field);
    // One problem a cell is enough: an empty id breaks both its pattern and its length.
    if (reported.has(name)) return [];
    reported.add(name);
    const place = cellPlace(file, row.line, name);
    if (!isColumn(columns, name)) {
      return [{ code: "bad-value", path: place, message: issue.message, seen: shorten(row.further.get(name) ?? "") }];
    }
    return [cellProblem(place, columns[name], row.cell(name), columns[name].allowed ?? asAllowed(issue.message))];
  });
}

function isColumn<C extends string>(columns: Columns<C>, name: string): name is C {
  return Object.hasOwn(columns, name);
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The domain's messages are phrased as advice: `use a date such as 2018-05-01`. */
function asAllowed(message: string): string {
  return message.replace(/^use /, "");
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

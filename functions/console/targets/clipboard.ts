/** Tables on the clipboard, as Excel and WPS put them there: cells by tabs, rows by line ends, quotes around cells with either. */

export type Table = readonly (readonly string[])[];

export function tableOf(text: string): Table {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "\t") endCell();
    else if (char === "\n") {
      endCell();
      rows.push([]);
    } else if (char !== "\r") cell += char;
  }
  endCell();
  // A spreadsheet ends the last row, too.
  return rows.at(-1)?.every((one) => one === "") && rows.length > 1 ? rows.slice(0, -1) : rows;
}

export function tsvOf(table: Table): string {
  return table.map((row) => row.map((cell) => quotedFor(cell, /["\t\n\r]/)).join("\t")).join("\n");
}

function quotedFor(cell: string, special: RegExp): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** What is pasted, cell by cell. */
export interface Pasted {
  readonly cells: readonly { readonly row: number; readonly column: number; readonly text: string }[];
  /** Values that found no place in the table. */
  readonly outside: number;
  /** Rows that were placed by who they name, and names that nobody has. */
  readonly byName?: { readonly rows: number; readonly unknown: readonly string[] };
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * Where the cells of a pasted table go. A table whose first column names the rows is placed by these names, whatever their order;
 * a heading above it is left out. Any other goes down and right from where the paste was made; one value fills what is selected.
 *
 * @param rowOf the row of a name or an id; undefined: nobody is called so, or several
 */
export function placed(
  table: Table,
  from: Place,
  to: Place,
  size: { readonly rows: number; readonly columns: number },
  rowOf: (name: string) => number | undefined,
): Pasted {
  const [only] = table;
  if (table.length === 1 && only?.length === 1) return { cells: filled(only[0] ?? "", from, to), outside: 0 };
  const named = table.map((row) => rowOf(row[0]?.trim() ?? ""));
  const isNamed = (only?.length ?? 0) > 1 && named.filter((row) => row !== undefined).length > table.length / 2;
  return isNamed ? byNames(table, named, from, size) : byPosition(table, from, size);
}

function filled(text: string, from: Place, to: Place): Pasted["cells"] {
  const cells: { row: number; column: number; text: string }[] = [];
  for (let row = from.row; row <= to.row; row += 1)
    for (let column = from.column; column <= to.column; column += 1) cells.push({ row, column, text });
  return cells;
}

function byPosition(table: Table, from: Place, size: { readonly rows: number; readonly columns: number }): Pasted {
  const all = table.flatMap((row, down) =>
    row.map((text, right) => ({ row: from.row + down, column: from.column + right, text })),
  );
  return within(all, size);
}

function byNames(
  table: Table,
  named: readonly (number | undefined)[],
  from: Place,
  size: { readonly rows: number; readonly columns: number },
): Pasted {
  const unknown: string[] = [];
  const all = table.flatMap((cells, index) => {
    const [name = "", ...values] = cells;
    const row = named[index];
    if (row !== undefined) return values.map((text, right) => ({ row, column: from.column + right, text }));
    const isHeading = index === 0 && values.every((text) => !/\d/.test(text));
    if (!isHeading && name.trim() !== "") unknown.push(name.trim());
    return [];
  });
  const rows = named.filter((row) => row !== undefined).length;
  return { ...within(all, size), byName: { rows, unknown } };
}

function within(all: Pasted["cells"], size: { readonly rows: number; readonly columns: number }): Pasted {
  const cells = all.filter(({ row, column }) => row < size.rows && column < size.columns);
  const outside = all.filter((cell) => cell.text.trim() !== "" && !cells.includes(cell)).length;
  return { cells, outside };
}

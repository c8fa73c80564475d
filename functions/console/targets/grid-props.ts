import type { Pasted } from "./clipboard.ts";
import type { Cell, Column, Row } from "./sheet.ts";

/** What the grid shows, and what it tells of. */
export interface GridProps {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly cellOf: (row: Row, column: Column) => Cell;
  readonly headOf: (column: Column) => { readonly measure: string; readonly label: string };
  /** By cell: what the server says is wrong with it. */
  readonly findings: ReadonlyMap<string, string>;
  readonly readOnly: boolean;
  readonly rowOf: (name: string) => number | undefined;
  readonly onWrite: (cells: readonly { readonly cell: Cell; readonly column: Column; readonly text: string }[]) => void;
  /** Takes back what is not saved; of what is saved, marks it to go. */
  readonly onDelete: (cells: readonly Cell[]) => void;
  readonly onPasted: (pasted: Pasted) => void;
  readonly onUndo: () => void;
  /** A cell that somebody asked to be led to; a new object each time. */
  readonly goTo?: { readonly row: number; readonly column: number } | undefined;
}

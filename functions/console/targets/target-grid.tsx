import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../i18n/language.ts";
import { GridHead } from "./grid-head.tsx";
import type { GridProps } from "./grid-props.ts";
import { type CellOfColumn, cellId, GridRow } from "./grid-row.tsx";
import { at, isWithin } from "./selection.ts";
import { useGrid } from "./use-grid.ts";

const ROW_HEIGHT = 38;
const OVERSCAN = 12;
const FIRST_SHOWN = 40;

/** A table that is worked in as in a spreadsheet: by keys, by pasting, by filling down. Only the rows in sight are drawn. */
export function TargetGrid(props: GridProps) {
  const { rows, columns, findings, headOf, readOnly, goTo } = props;
  const { t } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [window, setWindow] = useState({ first: 0, last: FIRST_SHOWN });
  const grid = useGrid(props, () => table.current?.focus({ preventScroll: true }));
  const { selection, editing } = grid;
  const look = () => {
    const box = scroller.current;
    if (box === null) return;
    const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - OVERSCAN);
    const last = first + Math.ceil(box.clientHeight / ROW_HEIGHT) + 2 * OVERSCAN;
    setWindow((now) => (now.first === first && now.last === last ? now : { first, last }));
  };
  useEffect(look);
  useEffect(() => {
    if (goTo === undefined) return;
    grid.select(at(goTo));
    table.current?.focus();
  }, [goTo, grid.select]);
  useEffect(() => reveal(scroller.current, selection.active), [selection]);
  const go = (cells: readonly CellOfColumn[], going: boolean) =>
    going ? props.onWrite(cells.map((one) => ({ ...one, text: "" }))) : props.onDelete(cells.map(({ cell }) => cell));
  const shown = rows.slice(window.first, window.last);
  /** A table that is worked in, with one stop for the tabulator: its cells are reached by keys. */
  const semantics = {
    role: "grid",
    tabIndex: 0,
    "aria-label": t("targets.grid"),
    "aria-describedby": "targets-keys",
    "aria-rowcount": rows.length + 1,
    "aria-colcount": columns.length + 1,
    "aria-readonly": readOnly,
    "aria-multiselectable": true,
    "aria-activedescendant": cellId(selection.active.row, selection.active.column),
  } as const;
  return (
    <div className="targets-sheet" ref={scroller} onScroll={look}>
      <table ref={table} {...semantics} onKeyDown={grid.onKeyDown} onPaste={grid.onPaste} onCopy={grid.onCopy}>
        <GridHead columns={columns} headOf={headOf} />
        <tbody>
          <Space rows={window.first} columns={columns.length + 1} />
          {shown.map((row, index) => (
            <GridRow
              key={row.subject}
              row={row}
              index={window.first + index}
              columns={columns}
              cells={columns.map((column) => props.cellOf(row, column))}
              findings={findings}
              isSelected={(column) => isWithin({ row: window.first + index, column }, selection)}
              active={selection.active.row === window.first + index ? selection.active.column : undefined}
              editing={editing !== undefined && selection.active.row === window.first + index ? editing : undefined}
              onPick={grid.pick}
              onEdit={grid.setEditing}
              onLeave={grid.commit}
              onGo={readOnly ? undefined : go}
            />
          ))}
          <Space rows={rows.length - window.first - shown.length} columns={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

/** As high as rows that are not drawn. */
function Space({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height: rows * ROW_HEIGHT, padding: 0, border: 0 }} />
    </tr>
  );
}

/** Scrolls so far that the cell is not hidden by the heading, the names or an edge. */
function reveal(box: HTMLElement | null, { row, column }: { readonly row: number; readonly column: number }): void {
  if (box === null) return;
  const head = box.querySelector("thead")?.clientHeight ?? 0;
  const names = box.querySelector("tbody th")?.clientWidth ?? 0;
  const top = row * ROW_HEIGHT;
  if (top < box.scrollTop) box.scrollTop = top;
  const below = top + ROW_HEIGHT + head - box.clientHeight;
  if (below > box.scrollTop) box.scrollTop = below;
  const cell = box.ownerDocument.getElementById(cellId(row, column));
  if (cell === null) return;
  const left = cell.offsetLeft - names;
  if (left < box.scrollLeft) box.scrollLeft = left;
  const right = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
  if (right > box.scrollLeft) box.scrollLeft = right;
}

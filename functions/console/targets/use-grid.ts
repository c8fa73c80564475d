import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import { type Pasted, placed, tableOf, tsvOf } from "./clipboard.ts";
import type { GridProps } from "./grid-props.ts";
import { at, cornersOf, FIRST, kept, moved, type Selection } from "./selection.ts";

/** What keys, pointer and clipboard do in the grid. */
export function useGrid(props: GridProps, focus: () => void) {
  const { rows, columns, cellOf, readOnly, rowOf, onWrite, onDelete, onPasted, onUndo } = props;
  const [chosen, select] = useState<Selection>(FIRST);
  const [editing, show] = useState<string>();
  /** The same at once: a field that goes loses the focus, and says so with what it was drawn with. */
  const live = useRef<string>(undefined);
  const setEditing = (text: string | undefined) => {
    live.current = text;
    show(text);
  };
  /** After Escape the tabulator leaves the grid instead of going to the next cell. */
  const leaves = useRef(false);
  const size = { rows: rows.length, columns: columns.length };
  const selection = kept(chosen, size);
  const cellAt = (row: number, column: number) => {
    const [ofRow, ofColumn] = [rows[row], columns[column]];
    return ofRow && ofColumn && { cell: cellOf(ofRow, ofColumn), column: ofColumn };
  };
  const selected = () => {
    const { first, last } = cornersOf(selection);
    return rows
      .slice(first.row, last.row + 1)
      .map((row) =>
        columns.slice(first.column, last.column + 1).map((column) => ({ cell: cellOf(row, column), column })),
      );
  };
  const write = (cells: Pasted["cells"]) =>
    onWrite(
      cells.flatMap(({ row, column, text }) => {
        const found = cellAt(row, column);
        return found ? [{ ...found, text }] : [];
      }),
    );
  const commit = () => {
    const text = live.current;
    setEditing(undefined);
    if (text !== undefined) write([{ ...selection.active, text }]);
  };
  const edit = (text?: string) => {
    if (readOnly) return;
    setEditing(text ?? cellAt(selection.active.row, selection.active.column)?.cell.text ?? "");
  };
  const fillDown = () => {
    const { first, last } = cornersOf(selection);
    const texts = columns.map((_, column) => cellAt(first.row, column)?.cell.text ?? "");
    const cells: { row: number; column: number; text: string }[] = [];
    for (let row = first.row + 1; row <= last.row; row += 1)
      for (let column = first.column; column <= last.column; column += 1)
        cells.push({ row, column, text: texts[column] ?? "" });
    write(cells.filter(isFilled));
  };
  const change = (event: KeyboardEvent): boolean => {
    const { key } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    if (readOnly) return false;
    if (ctrl && key.toLowerCase() === "d") fillDown();
    else if (ctrl && key.toLowerCase() === "z") onUndo();
    else if (key === "F2") edit();
    else if (key === "Delete" || key === "Backspace")
      onDelete(selected().flatMap((row) => row.map(({ cell }) => cell)));
    else if (!ctrl && !event.altKey && (key === "Process" || [...key].length === 1)) edit(key === "Process" ? "" : key);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey: shift } = event;
    const isEditing = editing !== undefined;
    if (key === "Escape") {
      leaves.current = !isEditing;
      setEditing(undefined);
      focus();
      return;
    }
    const moves = !isEditing || key === "Enter" || key === "Tab";
    const to =
      moves && !(key === "Tab" && leaves.current)
        ? moved(selection, { key, shift, ctrl: event.ctrlKey || event.metaKey }, size)
        : undefined;
    leaves.current = false;
    if (to === undefined) {
      if (isEditing) return key === "Tab" ? commit() : undefined;
      // What the browser would write into the field that opens is in it already.
      if (change(event) && key !== "Process") event.preventDefault();
      return;
    }
    event.preventDefault();
    commit();
    select(to);
    focus();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (readOnly || editing !== undefined) return;
    event.preventDefault();
    const { first, last } = cornersOf(selection);
    const found = placed(tableOf(event.clipboardData.getData("text/plain")), first, last, size, rowOf);
    const pasted = { ...found, cells: found.cells.filter(isFilled) };
    write(pasted.cells);
    onPasted(pasted);
  };
  const onCopy = (event: ClipboardEvent) => {
    if (editing !== undefined) return;
    event.preventDefault();
    const texts = selected().map((row) => row.map(({ cell }) => cell.value ?? cell.text));
    event.clipboardData.setData("text/plain", tsvOf(texts));
  };
  const pick = (row: number, column: number, extend: boolean, twice: boolean) => {
    if (editing !== undefined && selection.active.row === row && selection.active.column === column) return;
    commit();
    const place = { row, column };
    select(extend ? { anchor: selection.anchor, active: place } : at(place));
    if (twice && !extend && !readOnly) setEditing(cellAt(row, column)?.cell.text ?? "");
    else focus();
  };
  return { selection, select, editing, setEditing, commit, onKeyDown, onPaste, onCopy, pick };
}

/** An empty cell that is pasted or filled down takes no target away: that is done by Delete. */
function isFilled({ text }: { readonly text: string }): boolean {
  return text.trim() !== "";
}

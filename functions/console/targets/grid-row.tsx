import { DeleteOutlined, UndoOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type MouseEvent, useEffect, useRef } from "react";
import { decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Cell, Column, Row } from "./sheet.ts";

export function cellId(row: number, column: number): string {
  return `target-${row}-${column}`;
}

interface Props {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly cells: readonly Cell[];
  readonly findings: ReadonlyMap<string, string>;
  readonly isSelected: (column: number) => boolean;
  /** The column that somebody stands in, if it is in this row. */
  readonly active: number | undefined;
  /** What is written into it just now. */
  readonly editing: string | undefined;
  readonly onPick: (row: number, column: number, extend: boolean, twice: boolean) => void;
  readonly onEdit: (text: string) => void;
  readonly onLeave: () => void;
  /** Says that its targets go, or stay; undefined: nobody may. */
  readonly onGo: ((cells: readonly CellOfColumn[], going: boolean) => void) | undefined;
}

export interface CellOfColumn {
  readonly cell: Cell;
  readonly column: Column;
}

export function GridRow(props: Props) {
  const { row, index, columns, cells, active, onPick } = props;
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row">
        <span className="targets-who">
          <span className="targets-named">
            <span className="targets-name">{row.name}</span>
            {row.name !== row.subject && <small className="quiet">{row.subject}</small>}
          </span>
          <RowRemoval {...props} />
        </span>
      </th>
      {cells.map((cell, column) => (
        <GridCell
          {...props}
          key={cell.key}
          cell={cell}
          column={column}
          label={columns[column]?.label ?? ""}
          isActive={active === column}
          onMouseDown={(event) => {
            if (event.target instanceof HTMLInputElement) return;
            event.preventDefault();
            onPick(index, column, event.shiftKey, active === column || event.detail === 2);
          }}
        />
      ))}
    </tr>
  );
}

/** All targets of a row that are shown go, or stay. By keys: mark the row, then Delete. */
function RowRemoval({ row, columns, cells, onGo }: Props) {
  const { t } = useLanguage();
  const there = columns.flatMap((column, index): CellOfColumn[] => {
    const cell = cells[index];
    return cell?.stored === undefined ? [] : [{ cell, column }];
  });
  if (onGo === undefined || there.length === 0) return null;
  const isGoing = there.every(({ cell }) => cell.removed);
  return (
    <Button
      type="text"
      size="small"
      tabIndex={-1}
      className="targets-remove"
      icon={isGoing ? <UndoOutlined /> : <DeleteOutlined />}
      aria-label={t(isGoing ? "targets.remove.undo" : "targets.remove", { who: row.name })}
      title={t(isGoing ? "targets.remove.undo" : "targets.remove", { who: row.name })}
      onClick={() => onGo(there, !isGoing)}
    />
  );
}

interface CellProps extends Props {
  readonly cell: Cell;
  readonly column: number;
  readonly label: string;
  readonly isActive: boolean;
  readonly onMouseDown: (event: MouseEvent) => void;
}

function GridCell(props: CellProps) {
  const { row, cell, index, column, label, isActive, editing, findings, isSelected, onMouseDown } = props;
  const { t } = useLanguage();
  const wrong =
    cell.problem === undefined ? findings.get(cell.key) : t(`targets.problem.${cell.problem}`, { text: cell.text });
  const says =
    wrong ??
    (cell.removed
      ? t("targets.removed")
      : cell.conflict
        ? t("targets.conflict")
        : cell.missing
          ? t("targets.missing")
          : undefined);
  const marks = [
    "targets-cell",
    cell.changed ? "targets-changed" : "",
    cell.removed ? "targets-removed" : "",
    wrong === undefined ? "" : "targets-wrong",
    cell.conflict ? "targets-conflict" : "",
    cell.missing ? "targets-missing" : "",
    isSelected(column) ? "targets-selected" : "",
    isActive ? "targets-active" : "",
  ];
  return (
    <td
      id={cellId(index, column)}
      className={marks.filter(Boolean).join(" ")}
      aria-colindex={column + 2}
      {...{ "aria-selected": isSelected(column) }}
      aria-invalid={wrong !== undefined}
      {...(says === undefined ? {} : { title: says, "aria-description": says })}
      onMouseDown={onMouseDown}
    >
      {isActive && editing !== undefined ? (
        <Editor {...props} text={editing} label={`${row.name} ${label}`} />
      ) : (
        <>
          <Shown cell={cell} />
          {cell.missing && <span aria-hidden="true">·</span>}
        </>
      )}
    </td>
  );
}

/** What shall go stands there still, struck through, until it is saved. */
function Shown({ cell }: { readonly cell: Cell }) {
  const { locale } = useLanguage();
  if (cell.removed) return cell.stored === undefined ? null : <del>{decimal(cell.stored, locale)}</del>;
  return cell.value === undefined ? cell.text : decimal(cell.value, locale);
}

/** What was typed to open it stands in it already, so the cursor goes behind. */
function Editor({ text, label, onEdit, onLeave }: CellProps & { readonly text: string }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const input = field.current;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);
  return (
    <input
      ref={field}
      className="targets-input"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      value={text}
      onChange={({ target }) => onEdit(target.value)}
      onBlur={onLeave}
    />
  );
}

import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useLanguage } from "../i18n/language.ts";
import {
  AMOUNTS,
  type Cell,
  type CellList,
  DAYS,
  FIELDS,
  FILLS,
  fillOf,
  type Holding,
  holding,
  holdingOf,
  movedCell,
  newCell,
  styleOf,
} from "./layout-model.ts";
import { Choice, Part } from "./layout-part.tsx";

interface Props {
  readonly list: CellList;
  readonly cells: readonly Cell[];
  readonly isFixed: boolean;
  readonly readOnly: boolean;
  readonly onChange: (cells: readonly Cell[]) => void;
}

const WIDEST = 500;
const MOST = 60;

/** Cells in their order. Alt with an arrow moves the one that somebody is in, and they with it. */
export function LayoutCells({ list, cells, isFixed, readOnly, onChange }: Props) {
  const { t } = useLanguage();
  const base = useId();
  const follow = useRef<string>(undefined);
  useEffect(() => {
    if (follow.current === undefined) return;
    const there = document.getElementById(follow.current);
    // At the ends one of the two buttons can do nothing.
    const last = there instanceof HTMLButtonElement && there.disabled ? there.parentElement : there;
    (last === there ? there : last?.querySelector<HTMLElement>("button:not(:disabled)"))?.focus();
    follow.current = undefined;
  });
  /** Cells have no names: their place is all that tells them apart. */
  const idAt = (at: number) => `${base}-${at}`;
  const nameOf = (at: number) => t(`settings.cell.${list}`, { number: at + 1 });
  const move = (from: number, to: number, part: string) => {
    if (to < 0 || to >= cells.length) return;
    follow.current = `${idAt(to)}-${part}`;
    onChange(movedCell(cells, from, to));
  };
  const onKeys = (event: KeyboardEvent, at: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || step === undefined || readOnly) return;
    event.preventDefault();
    event.stopPropagation();
    const id = event.target instanceof HTMLElement ? event.target.id : "";
    move(at, at + step, id.replace(`${idAt(at)}-`, "") || "up");
  };
  return (
    <>
      <ol className="plain-list spaced">
        {cells.map((cell, at) => (
          <li key={idAt(at)} className="layout-cells-item" onKeyDownCapture={(event) => onKeys(event, at)}>
            <CellFields
              id={idAt(at)}
              list={list}
              cell={cell}
              name={nameOf(at)}
              isFixed={isFixed}
              readOnly={readOnly}
              onChange={(next) => onChange(cells.with(at, next))}
            />
            {!readOnly && (
              <span className="layout-cell-buttons">
                <MoveButton
                  id={`${idAt(at)}-up`}
                  says={t("settings.cell.up", { what: nameOf(at) })}
                  icon={<ArrowUpOutlined />}
                  isOff={at === 0}
                  onClick={() => move(at, at - 1, "up")}
                />
                <MoveButton
                  id={`${idAt(at)}-down`}
                  says={t("settings.cell.down", { what: nameOf(at) })}
                  icon={<ArrowDownOutlined />}
                  isOff={at === cells.length - 1}
                  onClick={() => move(at, at + 1, "down")}
                />
                <MoveButton
                  id={`${idAt(at)}-remove`}
                  says={t("settings.cell.remove", { what: nameOf(at) })}
                  icon={<DeleteOutlined />}
                  isOff={list === "columns" && cells.length === 1}
                  onClick={() => onChange(cells.toSpliced(at, 1))}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && (
        <div>
          <Button
            icon={<PlusOutlined />}
            disabled={cells.length >= MOST}
            onClick={() => {
              follow.current = `${idAt(cells.length)}-${list === "columns" ? "header" : "holds"}`;
              onChange([...cells, newCell(list, isFixed ? "fixed" : "delimited")]);
            }}
          >
            {t(list === "columns" ? "settings.cell.add" : "settings.cell.add.sum")}
          </Button>
        </div>
      )}
    </>
  );
}

interface ButtonProps {
  readonly id: string;
  readonly says: string;
  readonly icon: ReactNode;
  readonly isOff: boolean;
  readonly onClick: () => void;
}

function MoveButton({ id, says, icon, isOff, onClick }: ButtonProps) {
  return (
    <Button
      id={id}
      type="text"
      size="small"
      icon={icon}
      aria-label={says}
      title={says}
      disabled={isOff}
      onClick={onClick}
    />
  );
}

interface CellProps extends Pick<Props, "list" | "isFixed" | "readOnly"> {
  readonly id: string;
  readonly cell: Cell;
  readonly name: string;
  readonly onChange: (cell: Cell) => void;
}

function CellFields({ id, list, cell, name, isFixed, readOnly, onChange }: CellProps) {
  const { t } = useLanguage();
  return (
    <fieldset className="layout-cell">
      <legend>{name}</legend>
      {list === "columns" && (
        <Part id={`${id}-header`} label={t("settings.cell.header")}>
          <Input
            id={`${id}-header`}
            autoComplete="off"
            maxLength={100}
            readOnly={readOnly}
            value={cell.header ?? ""}
            onChange={({ target }) => onChange({ ...cell, header: target.value })}
          />
        </Part>
      )}
      <Choice<Holding>
        id={`${id}-holds`}
        label={t("settings.cell.holds")}
        value={holdingOf(cell)}
        choices={[...FIELDS[list], "literal"]}
        nameOf={(one) => t(`settings.holds.${one}`)}
        canSearch
        readOnly={readOnly}
        onChange={(next) => onChange(holding(cell, next))}
      />
      <WrittenAs id={`${id}-written`} cell={cell} readOnly={readOnly} onChange={onChange} />
      {isFixed && (
        <>
          <Part id={`${id}-width`} label={t("settings.cell.width")} isNarrow>
            <InputNumber
              id={`${id}-width`}
              min={1}
              max={WIDEST}
              precision={0}
              readOnly={readOnly}
              value={cell.width ?? null}
              onChange={(width) => width !== null && onChange({ ...cell, width })}
            />
          </Part>
          <Choice
            id={`${id}-fill`}
            label={t("settings.cell.fill")}
            value={fillOf(cell)}
            choices={FILLS.map((one) => one.id)}
            nameOf={(one) => t(`settings.fill.${one}`)}
            readOnly={readOnly}
            onChange={(chosen) => {
              const found = FILLS.find((one) => one.id === chosen);
              if (found !== undefined) onChange({ ...cell, fill: found.fill, with: found.with });
            }}
          />
        </>
      )}
    </fieldset>
  );
}

/** How an amount or a day is written, or the text that always stands there. */
function WrittenAs({ id, cell, readOnly, onChange }: Pick<CellProps, "id" | "cell" | "readOnly" | "onChange">) {
  const { t } = useLanguage();
  const { value } = cell;
  if (value.literal !== undefined) {
    return (
      <Part id={id} label={t("settings.cell.literal")}>
        <Input
          id={id}
          autoComplete="off"
          maxLength={200}
          readOnly={readOnly}
          value={value.literal}
          onChange={({ target }) => onChange({ ...cell, value: { literal: target.value } })}
        />
      </Part>
    );
  }
  const style = styleOf(cell);
  if (style === "asIs") return null;
  const shared = { id, label: t("settings.cell.written"), readOnly } as const;
  return style === "amount" ? (
    <Choice
      {...shared}
      value={value.amount}
      choices={AMOUNTS}
      nameOf={(one) => t(`settings.amount.${one}`)}
      onChange={(amount) => onChange({ ...cell, value: { ...value, amount } })}
    />
  ) : (
    <Choice
      {...shared}
      value={value.day}
      choices={DAYS}
      nameOf={(one) => t(`settings.day.${one}`)}
      onChange={(day) => onChange({ ...cell, value: { ...value, day } })}
    />
  );
}

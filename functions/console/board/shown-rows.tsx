import { Button } from "antd";
import { useState } from "react";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";

/** As many rows of a long board as are looked at first. */
export const FIRST_ROWS = 20;

export function useShownRows<T>(rows: readonly T[]): {
  readonly shown: readonly T[];
  readonly isCut: boolean;
  readonly toggle: () => void;
} {
  const [all, setAll] = useState(false);
  const isCut = !all && rows.length > FIRST_ROWS;
  return { shown: isCut ? rows.slice(0, FIRST_ROWS) : rows, isCut, toggle: () => setAll(!all) };
}

export function ShowAll({
  total,
  isCut,
  toggle,
}: {
  readonly total: number;
  readonly isCut: boolean;
  readonly toggle: () => void;
}) {
  const { t, locale } = useLanguage();
  if (total <= FIRST_ROWS) return null;
  return (
    <Button className="show-all" onClick={toggle} aria-expanded={!isCut}>
      {isCut ? t("board.showAll", { count: count(total, locale) }) : t("board.showFewer", { count: FIRST_ROWS })}
    </Button>
  );
}

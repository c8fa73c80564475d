import type { TableHTMLAttributes } from "react";

const BY_KEYBOARD = { tabIndex: 0 } as const;

/** A table that may be wider than the screen and has nothing in it to focus: it is reached by keyboard itself, so that it can be scrolled. */
function ReachedTable(props: TableHTMLAttributes<HTMLTableElement>) {
  return <table {...props} {...BY_KEYBOARD} />;
}

/** For `components` of a `Table` with `scroll`. */
export const REACHED = { table: ReachedTable } as const;

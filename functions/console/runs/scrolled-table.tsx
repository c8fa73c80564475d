import type { TableHTMLAttributes } from "react";

/** A table that may be wider than the screen and has nothing in it to focus: it is reached by keyboard itself, so that it can be scrolled. */
function ReachedTable(props: TableHTMLAttributes<HTMLTableElement>) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
  return <table {...props} tabIndex={0} />;
}

/** For `components` of a `Table` with `scroll`. */
export const REACHED = { table: ReachedTable } as const;

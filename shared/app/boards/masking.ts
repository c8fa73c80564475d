import type { Board, BoardRow, OwnPlace } from "#domain/board.ts";
import type { BoardPolicy } from "#domain/plan/plan.ts";

/** What sellers see of others where the plan does not say: nothing. */
export const NO_BOARD_POLICY: BoardPolicy = { names: "hidden", amounts: "hidden" };

/**
 * A board as somebody may see it who is shown others by the plan's `boards` only. Rows that `isOwn` says are theirs stay as they
 * are; of the others is left what the policy shows, in their order. Places stay true: they are those among all.
 *
 * A masked person has no id either: ids tell who somebody is. Rows of units keep their names, for units are not people.
 */
export function maskBoard(board: Board, policy: BoardPolicy, isOwn: (row: BoardRow) => boolean): Board {
  if (policy.names === "hidden") return { ...board, rows: board.rows.filter(isOwn) };
  const ownRow = board.kind === "ranking" && hidesGaps(policy) ? withoutGap : (row: BoardRow) => row;
  const masksNames = policy.names === "masked" && board.level === "participant";
  return {
    ...board,
    rows: board.rows.map((row, index) => {
      if (isOwn(row)) return ownRow(row);
      const named = masksNames ? { ...row, subject: `other-${index + 1}`, name: maskName(row.name) } : row;
      return policy.amounts === "hidden" ? withoutAmounts(named) : named;
    }),
  };
}

/**
 * Whether it stays untold what somebody misses to a place of others. A gap to a place whose holder nobody sees is a figure of one's own;
 * to a row with a name it is the amount of another.
 */
export function hidesGaps({ names, amounts }: BoardPolicy): boolean {
  return amounts === "hidden" && names !== "hidden";
}

/** Where somebody stands, without what others have more. */
export function withoutGaps(standing: Pick<OwnPlace, "row" | "place" | "ahead">): Pick<OwnPlace, "row" | "place"> {
  const { row, place } = standing;
  return { ...(row ? { row: withoutGap(row) } : {}), ...(place ? { place } : {}) };
}

function withoutGap({ missing: _, ...row }: BoardRow): BoardRow {
  return row;
}

/** `杜思远` → `杜**`, `Ann Lee` → `A**`: always two stars, which do not tell how long the name is. */
export function maskName(name: string): string {
  const [first] = new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(name.trim());
  return `${first?.segment ?? ""}**`;
}

/** Only that there is a row, whose it is and which place it has and had. Reasons and what is missing tell amounts too. */
function withoutAmounts({ subject, name, rank, before, state }: BoardRow): BoardRow {
  const places = { ...(rank === undefined ? {} : { rank }), ...(before === undefined ? {} : { before }) };
  return { subject, name, value: "", ...places, state };
}

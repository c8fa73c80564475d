import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Board, BoardRow } from "./standings.ts";

/** How a place has moved since the last day was over: as an arrow and in words, and not by colour alone. */
export function Movement({
  row: { rank, before },
  since,
}: {
  readonly row: Pick<BoardRow, "rank" | "before">;
  readonly since: Board["since"];
}) {
  const { t, locale } = useLanguage();
  if (since === undefined || rank === undefined) return null;
  if (before === undefined) return <Mark look="new" sign="★" text={t("board.move.new")} />;
  const places = count(Math.abs(before - rank), locale);
  if (before > rank) return <Mark look="up" sign="▲" text={t("board.move.up", { places })} />;
  if (before < rank) return <Mark look="down" sign="▼" text={t("board.move.down", { places })} />;
  return <Mark look="same" sign="＝" text={t("board.move.same")} />;
}

function Mark({ look, sign, text }: { readonly look: string; readonly sign: string; readonly text: string }) {
  return (
    <span className={`move move-${look}`}>
      <span aria-hidden="true">{sign}</span> {text}
    </span>
  );
}

import { Card, Statistic } from "antd";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { PlaceMovement, placeText } from "./place-text.tsx";
import type { Board, Boards } from "./standings.ts";

/** A seller's own places, whether or not they are among the first that are shown. */
export function OwnPlaces({ boards, words }: { readonly boards: Boards; readonly words: PlanWords }) {
  const { me, may } = useCaller();
  if (!me.roles.includes("seller") || !may("getBoardPlace")) return null;
  const own = boards.boards.filter(({ level }) => level === "participant");
  if (own.length === 0) return null;
  return (
    <div className="cards">
      {own.map((board) => (
        <OwnPlace key={board.reward} campaign={boards.campaign} board={board} words={words} />
      ))}
    </div>
  );
}

function OwnPlace({
  campaign,
  board,
  words,
}: {
  readonly campaign: string;
  readonly board: Board;
  readonly words: PlanWords;
}) {
  const { t, locale } = useLanguage();
  const { me } = useCaller();
  const place = useAnswer(
    "getBoardPlace",
    { params: { campaign, board: board.reward, participant: me.subject } },
    { every: 10_000 },
  );
  const { row, place: at, ahead } = place.data ?? {};
  if (place.data === undefined || row === undefined) return null;
  return (
    <Card>
      <Statistic title={`${t("board.ownPlace")} · ${words.reward(board.reward)}`} value={placeText(t, locale, at)} />
      <PlaceMovement standing={place.data} />
      <p className="quiet">
        {words.measure(board.measure)}: {decimal(row.value, locale)}
        {ahead && <> · {t("board.ahead", { missing: decimal(ahead.missing, locale), rank: ahead.rank })}</>}
        {row.missing !== undefined && <> · {t("board.missing", { missing: decimal(row.missing, locale) })}</>}
      </p>
    </Card>
  );
}

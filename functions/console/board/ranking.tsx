import { Card, Table } from "antd";
import { useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count, decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { BoardHead } from "./board-head.tsx";
import { Medal } from "./medal.tsx";
import { Movement } from "./movement.tsx";
import { ShowAll, useShownRows } from "./shown-rows.tsx";
import type { Board, BoardRow, Subject } from "./standings.ts";
import { SubjectName } from "./subject-name.tsx";

/** A board has no more rows than these. */
const MOST_ROWS = 100;

interface Props {
  readonly board: Board;
  readonly words: PlanWords;
  readonly onOpen: (subject: Subject) => void;
}

export function Ranking({ board, words, onOpen }: Props) {
  const { t, locale } = useLanguage();
  const { me } = useCaller();
  const { shown, isCut, toggle } = useShownRows(board.rows);
  const own = board.rows.find(({ subject }) => subject === me.subject);
  const rows = own && !shown.includes(own) ? [...shown, own] : shown;
  const kind = board.level === "participant" ? "participant" : "unit";
  const hasPrizes = board.rows.some(({ prize }) => prize !== undefined);
  // There are some, and the plan shows sellers none of them.
  const isHidden = rows.length === 0 && board.subjects > 0;
  const nothing = <EmptyView title={t("board.none")} next={t("board.none.next")} />;
  const isMoving = board.since !== undefined;
  return (
    <Card className="ranking">
      <BoardHead title={words.reward(board.reward)}>
        {words.measure(board.measure)}
        {" · "}
        <HowMany board={board} shown={shown.length} />
        {board.since && <> · {t("board.move.since", { day: date(board.since.day, locale, "day") })}</>}
      </BoardHead>
      <Table<BoardRow>
        rowKey="subject"
        size="small"
        dataSource={[...rows]}
        pagination={false}
        rowClassName={({ subject }) => (subject === me.subject ? "own-row" : "")}
        locale={{ emptyText: isHidden ? <p className="quiet">{t("board.others.hidden")}</p> : nothing }}
        columns={[
          {
            title: t("board.place"),
            width: 72,
            render: (_, { rank, state }) => <Medal rank={rank} isWinning={state === "winning"} />,
          },
          {
            title: t("board.who"),
            render: (_, row) => (
              <>
                <SubjectName subject={{ kind, id: row.subject, name: row.name }} onOpen={onOpen} />{" "}
                {row.subject === me.subject && <strong>({t("board.own")})</strong>}
                {isMoving && (
                  <div>
                    <Movement row={row} since={board.since} />
                  </div>
                )}
                <Beside row={row} />
              </>
            ),
          },
          {
            title: t("board.value"),
            align: "right",
            className: "figure",
            render: (_, { value }) => decimal(value, locale),
          },
          ...(hasPrizes
            ? [
                {
                  title: t("board.prize"),
                  align: "right" as const,
                  className: "figure",
                  render: (_: unknown, { prize }: BoardRow) => (prize === undefined ? "" : decimal(prize, locale)),
                },
              ]
            : []),
        ]}
      />
      <ShowAll total={board.rows.length} isCut={isCut} toggle={toggle} />
    </Card>
  );
}

/** Of a board that is shown in part: the first of all, or those that the caller may see. */
function HowMany({ board: { rows, subjects }, shown }: { readonly board: Board; readonly shown: number }) {
  const { t, locale } = useLanguage();
  const figures = { shown: count(shown, locale), count: count(subjects, locale) };
  if (shown === 0 || shown >= subjects) return t("board.subjects", figures);
  return t(rows.length >= Math.min(subjects, MOST_ROWS) ? "board.more" : "board.some", figures);
}

/** When the target was reached, and how much is missing to a place. */
function Beside({ row: { reachedAt, missing } }: { readonly row: BoardRow }) {
  const { t, locale } = useLanguage();
  return (
    <>
      {reachedAt !== undefined && <div className="quiet">{date(reachedAt, locale)}</div>}
      {missing !== undefined && (
        <div className="quiet">{t("board.missing", { missing: decimal(missing, locale) })}</div>
      )}
    </>
  );
}

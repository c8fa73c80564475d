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
  const isMoving = board.since !== undefined;
  return (
    <Card className="ranking">
      <BoardHead title={words.reward(board.reward)}>
        {words.measure(board.measure)}
        {" · "}
        {rows.length < board.subjects
          ? t("board.more", { shown: count(shown.length, locale), count: count(board.subjects, locale) })
          : t("board.subjects", { count: count(board.subjects, locale) })}
        {board.since && <> · {t("board.move.since", { day: date(board.since.day, locale, "day") })}</>}
      </BoardHead>
      <Table<BoardRow>
        rowKey="subject"
        size="small"
        dataSource={[...rows]}
        pagination={false}
        rowClassName={({ subject }) => (subject === me.subject ? "own-row" : "")}
        locale={{ emptyText: <EmptyView title={t("board.none")} next={t("board.none.next")} /> }}
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

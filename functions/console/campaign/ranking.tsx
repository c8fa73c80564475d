import { Card, Table } from "antd";
import { useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count, decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Medal } from "./medal.tsx";
import type { Board } from "./race.tsx";

const SHOWN = 50;

export function Ranking({ board, words }: { readonly board: Board; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { me } = useCaller();
  const rows = board.rows.slice(0, SHOWN);
  return (
    <Card
      title={
        <h2>
          {words.reward(board.reward)} <small className="quiet">{words.measure(board.measure)}</small>
        </h2>
      }
      extra={
        <span className="quiet">
          {rows.length < board.subjects
            ? t("board.more", { shown: count(rows.length, locale), count: count(board.subjects, locale) })
            : t("board.subjects", { count: count(board.subjects, locale) })}
        </span>
      }
    >
      <Table
        rowKey="subject"
        size="small"
        dataSource={rows}
        pagination={false}
        rowClassName={({ subject }) => (subject === me.subject ? "own-row" : "")}
        locale={{ emptyText: <EmptyView title={t("board.none")} next={t("board.none.next")} /> }}
        columns={[
          {
            title: t("board.place"),
            width: 64,
            render: (_, { rank, state }) => <Medal rank={rank} isWinning={state === "winning"} />,
          },
          {
            title: t("board.who"),
            render: (_, { name, subject, reachedAt, missing }) => (
              <>
                {name} {subject === me.subject && <strong>({t("board.own")})</strong>}
                {reachedAt !== undefined && <div className="quiet">{date(reachedAt, locale)}</div>}
                {missing !== undefined && (
                  <div className="quiet">{t("board.missing", { missing: decimal(missing, locale) })}</div>
                )}
              </>
            ),
          },
          {
            title: t("board.value"),
            align: "right",
            className: "figure",
            render: (_, { value }) => decimal(value, locale),
          },
          {
            title: t("board.prize"),
            align: "right",
            className: "figure",
            render: (_, { prize }) => (prize === undefined ? "" : decimal(prize, locale)),
          },
        ]}
      />
    </Card>
  );
}

import { CheckCircleFilled } from "@ant-design/icons";
import { Card } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count, decimal, percent } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { BoardHead } from "./board-head.tsx";
import { Medal } from "./medal.tsx";
import { Movement } from "./movement.tsx";
import { ShowAll, useShownRows } from "./shown-rows.tsx";
import type { ProgressRow, RaceGroup, Subject } from "./standings.ts";
import { SubjectName } from "./subject-name.tsx";
import { Track } from "./track.tsx";

interface Props {
  readonly race: RaceGroup;
  readonly words: PlanWords;
  /** Keys of targets that were reached while somebody looks. */
  readonly fresh: ReadonlySet<string>;
  readonly onOpen: (subject: Subject) => void;
}

export function Race({ race, words, fresh, onOpen }: Props) {
  const { t, locale } = useLanguage();
  const { board, measure, rows } = race;
  const { shown, isCut, toggle } = useShownRows(rows);
  const reached = rows.filter(({ targets }) => targets.some((target) => target.reached)).length;
  return (
    <Card className="race">
      <BoardHead title={board ? words.reward(board.reward) : t("board.progress")}>
        {board && `${t("board.race")} · `}
        {words.measure(measure)}
        {" · "}
        {t("board.reachedOf", { reached: count(reached, locale), of: count(rows.length, locale) })}
        {board?.since && <> · {t("board.move.since", { day: date(board.since.day, locale, "day") })}</>}
      </BoardHead>
      <ol className="race-rows">
        {shown.map((row) => (
          <RaceRow key={row.unit} row={row} race={race} words={words} fresh={fresh} onOpen={onOpen} />
        ))}
      </ol>
      <ShowAll total={rows.length} isCut={isCut} toggle={toggle} />
    </Card>
  );
}

function RaceRow({ row, race, words, fresh, onOpen }: Props & { readonly row: ProgressRow }) {
  const { t, locale } = useLanguage();
  const standing = race.board?.rows.find(({ subject }) => subject === row.unit);
  const reached = row.targets.filter((target) => target.reached);
  const isFresh = row.targets.some(({ label }) => fresh.has(`${row.unit} ${row.measure} ${label}`));
  return (
    <li className={isFresh ? "race-row race-fresh" : "race-row"}>
      <Medal rank={standing?.rank} isWinning={standing?.state === "winning"} />
      <div className="race-body">
        <div className="race-line">
          <span>
            <SubjectName subject={{ kind: "unit", id: row.unit, name: row.name }} onOpen={onOpen} />{" "}
            {standing && <Movement row={standing} since={race.board?.since} />}
          </span>
          <span className="figure">{decimal(row.value, locale)}</span>
        </div>
        <Track row={row} words={words} />
        <div className="race-line quiet">
          <span>
            {row.targets
              .map(({ label, percent: part }) =>
                t("board.percent", { percent: percent(part, locale), label: words.label(label) }),
              )
              .join(" · ")}
          </span>
          <span>
            {standing?.reachedAt !== undefined && standing.target !== undefined ? (
              <>
                <CheckCircleFilled className="good" aria-hidden />{" "}
                {t("board.reachedAt", { target: words.label(standing.target), at: date(standing.reachedAt, locale) })}
              </>
            ) : reached.length > 0 ? (
              t("board.reached", { target: reached.map(({ label }) => words.label(label)).join(", ") })
            ) : (
              standing?.missing !== undefined && t("board.missing", { missing: decimal(standing.missing, locale) })
            )}
            {standing?.prize !== undefined && <strong className="prize">{decimal(standing.prize, locale)}</strong>}
          </span>
        </div>
      </div>
    </li>
  );
}

import { CheckCircleFilled } from "@ant-design/icons";
import { Card } from "antd";
import type { Answer } from "../api/client.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { decimal, percent } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Medal } from "./medal.tsx";

export type Boards = Answer<"getBoards">;
export type Board = Boards["boards"][number];
type ProgressRow = Boards["progress"][number];

/** Units on their way to their targets, with the race that they run, where there is one. */
export interface RaceGroup {
  readonly level: string;
  readonly measure: string;
  readonly rows: readonly ProgressRow[];
  readonly board: Board | undefined;
}

export function racesOf({ progress, boards }: Boards): RaceGroup[] {
  const groups = Map.groupBy(
    progress.filter(({ targets }) => targets.length > 0),
    ({ level, measure }) => `${level} ${measure}`,
  );
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { level, measure } = first;
    const board = boards.find((one) => one.kind === "race" && one.level === level && one.measure === measure);
    return [{ level, measure, rows: sorted(rows, board), board }];
  });
}

/** Places first, in order; then by how far they are on the way. */
function sorted(rows: readonly ProgressRow[], board: Board | undefined): ProgressRow[] {
  const rank = (unit: string) => board?.rows.find(({ subject }) => subject === unit)?.rank ?? Number.POSITIVE_INFINITY;
  const far = ({ targets }: ProgressRow) => Math.max(...targets.map((target) => target.percent));
  return [...rows].sort((a, b) => compare(rank(a.unit), rank(b.unit)) || far(b) - far(a));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export function Race({ race, words }: { readonly race: RaceGroup; readonly words: PlanWords }) {
  const { t } = useLanguage();
  const { board, measure, rows } = race;
  return (
    <Card
      className="race"
      title={
        <h2>
          {t(board ? "board.race" : "board.progress")}
          {board ? `: ${words.reward(board.reward)}` : ""} <small className="quiet">{words.measure(measure)}</small>
        </h2>
      }
    >
      <ol className="race-rows">
        {rows.map((row) => (
          <RaceRow key={row.unit} row={row} race={race} words={words} />
        ))}
      </ol>
    </Card>
  );
}

function RaceRow({
  row,
  race,
  words,
}: {
  readonly row: ProgressRow;
  readonly race: RaceGroup;
  readonly words: PlanWords;
}) {
  const { t, locale } = useLanguage();
  const standing = race.board?.rows.find(({ subject }) => subject === row.unit);
  const reached = row.targets.filter((target) => target.reached);
  return (
    <li className="race-row">
      <Medal rank={standing?.rank} isWinning={standing?.state === "winning"} />
      <div className="race-body">
        <div className="race-line">
          <strong>{row.name}</strong>
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

/** The way to the highest target, with a mark at each. Floats serve for drawing only. */
function Track({ row, words }: { readonly row: ProgressRow; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const highest = Math.max(...row.targets.map(({ value }) => Number(value)), Number(row.value) || 0) || 1;
  const at = (value: string) => `${Math.min(100, (Number(value) / highest) * 100)}%`;
  const best = Math.max(...row.targets.map((target) => target.percent));
  return (
    <div
      className="track"
      role="progressbar"
      aria-label={row.name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.min(100, Math.round(best))}
    >
      <div
        className={`track-done ${row.targets.some(({ reached }) => reached) ? "track-reached" : ""}`}
        style={{ width: at(row.value) }}
      />
      {row.targets.map(({ label, value }) => (
        <span
          key={label}
          className="track-target"
          style={{ left: at(value) }}
          title={t("board.target", { label: words.label(label), value: decimal(value, locale) })}
        />
      ))}
    </div>
  );
}

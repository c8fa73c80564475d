import { useAnswer } from "../api/hooks.ts";
import { type PlanWords, usePlanWords } from "../api/plan-names.ts";
import { type Boards, type ProgressRow, racesOf } from "../board/standings.ts";
import { Track } from "../board/track.tsx";
import { count, decimal, percent } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { elapsedPercent } from "./elapsed.ts";

const EVERY_MS = 30_000;
/** So many boards are told in a line each; all are on the board. */
const MOST_LINES = 3;

/** How far a running campaign is, and who leads, in a few lines. */
export function CampaignStanding({ campaign }: { readonly campaign: string }) {
  const { t } = useLanguage();
  const words = usePlanWords(campaign);
  const { data } = useAnswer("getBoards", { params: { campaign } }, { every: EVERY_MS });
  if (data === undefined) return null;
  const lines = linesOf(data).slice(0, MOST_LINES);
  return (
    <>
      {words.period && <Elapsed percent={elapsedPercent(words.period, data.at)} />}
      <ul className="standing-lines">
        {lines.map((line) => (
          <StandingLine key={line.key} line={line} words={words} />
        ))}
      </ul>
      {lines.length === 0 && <p className="quiet">{t("home.standing.none")}</p>}
    </>
  );
}

function Elapsed({ percent }: { readonly percent: number }) {
  const { t } = useLanguage();
  return (
    <div className="elapsed">
      <div
        className="track"
        role="progressbar"
        aria-label={t("home.elapsed")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div className="track-done" style={{ width: `${percent}%` }} />
      </div>
      <span className="quiet">{t("home.elapsed.percent", { percent })}</span>
    </div>
  );
}

type Line = { readonly key: string } & (
  | {
      readonly kind: "race";
      readonly reward?: string;
      readonly measure: string;
      readonly rows: readonly ProgressRow[];
    }
  | { readonly kind: "lead"; readonly reward: string; readonly name: string; readonly value: string }
);

/** Of each race how many have reached a target, of each ranking who leads. */
function linesOf(boards: Boards): Line[] {
  const races = racesOf(boards);
  const told = new Set(races.flatMap(({ board }) => (board ? [board.reward] : [])));
  return [
    ...races.map(({ board, level, measure, rows }) => ({
      key: `${level} ${measure}`,
      kind: "race" as const,
      ...(board ? { reward: board.reward } : {}),
      measure,
      rows,
    })),
    ...boards.boards.flatMap(({ reward, rows: [first] }) =>
      first?.rank === undefined || told.has(reward)
        ? []
        : [{ key: reward, kind: "lead" as const, reward, name: first.name, value: first.value }],
    ),
  ];
}

/** Of so few units each is told with its way; of more, how many have arrived. */
const FEW_UNITS = 3;

function StandingLine({ line, words }: { readonly line: Line; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  if (line.kind === "lead") {
    return (
      <li>
        <strong>{words.reward(line.reward)}</strong> {t("home.leads", { name: line.name })}
        {line.value !== "" && <span className="quiet figure"> · {decimal(line.value, locale)}</span>}
      </li>
    );
  }
  const { rows } = line;
  const reached = rows.filter(({ targets }) => targets.some((target) => target.reached)).length;
  return (
    <li>
      <strong>{line.reward === undefined ? words.measure(line.measure) : words.reward(line.reward)}</strong>{" "}
      {rows.length > FEW_UNITS
        ? t("board.reachedOf", { reached: count(reached, locale), of: count(rows.length, locale) })
        : rows.map((row) => <UnitWay key={row.unit} row={row} words={words} />)}
    </li>
  );
}

function UnitWay({ row, words }: { readonly row: ProgressRow; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const parts = row.targets.map(({ label, percent: part }) =>
    t("board.percent", { percent: percent(part, locale), label: words.label(label) }),
  );
  return (
    <div>
      {row.name} <span className="quiet figure">{decimal(row.value, locale)}</span>
      <Track row={row} words={words} />
      <span className="quiet">{parts.join(" · ")}</span>
    </div>
  );
}

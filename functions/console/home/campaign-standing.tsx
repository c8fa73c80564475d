import { Progress } from "antd";
import { useAnswer } from "../api/hooks.ts";
import { usePlanWords } from "../api/plan-names.ts";
import { type Boards, racesOf } from "../board/standings.ts";
import { count, decimal } from "../format/numbers.ts";
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
      {words.period && (
        <Progress
          percent={elapsedPercent(words.period, data.at)}
          size="small"
          aria-label={t("home.elapsed")}
          format={(percent) => t("home.elapsed.percent", { percent: percent ?? 0 })}
        />
      )}
      <ul className="standing-lines">
        {lines.map((line) => (
          <StandingLine key={line.key} line={line} reward={words.reward} measure={words.measure} />
        ))}
      </ul>
      {lines.length === 0 && <p className="quiet">{t("home.standing.none")}</p>}
    </>
  );
}

type Line = { readonly key: string } & (
  | {
      readonly kind: "race";
      readonly reward?: string;
      readonly measure: string;
      readonly reached: number;
      readonly of: number;
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
      reached: rows.filter(({ targets }) => targets.some((target) => target.reached)).length,
      of: rows.length,
    })),
    ...boards.boards.flatMap(({ reward, rows: [first] }) =>
      first?.rank === undefined || told.has(reward)
        ? []
        : [{ key: reward, kind: "lead" as const, reward, name: first.name, value: first.value }],
    ),
  ];
}

function StandingLine({
  line,
  reward,
  measure,
}: {
  readonly line: Line;
  readonly reward: (id: string) => string;
  readonly measure: (id: string) => string;
}) {
  const { t, locale } = useLanguage();
  if (line.kind === "race") {
    const name = line.reward === undefined ? measure(line.measure) : reward(line.reward);
    const reached = { reached: count(line.reached, locale), of: count(line.of, locale) };
    return (
      <li>
        <strong>{name}</strong> {t("board.reachedOf", reached)}
      </li>
    );
  }
  return (
    <li>
      <strong>{reward(line.reward)}</strong> {t("home.leads", { name: line.name })}
      {line.value !== "" && <span className="quiet figure"> · {decimal(line.value, locale)}</span>}
    </li>
  );
}

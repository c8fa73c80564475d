import { FullscreenExitOutlined, FullscreenOutlined } from "@ant-design/icons";
import { Alert, Button, Card } from "antd";
import { useEffect, useRef, useState } from "react";
import { useAnswer } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { OwnPlaces } from "./own-places.tsx";
import { type Boards, Race, racesOf } from "./race.tsx";
import { Ranking } from "./ranking.tsx";

const EVERY_MS = 5_000;

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** How a campaign stands, by itself: for a desk, a phone, and the office wall. */
export function LiveBoard({ campaign, words }: Props) {
  const boards = useAnswer("getBoards", { params: { campaign } }, { every: EVERY_MS });
  return <Answered query={boards}>{(data) => <Shown boards={data} words={words} />}</Answered>;
}

function Shown({ boards, words }: { readonly boards: Boards; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const wall = useRef<HTMLDivElement>(null);
  const [isFull, toggle] = useFullScreen(wall);
  const races = racesOf(boards);
  const told = new Set(races.flatMap(({ board }) => (board ? [board.reward] : [])));
  const tables = boards.boards.filter(({ reward }) => !told.has(reward));
  const isEmpty = boards.progress.length === 0 && boards.boards.length === 0;
  const hidden = boards.notShown.map((one) =>
    "reward" in one ? words.reward(one.reward) : `${one.unit} · ${words.measure(one.measure)}`,
  );
  return (
    <div className="wall" ref={wall}>
      {isFull && <h1>{words.name}</h1>}
      <div className="board-head">
        <StateMark tone="waiting">{t("board.provisional")}</StateMark>
        <span className="quiet">
          {t("board.at", { at: date(boards.at, locale, "second", words.zone) })} · {t("board.provisional.text")}
        </span>
        <Button icon={isFull ? <FullscreenExitOutlined /> : <FullscreenOutlined />} onClick={toggle}>
          {t(isFull ? "board.leave" : "board.fullScreen")}
        </Button>
      </div>
      {words.campaign?.state === "settled" && (
        <Alert type="info" showIcon title={t("board.settled")} description={t("board.settled.text")} />
      )}
      {boards.rebuilding && <Alert type="warning" showIcon title={t("board.rebuilding")} />}
      {hidden.length > 0 && <Alert type="info" showIcon title={t("board.hidden", { what: hidden.join(", ") })} />}
      {isEmpty && (
        <Card>
          <EmptyView title={t("board.none")} next={t("board.none.next")} />
        </Card>
      )}
      <OwnPlaces boards={boards} words={words} />
      {races.map((race) => (
        <Race key={`${race.level} ${race.measure}`} race={race} words={words} />
      ))}
      <div className="columns">
        {tables.map((board) => (
          <Ranking key={board.reward} board={board} words={words} />
        ))}
      </div>
    </div>
  );
}

function useFullScreen(element: React.RefObject<HTMLElement | null>): [isFull: boolean, toggle: () => void] {
  const [isFull, setIsFull] = useState(false);
  useEffect(() => {
    const look = () => setIsFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  const toggle = () => {
    // Where it is not allowed, the board simply stays as it is.
    const asked = isFull ? document.exitFullscreen() : element.current?.requestFullscreen();
    asked?.catch(() => {});
  };
  return [isFull, toggle];
}

import {
  FullscreenExitOutlined,
  FullscreenOutlined,
  PauseCircleOutlined,
  PlayCircleOutlined,
  TrophyOutlined,
} from "@ant-design/icons";
import { Alert, Button, Card } from "antd";
import { useRef, useState } from "react";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { useFreshTargets } from "./fresh-targets.ts";
import { OwnPlaces } from "./own-places.tsx";
import { Race } from "./race.tsx";
import { Ranking } from "./ranking.tsx";
import { type Boards, racesOf, type Subject } from "./standings.ts";
import { TrendDrawer } from "./trend-drawer.tsx";
import { UnitTree } from "./unit-tree.tsx";
import { useWall, type Wall } from "./wall.ts";

const EVERY_MS = 5_000;

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** How a campaign stands, by itself: for a desk, a phone, and the office wall. */
export default function LiveBoard({ campaign, words }: Props) {
  const boards = useAnswer("getBoards", { params: { campaign } }, { every: EVERY_MS });
  return <Answered query={boards}>{(data) => <Shown boards={data} words={words} />}</Answered>;
}

function Shown({ boards, words }: { readonly boards: Boards; readonly words: PlanWords }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const place = useRef<HTMLDivElement>(null);
  const wall = useWall(place);
  const fresh = useFreshTargets(boards);
  const [subject, setSubject] = useState<Subject>();
  const races = racesOf(boards);
  const told = new Set(races.flatMap(({ board }) => (board ? [board.reward] : [])));
  const tables = boards.boards.filter(({ reward }) => !told.has(reward));
  const isEmpty = boards.progress.length === 0 && boards.boards.length === 0;
  const keys = new Set(fresh.map(({ key }) => key));
  return (
    <div className="wall" ref={place}>
      {wall.isFull && <h1>{words.name}</h1>}
      <Head boards={boards} words={words} wall={wall} />
      <div role="status">
        {fresh.map(({ key, name, label }) => (
          <p key={key} className="cheer">
            <TrophyOutlined aria-hidden="true" /> {t("board.cheer", { name, target: words.label(label) })}
          </p>
        ))}
      </div>
      <Notes boards={boards} words={words} />
      {isEmpty && (
        <Card>
          <EmptyView title={t("board.none")} next={t("board.none.next")} />
        </Card>
      )}
      <OwnPlaces boards={boards} words={words} />
      {races.map((race) => (
        <Race key={`${race.level} ${race.measure}`} race={race} words={words} fresh={keys} onOpen={setSubject} />
      ))}
      <div className="columns">
        {tables.map((board) => (
          <Ranking key={board.reward} board={board} words={words} onOpen={setSubject} />
        ))}
      </div>
      {may("listUnitStandings") && !wall.isFull && (
        <UnitTree campaign={boards.campaign} words={words} onOpen={setSubject} moved={boards.boards} />
      )}
      <TrendDrawer
        boards={boards}
        words={words}
        subject={subject}
        onClose={() => setSubject(undefined)}
        inside={() => (wall.isFull && place.current) || document.body}
      />
    </div>
  );
}

function Head({ boards, words, wall }: { readonly boards: Boards; readonly words: PlanWords; readonly wall: Wall }) {
  const { t, locale } = useLanguage();
  return (
    <div className="board-head">
      <StateMark tone="waiting">{t("board.provisional")}</StateMark>
      <span className="quiet">
        {t("board.at", { at: date(boards.at, locale, "second", words.zone) })} · {t("board.provisional.text")}
      </span>
      <span className="board-buttons">
        {wall.isFull && (
          <Button icon={wall.isMoving ? <PauseCircleOutlined /> : <PlayCircleOutlined />} onClick={wall.pause}>
            {t(wall.isMoving ? "board.wall.pause" : "board.wall.move")}
          </Button>
        )}
        <Button icon={wall.isFull ? <FullscreenExitOutlined /> : <FullscreenOutlined />} onClick={wall.toggle}>
          {t(wall.isFull ? "board.leave" : "board.fullScreen")}
        </Button>
      </span>
    </div>
  );
}

/** What one has to know before one believes the figures. */
function Notes({ boards, words }: { readonly boards: Boards; readonly words: PlanWords }) {
  const { t } = useLanguage();
  const hidden = boards.notShown.map((one) =>
    "reward" in one ? words.reward(one.reward) : `${one.unit} · ${words.measure(one.measure)}`,
  );
  return (
    <>
      {words.state === "settled" && (
        <Alert type="success" showIcon title={t("board.settled")} description={t("board.settled.text")} />
      )}
      {boards.rebuilding && <Alert type="warning" showIcon title={t("board.rebuilding")} />}
      {hidden.length > 0 && <Alert type="info" showIcon title={t("board.hidden", { what: hidden.join(", ") })} />}
    </>
  );
}

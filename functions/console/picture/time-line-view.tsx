import { useLanguage } from "../i18n/language.ts";
import { SheetView } from "./figure-view.tsx";
import type { Lane, Mark, TimeLine } from "./time-line.ts";
import type { Words } from "./words.ts";

interface Props {
  readonly time: TimeLine;
  readonly words: Words;
}

/** When what happens, lane by lane; all dates also as a table. */
export function TimeLineView({ time, words }: Props) {
  const { t } = useLanguage();
  const dates = time.lanes.flatMap(({ name, marks }) =>
    marks.map((mark) => ({ what: mark.name === name ? name : `${name}: ${mark.name}`, ...mark })),
  );
  const rows = [...dates]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ what, start, end }) => [words.day(start), end === start ? "–" : words.day(end), what]);
  const sheet = { columns: [t("picture.time.from"), t("picture.time.to"), t("picture.time.what")], rows };
  return (
    <>
      <div className="time-line" aria-hidden="true">
        <div className="time-ticks">
          {time.ticks.map(({ at, name }) => (
            <span key={at} style={{ left: place(time, at) }}>
              {name}
            </span>
          ))}
        </div>
        {time.lanes.map((lane) => (
          <LaneView key={lane.name} lane={lane} time={time} words={words} />
        ))}
      </div>
      <details>
        <summary>{t("picture.time.dates")}</summary>
        <SheetView sheet={sheet} title={t("picture.time.dates")} />
      </details>
    </>
  );
}

function LaneView({ lane, time, words }: { readonly lane: Lane; readonly time: TimeLine; readonly words: Words }) {
  return (
    <div className="time-lane">
      <span className="time-name">{lane.name}</span>
      <span className="time-track">
        {lane.marks.map((mark) => (
          <span
            key={`${mark.name} ${mark.start}`}
            className={`time-${mark.start === mark.end ? "day" : lane.look}`}
            style={spread(time, mark)}
            title={`${mark.name}: ${[...new Set([words.day(mark.start), words.day(mark.end)])].join(" – ")}`}
          />
        ))}
      </span>
    </div>
  );
}

function place({ start, end }: TimeLine, at: number): string {
  return `${((at - start) / (end - start)) * 100}%`;
}

function spread(time: TimeLine, { start, end }: Mark): { left: string; width?: string } {
  if (start === end) return { left: place(time, start) };
  return { left: place(time, start), width: `${((end - start) / (time.end - time.start)) * 100}%` };
}

import { CaretDownOutlined, CaretRightOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Card, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Answer } from "../api/client.ts";
import { usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { decimal, percent } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { useLevel } from "../parts/level-name.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { BoardHead } from "./board-head.tsx";
import type { Subject } from "./standings.ts";
import { SubjectName } from "./subject-name.tsx";
import { Track } from "./track.tsx";

type Standing = Answer<"listUnitStandings">["items"][number];
type Measured = Standing["measures"][number];

const COLUMNS = 3;

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly onOpen: (subject: Subject) => void;
}

/** The organisation with what all below each unit come to, opened level by level. */
export function UnitTree({ campaign, words, onOpen, moved }: Props & { readonly moved: unknown }) {
  const { t } = useLanguage();
  useFreshWith(moved);
  const top = usePages("listUnitStandings", { params: { campaign }, query: { limit: 1 } });
  const [chosen, setChosen] = useState<string>();
  const measures = (top.data?.pages[0]?.items[0]?.measures ?? []).map(({ measure }) => measure);
  const measure = chosen ?? measures[0];
  if (top.error) return <ProblemView error={top.error} onRetry={() => top.refetch()} />;
  if (measure === undefined) return null;
  return (
    <Card className="board-tree">
      <BoardHead title={t("board.tree")}>{t("board.tree.text")}</BoardHead>
      {measures.length > 1 && (
        <Segmented
          aria-label={t("board.trend.measure")}
          value={measure}
          onChange={setChosen}
          options={measures.map((one) => ({ value: one, label: words.measure(one) }))}
        />
      )}
      <div className="tree-scroll">
        <table className="tree-table">
          <caption className="hidden">{t("board.tree")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("board.tree.unit")}</th>
              <th scope="col" className="figure tree-value">
                {words.measure(measure)}
              </th>
              <th scope="col">{t("board.tree.targets")}</th>
            </tr>
          </thead>
          <tbody>
            <Level campaign={campaign} words={words} measure={measure} depth={0} onOpen={onOpen} />
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** The levels that are open are read again when the board has moved, and not while it stands still. */
function useFreshWith(moved: unknown): void {
  const queries = useQueryClient();
  const before = useRef(moved);
  useEffect(() => {
    if (before.current === moved) return;
    before.current = moved;
    queries.invalidateQueries({ queryKey: ["listUnitStandings"] });
  }, [moved, queries]);
}

interface LevelProps extends Props {
  readonly measure: string;
  readonly depth: number;
  readonly parent?: string;
}

function Level(props: LevelProps) {
  const { t } = useLanguage();
  const { campaign, parent } = props;
  const query = { limit: 100, ...(parent === undefined ? {} : { parent }) };
  const pages = usePages("listUnitStandings", { params: { campaign }, query });
  if (pages.error) {
    return (
      <tr>
        <td colSpan={COLUMNS}>
          <ProblemView error={pages.error} onRetry={() => pages.refetch()} />
        </td>
      </tr>
    );
  }
  const units = pages.data?.pages.flatMap(({ items }) => items);
  if (units?.length === 0) {
    return (
      <tr>
        <td colSpan={COLUMNS}>
          <EmptyView title={t("board.tree.none")} next={t("board.tree.none.next")} />
        </td>
      </tr>
    );
  }
  return (
    <>
      {units?.map((unit) => (
        <UnitRow key={unit.unit} {...props} unit={unit} />
      ))}
      {pages.hasNextPage && (
        <tr>
          <td colSpan={COLUMNS}>
            <Button loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
              {t("page.more")}
            </Button>
          </td>
        </tr>
      )}
    </>
  );
}

/** The first two levels are open from the beginning, where they are few. */
function UnitRow({ unit, ...props }: LevelProps & { readonly unit: Standing }) {
  const { t, locale } = useLanguage();
  const level = useLevel();
  const { measure, depth, words, onOpen } = props;
  const [isOpen, setIsOpen] = useState(depth < 2 && unit.below > 0 && unit.below <= 30);
  const measured = unit.measures.find((one) => one.measure === measure);
  return (
    <>
      <tr>
        <th scope="row">
          <span className="tree-name" style={{ paddingInlineStart: `${depth * 22}px` }}>
            {unit.below > 0 ? (
              <Button
                type="text"
                size="small"
                aria-expanded={isOpen}
                aria-label={t(isOpen ? "board.tree.close" : "board.tree.open", { name: unit.name })}
                icon={isOpen ? <CaretDownOutlined /> : <CaretRightOutlined />}
                onClick={() => setIsOpen(!isOpen)}
              />
            ) : (
              <span className="tree-leaf" aria-hidden="true" />
            )}
            <span>
              <SubjectName subject={{ kind: "unit", id: unit.unit, name: unit.name }} onOpen={onOpen} />{" "}
              <small className="quiet">{level(unit.level)}</small>
            </span>
          </span>
        </th>
        <td className="figure tree-value">{measured ? decimal(measured.value, locale) : t("board.tree.unknown")}</td>
        <td>{measured && <Attainment measured={measured} words={words} />}</td>
      </tr>
      {isOpen && <Level {...props} depth={depth + 1} parent={unit.unit} />}
    </>
  );
}

function Attainment({ measured, words }: { readonly measured: Measured; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  if (measured.targets.length === 0) return <span className="quiet">{t("board.tree.noTarget")}</span>;
  return (
    <>
      <Track row={measured} words={words} />
      <span className="quiet">
        {measured.targets
          .map(({ label, percent: part }) =>
            t("board.percent", { percent: percent(part, locale), label: words.label(label) }),
          )
          .join(" · ")}
      </span>
    </>
  );
}

import { grouped } from "#app/statements/explain-step.ts";
import type { Boards } from "#domain/board.ts";
import { textTable } from "../cli/columns.ts";

/** Rows of the personal ranking that a month's standing shows. */
const SHOWN_PEOPLE = 5;

/** A campaign's standing at the end of a month, as the work group would get it. */
export function standingsText({ progress, boards }: Boards): string {
  return [
    progressTable(progress),
    ...boards.flatMap((board) =>
      board.kind === "race" ? [raceText(board)] : board.level === "participant" ? [peopleText(board)] : [],
    ),
  ].join("\n");
}

function progressTable(progress: Boards["progress"]): string {
  const rows = [...progress]
    .sort((a, b) => Number(b.value) - Number(a.value))
    .map(({ name, value, targets }) => [
      name,
      grouped(value),
      ...targets.flatMap(({ value: target, percent, reached }) => [
        grouped(target),
        bar(percent),
        `${percent.toFixed(1)} %${reached ? " ✓" : "  "}`,
      ]),
    ]);
  const labels = progress[0]?.targets.map(({ label }) => label) ?? [];
  return textTable(
    [
      { title: "branch", align: "left" },
      { title: "premium", align: "right" },
      ...labels.flatMap((label) => [
        { title: label, align: "right" } as const,
        { title: "", align: "left" } as const,
        { title: "", align: "right" } as const,
      ]),
    ],
    rows,
  );
}

function raceText({ reward, rows }: Boards["boards"][number]): string {
  const placed = rows.filter(({ rank, prize }) => rank !== undefined && prize !== undefined);
  const places = placed.map(
    ({ rank, name, target, reachedAt, prize }) =>
      `  ${rank}. ${name}: ${target} on ${reachedAt?.slice(0, 16).replace("T", " ")}, ${grouped(prize ?? "")}`,
  );
  return `${reward} so far (provisional)\n${places.length > 0 ? places.join("\n") : "  no place taken yet"}\n`;
}

function peopleText({ reward, rows }: Boards["boards"][number]): string {
  const winning = rows.filter(({ state }) => state === "winning");
  const top = winning
    .slice(0, SHOWN_PEOPLE)
    .map(
      ({ rank, name, subject, value, prize }) =>
        `  ${rank}. ${name} (${subject}) ${grouped(value)} → ${grouped(prize ?? "")}`,
    );
  return `${reward} so far (provisional): ${winning.length} winning\n${top.length > 0 ? top.join("\n") : "  nobody qualifies yet"}\n`;
}

const BAR_WIDTH = 10;

function bar(percent: number): string {
  const full = Math.min(BAR_WIDTH, Math.floor((percent / 100) * BAR_WIDTH));
  return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
}

import type { Board } from "#domain/board.ts";
import type { Bulletin, BulletinProgress, BulletinRow } from "#domain/bulletin.ts";
import { addExact, formatDecimal, parseDecimal } from "#domain/decimal.ts";
import { formatMoney, parseMoney } from "#domain/money.ts";
import type { BoardPolicy, Plan } from "#domain/plan/plan.ts";
import { formatInZone } from "#domain/time.ts";
import type { Rules } from "#engine/rules.ts";
import { maskBoard, NO_BOARD_POLICY } from "../boards/masking.ts";
import { unitStandings } from "../boards/progress-standings.ts";
import { readBoards } from "../boards/read-boards.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { measureName, reachInstant } from "./find-targets.ts";

type BulletinDeps = Pick<Deps, "plans" | "derived" | "clock">;

/** Rows of one table: a message is read on a telephone, and kept in one item. */
const MOST_UNITS = 200;
const MOST_PLACES = 40;

/**
 * How a campaign stands now, to be published. Units stand in it with their figures: that is what it is for. Of people it shows what
 * the plan's `boards` shows to sellers, and nobody's figures beyond that.
 *
 * @param previous the bulletin before, which changes are told against
 */
export async function makeBulletin(
  deps: BulletinDeps,
  campaignId: string,
  previous?: Bulletin,
  liveRules = new LiveRules(),
): Promise<Bulletin> {
  const { campaign, rules } = await liveRules.one(deps, campaignId);
  const { plan } = rules;
  const boards = await readBoards(deps, campaignId, liveRules);
  const standings = unitStandings(
    rules,
    await deps.derived.totals(campaign.id),
    await deps.derived.reaches(campaign.id),
  );
  const inZone = (instant: number) => formatInZone(instant, plan.period.zone);
  const measures = [...new Set(boards.progress.map(({ measure }) => measure))];
  const progress = measures.map((measure) => {
    const before = previous?.progress.find((table) => table.measure === measure)?.rows;
    const rows = boards.progress
      .filter((row) => row.measure === measure)
      .slice(0, MOST_UNITS)
      .map((row): BulletinProgress => {
        const targets = row.targets.map(({ label, value, percent, reached }) => {
          const at = reached ? reachInstant(rules, standings, row, label) : undefined;
          return { label, value, percent, reached, ...(at === undefined ? {} : { reachedAt: inZone(at) }) };
        });
        return { ...withChange({ subject: row.unit, name: row.name, value: row.value }, before), targets };
      });
    return { measure, measureName: measureName(rules, measure), rows };
  });
  return {
    campaign: campaignId,
    at: inZone(deps.clock.now()),
    ...(previous === undefined ? {} : { previousAt: previous.at }),
    currency: plan.currency,
    from: inZone(rules.instants.start),
    until: inZone(rules.instants.end),
    progress,
    boards: boards.boards.flatMap((board) => publishedBoard(rules, board, previous)),
    budgets: plan.budgets.map((budget) => budgetOf(plan, budget, boards.boards)),
    names: plan.names ?? {},
  };
}

function publishedBoard(rules: Rules, board: Board, previous: Bulletin | undefined): Bulletin["boards"] {
  const { plan } = rules;
  const policy = plan.boards ?? NO_BOARD_POLICY;
  const isOfPeople = board.level === "participant";
  const { rows } = isOfPeople ? maskBoard(board, policy, () => false) : board;
  if (rows.length === 0) return [];
  const before = canCompare(isOfPeople, policy)
    ? previous?.boards.find(({ reward }) => reward === board.reward)?.rows
    : undefined;
  return [
    {
      reward: board.reward,
      rewardName: plan.rewards.find(({ id }) => id === board.reward)?.name ?? board.reward,
      measure: board.measure,
      measureName: measureName(rules, board.measure),
      subjects: board.subjects,
      rows: rows
        .filter(({ rank }) => rank !== undefined)
        .slice(0, MOST_PLACES)
        .map(({ subject, name, value, rank, prize }) =>
          withChange(
            {
              subject,
              name,
              value,
              ...(rank === undefined ? {} : { rank }),
              ...(prize === undefined ? {} : { prize }),
            },
            before,
          ),
        ),
    },
  ];
}

/** Rows of masked people are named after their places: those of two bulletins are of different people. */
function canCompare(isOfPeople: boolean, { names, amounts }: BoardPolicy): boolean {
  return !isOfPeople || (names === "shown" && amounts === "shown");
}

function withChange(row: BulletinRow, before: readonly BulletinRow[] | undefined): BulletinRow {
  // Whoever did not stand in the one before has no change: boards hold places only.
  const old = before?.find(({ subject }) => subject === row.subject)?.value;
  const change = old === undefined ? undefined : difference(row.value, old);
  return change === undefined ? row : { ...row, change };
}

/** Of two decimals; undefined of ratios that are no decimals. */
function difference(now: string, before: string): string | undefined {
  const digits = Math.max(...[now, before].map((text) => text.split(".")[1]?.length ?? 0));
  const [a, b] = [parseDecimal(now, digits), parseDecimal(before, digits)];
  return a === undefined || b === undefined ? undefined : formatDecimal(addExact(a, -b), digits);
}

/** What the places of now would take of a budget; told only where boards show every place that wins. */
function budgetOf(plan: Plan, budget: Plan["budgets"][number], boards: readonly Board[]): Bulletin["budgets"][number] {
  const covered = budget.rewards.map((reward) => boards.find((board) => board.reward === reward));
  const { id, amount } = budget;
  let used = 0;
  for (const board of covered) {
    if (board === undefined) return { budget: id, amount };
    const isCut = board.subjects > board.rows.length && board.rows.every(({ state }) => state === "winning");
    if (isCut) return { budget: id, amount };
    for (const { state, prize } of board.rows) {
      const minor = state === "winning" ? parseMoney(prize ?? "", plan.currency) : 0;
      if (minor === undefined) return { budget: id, amount };
      used = addExact(used, minor);
    }
  }
  return { budget: id, amount, used: formatMoney(used, plan.currency) };
}

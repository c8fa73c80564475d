import { addExact } from "#domain/decimal.ts";
import { type HeldLine, type Line, lineId, type NotAwarded, type Totals, type Warning } from "#domain/line.ts";
import { formatMoney, isBenefit } from "#domain/money.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { compareText } from "#domain/text.ts";
import { type Award, type Decided, type Deciding, moneyText, payText, timeText } from "./award.ts";
import { awardSlices } from "./kinds/index.ts";
import { withCoefficient } from "./modifiers/coefficient.ts";
import { type Looking, type Part, partsOf } from "./modifiers/instalments.ts";
import { budgetTotals, type Outcome, withinLimits } from "./modifiers/limits.ts";
import { forPayee } from "./modifiers/payee.ts";
import { lessPaidBefore } from "./modifiers/to-date.ts";
import type { Rules } from "./rules.ts";
import { rulesOfSlice, type Slice, slicesOf } from "./slices.ts";
import { splitAward } from "./split.ts";
import type { SlicedStandings } from "./standings.ts";

/** As of when, and whether slices that are still open are decided too. */
export interface Asked {
  readonly asOf: number;
  readonly closedOnly: boolean;
}

export interface Decision {
  readonly lines: readonly Line[];
  readonly components: readonly Line[];
  readonly held: readonly HeldLine[];
  readonly notAwarded: readonly NotAwarded[];
  readonly totals: Omit<Totals, "facts">;
  readonly warnings: readonly Warning[];
  /** Some slices were left out because they are not closed yet. */
  readonly openSlices: boolean;
}

/**
 * The one place that says in which order amounts come about. Rewards are decided in the plan's order, each slice by slice:
 *
 * 1. scope, then gates — who takes part (`entrants.ts`);
 * 2. the reward's own rule, with its rounding — what the subject wins (`kinds/`);
 * 3. less what earlier slices paid, where a slice looks at everything to date;
 * 4. coefficient of a scorecard — on the whole award, so that a split sees what is really shared;
 * 5. split — a unit's award is divided only after it is known and rounded, so that its parts sum to what was announced;
 * 6. cap, then deductions — on what a payee gets;
 * 7. budgets and stocks — over all slices, because they look at what would really be paid;
 * 8. instalments — last, when it is known how much there is to pay: what is due is a line, the rest is held.
 *
 * A reward sees what earlier rewards of the plan decided only where it names them.
 */
export function decide(rules: Rules, standings: SlicedStandings, asked: Asked): Decision {
  const warnings: Warning[] = [];
  const outcomes: Outcome[] = [];
  let openSlices = false;
  const earlier = (id: string) => {
    const outcome = outcomes.find(({ reward }) => reward.id === id);
    return outcome ? [...outcome.decided, ...outcome.nothing] : [];
  };
  for (const reward of rules.plan.rewards) {
    const closed = slicesOf(rules, reward, asked.asOf, asked.closedOnly);
    const begun = slicesOf(rules, reward, asked.asOf, false);
    openSlices ||= closed.length < begun.length;
    const slices = paysAhead(reward) ? begun : closed;
    const decidings = decidingsOf(rules, standings, reward, slices, { warnings, earlier, asOf: asked.asOf }).map(
      (deciding, index): Deciding => (index < closed.length ? deciding : { ...deciding, onlyAhead: true }),
    );
    outcomes.push(outcomeOf(decidings, reward));
  }
  const held = withinLimits(rules, outcomes, warnings);
  return { ...linesOf({ rules, standings, warnings }, held, asked.asOf), warnings, openSlices };
}

/** A draw that is paid ahead is due before its slice has ended, and so before it is closed. */
function paysAhead(reward: Reward): boolean {
  return reward.kind === "payPlan" && reward.draw?.timing === "ahead";
}

function decidingsOf(
  rules: Rules,
  standings: SlicedStandings,
  reward: Reward,
  slices: readonly Slice[],
  shared: Pick<Deciding, "warnings" | "earlier" | "asOf">,
): Deciding[] {
  const toDate = reward.accumulate === "toDate";
  const followsUp = rules.instants.followUpEnd > rules.instants.end;
  const during = ({ id, start, end }: Slice) =>
    id === "" && !followsUp
      ? standings
      : standings.during({ start: (toDate ? slices[0]?.start : undefined) ?? start, end });
  const ofSlices = slices.map(during);
  return slices.map((slice, index): Deciding => {
    const before = ofSlices[index - 1];
    return {
      ...shared,
      rules: rulesOfSlice(rules, slice, toDate ? slices.slice(0, index) : []),
      standings: ofSlices[index] ?? standings,
      slice,
      ...(before ? { before } : {}),
      history: standings,
    };
  });
}

function outcomeOf(decidings: readonly Deciding[], reward: Reward): Outcome {
  const decided: Decided[] = [];
  const nothing: Decided[] = [];
  const paidBefore = new Map<string, number>();
  const gotBefore = new Map<string, number>();
  const since = decidings[0]?.slice.id ?? "";
  awardSlices(decidings, reward).forEach((awards, index) => {
    const deciding = decidings[index];
    if (!deciding) throw new RangeError(`${reward.id} decided more slices than there are`);
    const { slice } = deciding;
    const won = awards.map((award) => {
      const own = reward.accumulate === "toDate" ? lessPaidBefore(deciding, reward, award, since, paidBefore) : award;
      return withCoefficient(deciding, reward, own);
    });
    for (const award of won) {
      if (award.amountMinor === 0) continue;
      for (const part of payAward(deciding, reward, award)) {
        const paid: Decided = { ...forPayee(deciding, reward, part, gotBefore), slice };
        const isMember = part.subject.kind !== award.subject.kind;
        (paid.amountMinor === 0 ? nothing : decided).push(isMember ? { ...paid, unitOf: award.subject.id } : paid);
      }
    }
    for (const award of won) if (award.amountMinor === 0) nothing.push({ ...award, slice });
  });
  return { reward, decided, nothing };
}

function payAward(deciding: Deciding, reward: Reward, award: Award): readonly Award[] {
  return reward.pay === "self" ? [award] : splitAward(deciding, reward, reward.pay.split, award);
}

function linesOf(
  { rules, standings, warnings }: Looking,
  outcomes: readonly Outcome[],
  asOf: number,
): Pick<Decision, "lines" | "components" | "held" | "notAwarded" | "totals"> {
  const lines: Line[] = [];
  const components: Line[] = [];
  const held: HeldLine[] = [];
  const notAwarded: NotAwarded[] = [];
  const byReward: Record<string, string> = {};
  const money = { due: 0, held: 0 };
  for (const { reward, decided, nothing } of outcomes) {
    const unit = unitOfPay(rules.plan, reward);
    const isMoney = (award: Award) => !isBenefit(award.unit ?? unit);
    let total = 0;
    for (const award of decided) {
      if (reward.component) {
        components.push(lineOf(rules, reward, { award, state: "due" }));
        total = addExact(total, award.amountMinor);
        continue;
      }
      for (const part of partsOf({ rules, standings, warnings }, reward, award, asOf)) {
        const { amountMinor } = part.award;
        if (part.state === "lost") notAwarded.push(notAwardedOf(reward, part));
        else if (part.state === "held") {
          const due = part.dueAt === undefined ? {} : { due: timeText(rules, part.dueAt) };
          held.push({ ...lineOf(rules, reward, part), ...due });
          if (isMoney(part.award)) money.held = addExact(money.held, amountMinor);
        } else {
          lines.push(lineOf(rules, reward, part));
          // A penalty's cards are not of the unit of its fines.
          if ((part.award.unit ?? unit) === unit) total = addExact(total, amountMinor);
          if (isMoney(part.award)) money.due = addExact(money.due, amountMinor);
        }
      }
    }
    for (const award of nothing) notAwarded.push(notAwardedOf(reward, { award, state: "lost" }));
    byReward[reward.id] = payText(rules, reward, total);
  }
  const byId = (a: Line, b: Line) => compareText(a.lineId, b.lineId);
  return {
    lines: lines.sort(byId),
    components: components.sort(byId),
    held: held.sort(byId),
    notAwarded: sortedById(notAwarded),
    totals: {
      byReward,
      all: moneyText(rules, money.due),
      ...(held.length === 0 ? {} : { held: moneyText(rules, money.held) }),
      budgets: budgetTotals(rules, outcomes),
    },
  };
}

/** Members are set one after another where they are present: a hundred thousand lines are made, and copying objects takes most of it. */
function lineOf(rules: Rules, reward: Reward, { award, part = award.part }: Part): Line {
  const { subject, slice, rank, steps, amountMinor, unit = unitOfPay(rules.plan, reward) } = award;
  const line: Line = {
    lineId: lineId(reward.id, subject, slice.id, part),
    reward: reward.id,
    payee: subject,
    amount: formatMoney(amountMinor, unit),
    currency: unit,
    trace: [...steps],
  };
  if (slice.id !== "") line.slice = slice.id;
  if (part !== undefined) line.part = part;
  if (rank !== undefined) line.rank = rank;
  return line;
}

function notAwardedOf(reward: Reward, { award, part = award.part }: Part): NotAwarded {
  const { subject, slice, rank, steps } = award;
  const entry: NotAwarded = { reward: reward.id, subject, trace: [...steps] };
  if (slice.id !== "") entry.slice = slice.id;
  if (part !== undefined) entry.part = part;
  if (rank !== undefined) entry.rank = rank;
  return entry;
}

function sortedById(notAwarded: readonly NotAwarded[]): NotAwarded[] {
  return notAwarded
    .map((entry) => ({ entry, id: idOf(entry) }))
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ entry }) => entry);
}

function idOf({ reward, subject, slice, part }: NotAwarded): string {
  return lineId(reward, subject, slice, part);
}

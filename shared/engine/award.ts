import { formatDecimal, type Rational, toSafeInteger } from "#domain/decimal.ts";
import type { Payee, Step, Warning } from "#domain/line.ts";
import { formatMoney, parseMoney } from "#domain/money.ts";
import type { PrizeBand } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { compareText } from "#domain/text.ts";
import { formatInZone } from "#domain/time.ts";
import { compiledMeasure, type Rules } from "./rules.ts";
import type { Sales } from "./sales.ts";
import type { Slice } from "./slices.ts";
import { aggregateOf, type SlicedStandings, type Standings } from "./standings.ts";
import { stepOfSales, ToldSales } from "./told-sales.ts";

/** What one fact earned of an award: what a budget or a stock that goes first come, first served looks at. */
export interface Claim {
  readonly at: number;
  readonly fact: string;
  readonly amountMinor: number;
}

/** What a reward decided about one subject. Zero amounts are kept: their steps say why not. */
export interface Award {
  readonly subject: Payee;
  readonly amountMinor: number;
  readonly rank?: number;
  readonly steps: readonly Step[];
  /** By fact, in time order, where single facts earn; they add up to the amount. */
  readonly claims?: readonly Claim[];
  /** What a grade multiplies other rewards by. */
  readonly factor?: Rational;
  readonly grade?: string;
  /** A scorecard's, exactly as its grade was looked up with. */
  readonly total?: Rational;
  /** Where one rule gives a subject several lines: which, as in the line id. */
  readonly part?: string;
  /** What it is given in, where that is not what the reward pays in. */
  readonly unit?: string;
}

/** An award as it is paid or counted on: of one slice, after the split. */
export interface Decided extends Award {
  readonly slice: Slice;
  /** The unit that won, where its members are paid. */
  readonly unitOf?: string;
}

/** What every deciding step may look at, and where it reports what finance should know. */
export interface Deciding {
  /** The rules as the slice sees them. */
  readonly rules: Rules;
  /** Standings of the slice. */
  readonly standings: Standings;
  readonly warnings: Warning[];
  readonly slice: Slice;
  /** The slice is not closed and only closed ones are asked for: nothing is decided but what is paid before it ends. */
  readonly onlyAhead?: true;
  /** The cut-off: deadlines that lie after it have not passed. */
  readonly asOf: number;
  /** Standings of the slice before; absent for the first. */
  readonly before?: Standings;
  /** Standings of the whole campaign, for what follows facts beyond a slice. */
  readonly history?: SlicedStandings;
  /** What an earlier reward of the plan decided, all slices. */
  earlier(reward: string): readonly Decided[];
}

/** Deciding on a campaign as a whole, with nothing decided before. */
export function decidingOn(rules: Rules, standings: Standings): Deciding {
  const { start, end } = rules.instants;
  return { rules, standings, warnings: [], slice: { id: "", start, end }, asOf: end, earlier: () => [] };
}

/** A subject that takes part in a reward, with the steps that say how far it came. */
export interface Entrant {
  readonly subject: string;
  /** An integer at the measure's scale; of a ratio 0, and {@link ratio} counts. */
  readonly value: number;
  readonly ratio?: Rational;
  readonly steps: readonly Step[];
  /** All gates passed; a reward says what failing one means. */
  readonly qualified: boolean;
}

export function payeeOf(reward: Reward, subject: string): Payee {
  return { kind: reward.level === "participant" ? "participant" : "unit", id: subject };
}

export function moneyText(rules: Pick<Rules, "plan">, amountMinor: number): string {
  return formatMoney(amountMinor, rules.plan.currency);
}

/** An amount in what the reward pays: the currency, or a benefit in kind. */
export function payText(rules: Pick<Rules, "plan">, reward: Reward, amountMinor: number): string {
  return formatMoney(amountMinor, unitOfPay(rules.plan, reward));
}

export function moneyMinor(rules: Pick<Rules, "plan">, text: string): number {
  const amountMinor = parseMoney(text, rules.plan.currency);
  if (amountMinor === undefined) throw new RangeError(`${text} is no amount of ${rules.plan.currency}`);
  return amountMinor;
}

export function measureText(rules: Rules, measure: string, value: number): string {
  return formatDecimal(value, compiledMeasure(rules, measure).digits);
}

export function timeText(rules: Rules, instant: number): string {
  return formatInZone(instant, rules.plan.period.zone);
}

/** The measure step: the value and the facts behind it. */
export function measureStep({ rules, standings }: Deciding, measure: string, level: string, subject: string): Step {
  const { value, facts } = standings.measured(measure, level, subject);
  const { digits } = compiledMeasure(rules, measure);
  const step = { step: "measure", measure, subject, value: formatDecimal(value, digits), facts } as const;
  const sales = standings.sales?.(measure, level, subject);
  if (sales) {
    return level === "participant"
      ? stepOfSales(step, new ToldSales(sales, digits, rules.plan.period.zone))
      : { ...step, contributors: contributorsOf(rules, measure, sales) };
  }
  return step;
}

function contributorsOf(rules: Rules, measure: string, sales: Sales) {
  return sales
    .byParticipant(aggregateOf(rules, measure))
    .sort((a, b) => compareText(a.participantId, b.participantId))
    .map(({ participantId, value, facts }) => ({ participantId, value: measureText(rules, measure, value), facts }));
}

/** Prize of each place, in minor units; places beyond the bands win nothing. */
export interface PrizeTable {
  readonly places: number;
  amountAt(place: number): number;
  bandAt(place: number): PrizeBand | undefined;
  /** What the places from `first` to `last`, inclusive, win together. */
  sumOf(first: number, last: number): number;
}

export function prizeTable(rules: Pick<Rules, "plan">, prizes: readonly PrizeBand[]): PrizeTable {
  const bandAt = (place: number) => prizes.find(({ from, to }) => from <= place && place <= to);
  return {
    places: Math.max(...prizes.map(({ to }) => to)),
    amountAt: (place) => {
      const band = bandAt(place);
      return band ? moneyMinor(rules, band.amount) : 0;
    },
    bandAt,
    // By band, not by place: a band can have any number of places.
    sumOf: (first, last) =>
      toSafeInteger(
        prizes.reduce((sum, { from, to, amount }) => {
          const places = Math.max(0, Math.min(to, last) - Math.max(from, first) + 1);
          return sum + BigInt(places) * BigInt(moneyMinor(rules, amount));
        }, 0n),
      ),
  };
}

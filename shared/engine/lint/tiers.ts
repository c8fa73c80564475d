import { parseDecimal, type Rational, toSafeInteger } from "#domain/decimal.ts";
import type { TierBand, TiersReward } from "#domain/plan/rewards/tiers.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { decidingOn } from "../award.ts";
import { compare, exact, exactText, measured, over, times, whole } from "../kinds/exact.ts";
import { tiers } from "../kinds/tiers.ts";
import { compiledMeasure, type Rules } from "../rules.ts";
import { type LintContext, moneyIn } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Bands: who comes further should not be paid less, and mostly not at a lower rate either. */
export function tierFindings(context: LintContext): Finding[] {
  return context.plan.rewards.flatMap((reward, index) =>
    reward.kind === "tiers"
      ? reward.bands.flatMap((band, place) => {
          const before = reward.bands[place - 1];
          if (!before) return [];
          const path = `/rewards/${index}/bands/${place}`;
          const falls = fallingPayout(context, reward, band, `${path}/from`);
          return falls.length > 0 ? falls : decelerating(reward, before, band, path);
        })
      : [],
  );
}

/** Both sides of a boundary, paid by the engine itself. */
function fallingPayout(context: LintContext, reward: TiersReward, band: TierBand, path: string): Finding[] {
  const target = targetFor(context, reward);
  const mark = target === undefined ? exact(band.from) : times(exact(band.from), exact(target));
  const sides = sidesOf(context.rules, reward, mark);
  if (!sides) return [];
  const [below, above] = sides;
  const [paidBelow, paidAbove] = [below, above].map((value) => payAt(context.rules, reward, target, value));
  if (paidBelow === undefined || paidAbove === undefined || paidAbove >= paidBelow) return [];
  const text = (value: number) => exactText(measured(context.rules, reward.measure, value));
  const what = reward.scope === "perFact" ? "a sale of " : "";
  const verb = reward.scope === "perFact" ? "pays" : "pay";
  const of = target === undefined ? "" : ` (of a target of ${target})`;
  return [
    {
      code: "falling-payout",
      severity: "warns",
      path,
      message: `in ${reward.id} ${what}${text(below)} ${reward.measure} ${verb} ${moneyIn(context, paidBelow)}, ${text(above)} ${verb} ${moneyIn(context, paidAbove)}${of}: who sells more is paid less`,
      seen: moneyIn(context, paidAbove),
      allowed: `at least ${moneyIn(context, paidBelow)}`,
      mend: "use mode: marginal, or let the band pay at least what the one before pays at its end",
    },
  ];
}

/** The last value of the band before and the first of the next one; quantities in whole units, as most things are sold. */
function sidesOf(rules: Rules, { measure, edge }: TiersReward, mark: Rational): readonly [number, number] | undefined {
  const { measure: compiled, digits } = compiledMeasure(rules, measure);
  const scale = 10n ** BigInt(digits);
  const step = compiled.of === "amount" ? 1n : scale;
  const steps = over(times(mark, { num: scale, den: 1n }), { num: step, den: 1n });
  const isExact = compare(steps, { num: whole(steps), den: 1n }) === 0;
  const below = isExact && edge === "upper" ? whole(steps) - 1n : whole(steps);
  return below < 0n
    ? undefined
    : inRange(() => [toSafeInteger(below * step), toSafeInteger((below + 1n) * step)] as const);
}

const SOMEBODY = "somebody";

/** What a value is paid, whoever has it: the reward as it stands, without its gates and its scope. */
function payAt(
  { targets: _, ...rules }: Rules,
  { within: _within, roles: _roles, ...reward }: TiersReward,
  target: string | undefined,
  value: number,
): number | undefined {
  const label = reward.by === "value" ? "" : reward.by.attainment;
  const row: Target = { subject: SOMEBODY, measure: reward.measure, label, slice: "", value: target ?? "0" };
  const sale = { fact: "", version: 1, participantId: SOMEBODY, occurredAt: rules.instants.start, value };
  const deciding = decidingOn(
    { ...rules, targets: new Map([[targetKey(row), row]]) },
    {
      subjects: () => [SOMEBODY],
      measured: () => ({ value, facts: 1, gained: value }),
      reach: () => undefined,
      contributions: () => [sale],
    },
  );
  return inRange(() => tiers.award(deciding, { ...reward, level: "participant", gates: [] })[0]?.amountMinor);
}

/** Marks can be so large that what they pay is beyond exact integers: such a boundary is not looked at. */
function inRange<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The middle one of the targets that the marks are parts of, or 10,000; undefined where marks are values. */
function targetFor({ rules }: LintContext, { by, measure }: TiersReward): string | undefined {
  if (by === "value") return undefined;
  const { digits } = compiledMeasure(rules, measure);
  const values = [...rules.targets.values()]
    .filter((target) => target.measure === measure && target.label === by.attainment && target.slice === "")
    .flatMap(({ value }) => parseDecimal(value, digits) ?? [])
    .filter((value) => value > 0)
    .sort((a, b) => a - b);
  const middle = values[Math.floor(values.length / 2)];
  return middle === undefined ? "10000" : exactText(measured(rules, measure, middle));
}

/** The sum still grows, but more slowly: a decelerator can be meant, and mostly two bands were swapped. */
function decelerating({ id }: TiersReward, before: TierBand, band: TierBand, path: string): Finding[] {
  return (["rate", "perUnit", "flat"] as const).flatMap((field): Finding[] => {
    const [higher, lower] = [before[field], band[field]];
    if (higher === undefined || lower === undefined || compare(exact(lower), exact(higher)) >= 0) return [];
    // A lump sum beside a price says little by itself.
    if (field === "flat" && [before, band].some(({ rate, perUnit }) => rate !== undefined || perUnit !== undefined))
      return [];
    return [
      {
        code: "decelerating-band",
        severity: "warns",
        path: `${path}/${field}`,
        message: `${id} pays ${higher} from ${before.from} and only ${lower} from ${band.from}: ${field === "flat" ? "the better band adds less" : "each further sale is worth less"}`,
        seen: lower,
        allowed: `at least ${higher}`,
        mend: "swap the two, or accept that the better band pays less",
      },
    ];
  });
}

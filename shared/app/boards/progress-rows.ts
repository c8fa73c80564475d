import type { NotShown, ProgressRow } from "#domain/board.ts";
import { formatDecimal, parseRational, type Rational } from "#domain/decimal.ts";
import type { OrgUnit } from "#domain/org.ts";
import type { Target } from "#domain/target.ts";
import { compareText } from "#domain/text.ts";
import { decidingOn } from "#engine/award.ts";
import { compare, exactText, measured, over, ZERO } from "#engine/kinds/exact.ts";
import { ratioOf } from "#engine/ratio.ts";
import type { CompiledMeasure, Rules } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";

export interface ProgressRows {
  readonly rows: readonly ProgressRow[];
  readonly notShown: readonly NotShown[];
}

/** Every unit that has targets, against all of them. */
export function progressRows(rules: Rules, standings: Standings): ProgressRows {
  const all = rules.directory.units().map((unit) => unitRows(rules, standings, unit, true));
  return { rows: all.flatMap(({ rows }) => rows), notShown: all.flatMap(({ notShown }) => notShown) };
}

/** A unit in every measure, against the targets that it has; or in those alone for which it has targets. */
export function unitRows(rules: Rules, standings: Standings, unit: OrgUnit, onlyTargets = false): ProgressRows {
  const rows: ProgressRow[] = [];
  const notShown: NotShown[] = [];
  for (const compiled of rules.measures.values()) {
    const measure = compiled.measure.id;
    const targets = targetsOf(rules, unit, measure);
    if (onlyTargets && targets.length === 0) continue;
    const standing = standingOf(rules, standings, compiled, unit);
    if ("why" in standing) notShown.push({ unit: unit.unit, measure, why: standing.why });
    else rows.push(rowOf(unit, measure, standing, targets));
  }
  return { rows, notShown };
}

function targetsOf(rules: Rules, { unit }: OrgUnit, measure: string): Target[] {
  return [...rules.targets.values()].filter(
    (target) => target.subject === unit && target.measure === measure && target.slice === "",
  );
}

interface Standing {
  readonly value: Rational;
  readonly text: string;
  readonly facts: number;
  readonly isRatio: boolean;
}

function standingOf(
  rules: Rules,
  standings: Standings,
  { measure, digits }: CompiledMeasure,
  { unit, level }: OrgUnit,
): Standing | Pick<NotShown, "why"> {
  const { id, ratio } = measure;
  if (ratio === undefined) {
    const { value, facts, unknown } = standings.measured(id, level, unit);
    if (unknown) return { why: "parts" };
    return { value: measured(rules, id, value), text: formatDecimal(value, digits), facts, isRatio: false };
  }
  if (ratio.of === "previous") return { why: "slices" };
  const sides = [ratio.numerator, ratio.denominator].map((side) => standings.measured(side, level, unit));
  if (sides.some(({ unknown }) => unknown)) return { why: "parts" };
  const { value, facts } = ratioOf(decidingOn(rules, standings), id, level, unit);
  return value === undefined ? { why: "emptyRatio" } : { value, text: exactText(value), facts, isRatio: true };
}

function rowOf(
  { unit, name, level }: OrgUnit,
  measure: string,
  { value, text, facts, isRatio }: Standing,
  targets: readonly Target[],
): ProgressRow {
  const against = targets.flatMap((target) => {
    const number = parseRational(target.value);
    return number ? [{ target, number }] : [];
  });
  return {
    unit,
    name,
    level,
    measure,
    value: text,
    facts,
    targets: against
      .sort((a, b) => compare(a.number, b.number) || compareText(a.target.label, b.target.label))
      .map(({ target, number }) => {
        const quotient = compare(number, ZERO) > 0 ? over(value, number) : undefined;
        return {
          label: target.label,
          value: target.value,
          attainment: isRatio && quotient ? `${quotient.num}/${quotient.den}` : `${text}/${target.value}`,
          percent: quotient ? cutPercent(quotient) : 100,
          reached: compare(value, number) >= 0,
        };
      }),
  };
}

/** 2/3 → 66.6; below zero away from it. */
function cutPercent({ num, den }: Rational): number {
  const tenths = (num * 1000n) / den;
  return Number(num < 0n && (num * 1000n) % den !== 0n ? tenths - 1n : tenths) / 10;
}

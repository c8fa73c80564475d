import * as z from "zod";
import { externalIdSchema, participantIdSchema, slugSchema } from "./ids.ts";
import type { Problem } from "./problem.ts";
import { compareText } from "./text.ts";
import { startOfDay } from "./time.ts";

export const orgUnitSchema = z.strictObject({
  unit: slugSchema,
  parent: slugSchema.nullable().describe("null for the top of the tree"),
  level: slugSchema.describe("`branch`, `province`, `company`, …"),
  name: z.string().min(1).max(128),
});
export type OrgUnit = z.infer<typeof orgUnitSchema>;

const dateSchema = z.iso.date("use a date such as 2018-05-01");

/** One stretch of a participant's working life: where and as what, from a date until (not including) another. */
export const membershipSchema = z.strictObject({
  participantId: participantIdSchema,
  name: z.string().min(1).max(128),
  unit: slugSchema,
  role: slugSchema,
  from: dateSchema.nullable().describe("First day, in the company's zone; null: since ever"),
  to: dateSchema.nullable().describe("First day no longer in force; null: until further notice"),
});
export type Membership = z.infer<typeof membershipSchema>;

export const roleNameSchema = externalIdSchema;

/** A membership with the instants that it begins and ends at, in milliseconds since the epoch; infinite where it is open. */
export interface Stretch {
  readonly membership: Membership;
  readonly start: number;
  readonly end: number;
}

const NO_STRETCHES: readonly Stretch[] = [];

/** Which membership a rule looks at: the one in force when the sale occurred, or at the period's last instant. */
export const MEMBERSHIP_INSTANTS = ["occurrence", "periodEnd"] as const;

/**
 * People and organisation as one question-answering object: who was where at an instant, and what lies above or below.
 * Built from checked data; see {@link directoryProblems}.
 */
export class Directory {
  readonly zone: string;
  readonly #units: Map<string, OrgUnit>;
  readonly #ancestors = new Map<string, readonly OrgUnit[]>();
  readonly #stretches = new Map<string, Stretch[]>();

  constructor(units: readonly OrgUnit[], memberships: readonly Membership[], zone: string) {
    this.zone = zone;
    this.#units = new Map(units.map((unit) => [unit.unit, unit]));
    for (const membership of memberships) {
      const stretch = {
        membership,
        start: membership.from === null ? Number.NEGATIVE_INFINITY : (startOfDay(membership.from, zone) ?? Number.NaN),
        end: membership.to === null ? Number.POSITIVE_INFINITY : (startOfDay(membership.to, zone) ?? Number.NaN),
      };
      const stretches = this.#stretches.get(membership.participantId);
      if (stretches) stretches.push(stretch);
      else this.#stretches.set(membership.participantId, [stretch]);
    }
  }

  isKnown(participantId: string): boolean {
    return this.#stretches.has(participantId);
  }

  participantIds(): string[] {
    return [...this.#stretches.keys()].sort(compareText);
  }

  /** The membership in force at an instant; undefined when the person is unknown or has none then. */
  membershipAt(participantId: string, instant: number): Membership | undefined {
    return this.stretchAt(participantId, instant)?.membership;
  }

  /** The same with when it begins and ends. */
  stretchAt(participantId: string, instant: number): Stretch | undefined {
    const stretches = this.#stretches.get(participantId) ?? NO_STRETCHES;
    for (let index = 0; index < stretches.length; index += 1) {
      const stretch = stretches[index];
      if (stretch !== undefined && stretch.start <= instant && instant < stretch.end) return stretch;
    }
    return undefined;
  }

  /** The units that a person belonged to at any instant of a period, and whether to none at some of them. */
  unitsDuring(participantId: string, start: number, end: number): { units: string[]; hasGap: boolean } {
    const within = (this.#stretches.get(participantId) ?? [])
      .filter((stretch) => stretch.start < end && start < stretch.end)
      .sort((a, b) => a.start - b.start);
    let covered = start;
    let hasGap = false;
    for (const stretch of within) {
      if (stretch.start > covered) hasGap = true;
      covered = Math.max(covered, stretch.end);
    }
    return { units: [...new Set(within.map(({ membership }) => membership.unit))], hasGap: hasGap || covered < end };
  }

  /** Every membership in force at an instant inside a unit or below it, by participant id. */
  membersAt(unit: string, instant: number): Membership[] {
    const members: Membership[] = [];
    for (const id of this.participantIds()) {
      const membership = this.membershipAt(id, instant);
      if (membership && this.isWithin(membership.unit, unit)) members.push(membership);
    }
    return members;
  }

  /** The latest known name of a participant, or the id. */
  participantName(participantId: string): string {
    return this.#stretches.get(participantId)?.at(-1)?.membership.name ?? participantId;
  }

  unit(unit: string): OrgUnit | undefined {
    return this.#units.get(unit);
  }

  units(): OrgUnit[] {
    return [...this.#units.values()].sort((a, b) => compareText(a.unit, b.unit));
  }

  unitsAt(level: string, within?: string): OrgUnit[] {
    return this.units().filter(
      (unit) => unit.level === level && (within === undefined || this.isWithin(unit.unit, within)),
    );
  }

  /** The unit itself, then its parent, up to the top. */
  lineage(unit: string): readonly OrgUnit[] {
    let lineage = this.#ancestors.get(unit);
    if (!lineage) {
      const own = this.#units.get(unit);
      lineage = own ? [own, ...(own.parent === null ? [] : this.lineage(own.parent))] : [];
      this.#ancestors.set(unit, lineage);
    }
    return lineage;
  }

  ancestorAt(unit: string, level: string): string | undefined {
    return this.lineage(unit).find((ancestor) => ancestor.level === level)?.unit;
  }

  isWithin(unit: string, root: string): boolean {
    return this.lineage(unit).some((ancestor) => ancestor.unit === root);
  }
}

/** Everything that makes units and memberships contradictory; `placeOf` names the row for the reader (a file's row, or an index). */
export function directoryProblems(
  units: readonly OrgUnit[],
  memberships: readonly Membership[],
  placeOf: (kind: "unit" | "membership", index: number, column: string) => string,
): Problem[] {
  return [...unitProblems(units, placeOf), ...membershipProblems(units, memberships, placeOf)];
}

/** Units above each other, each of another level; a company has five or so, and the way up is walked for each of its units. */
const MOST_LEVELS = 64;

function unitProblems(
  units: readonly OrgUnit[],
  placeOf: (kind: "unit", index: number, column: string) => string,
): Problem[] {
  const problems: Problem[] = [];
  const byId = new Map<string, OrgUnit>();
  units.forEach((unit, index) => {
    if (byId.has(unit.unit)) {
      problems.push({
        code: "duplicate-unit",
        path: placeOf("unit", index, "unit"),
        message: `unit ${unit.unit} stands twice`,
        seen: unit.unit,
        mend: "keep one row for each unit",
      });
    }
    byId.set(unit.unit, unit);
  });
  units.forEach((unit, index) => {
    if (unit.parent !== null && !byId.has(unit.parent)) {
      problems.push({
        code: "unknown-unit",
        path: placeOf("unit", index, "parent"),
        message: `the parent ${unit.parent} of ${unit.unit} is no unit`,
        seen: unit.parent,
        allowed: "a unit of the same import, or empty for the top",
        mend: `add a row for ${unit.parent}`,
      });
    }
    const above = ancestorOfSameLevel(unit, byId);
    if (above !== undefined) {
      problems.push({
        code: "nested-level",
        path: placeOf("unit", index, "level"),
        message: `${unit.unit} is a ${unit.level} below the ${unit.level} ${above}: what it sells would count in two of them`,
        seen: unit.level,
        mend: "give one of them another level",
      });
    }
    const seen = new Set<string>();
    for (let up: OrgUnit | undefined = unit; up; up = up.parent === null ? undefined : byId.get(up.parent)) {
      if (seen.has(up.unit)) {
        // A unit that only hangs below a circle is not at fault.
        if (up.unit === unit.unit) {
          problems.push({
            code: "org-cycle",
            path: placeOf("unit", index, "parent"),
            message: `${unit.unit} is its own ancestor: ${[...seen, up.unit].join(" > ")}`,
            seen: unit.parent ?? "",
            mend: "correct one of the parents",
          });
        }
        break;
      }
      if (seen.size === MOST_LEVELS) {
        problems.push({
          code: "too-deep",
          path: placeOf("unit", index, "parent"),
          message: `${unit.unit} has more than ${MOST_LEVELS} units on its way to the top`,
          seen: unit.parent ?? "",
          allowed: `at most ${MOST_LEVELS} units above each other`,
          mend: "leave out levels, or correct one of the parents",
        });
        break;
      }
      seen.add(up.unit);
    }
  });
  return problems;
}

/** Undefined, too, above a circle: that is the greater fault, and told by itself. */
function ancestorOfSameLevel(unit: OrgUnit, byId: ReadonlyMap<string, OrgUnit>): string | undefined {
  const passed = new Set([unit.unit]);
  let found: string | undefined;
  for (let up = parentOf(unit, byId); up; up = parentOf(up, byId)) {
    if (passed.has(up.unit) || passed.size > MOST_LEVELS) return undefined;
    if (up.level === unit.level) found ??= up.unit;
    passed.add(up.unit);
  }
  return found;
}

function parentOf(unit: OrgUnit, byId: ReadonlyMap<string, OrgUnit>): OrgUnit | undefined {
  return unit.parent === null ? undefined : byId.get(unit.parent);
}

function membershipProblems(
  units: readonly OrgUnit[],
  memberships: readonly Membership[],
  placeOf: (kind: "membership", index: number, column: string) => string,
): Problem[] {
  const problems: Problem[] = [];
  const known = new Set(units.map((unit) => unit.unit));
  const byParticipant = new Map<string, { from: string; to: string; index: number }[]>();
  memberships.forEach((membership, index) => {
    const { participantId, unit } = membership;
    if (!known.has(unit)) {
      problems.push({
        code: "unknown-unit",
        path: placeOf("membership", index, "unit"),
        message: `${participantId} belongs to ${unit}, which is no unit`,
        seen: unit,
        allowed: "a unit of the organisation",
        mend: "correct the unit or add it to the organisation",
      });
    }
    const from = membership.from ?? "0000-01-01";
    const to = membership.to ?? "9999-12-31";
    if (from >= to) {
      problems.push({
        code: "empty-membership",
        path: placeOf("membership", index, "to"),
        message: `the membership of ${participantId} ends on ${to}, not after it starts on ${from}`,
        seen: to,
        allowed: `a date after ${from} (the end is the first day no longer in force)`,
      });
    }
    const others = byParticipant.get(participantId) ?? [];
    const clash = others.find((other) => from < other.to && other.from < to);
    if (clash) {
      problems.push({
        code: "overlapping-membership",
        path: placeOf("membership", index, "from"),
        message: `${participantId} already has a membership from ${clash.from} to ${clash.to} that overlaps ${from} to ${to}`,
        seen: from,
        mend: "end the earlier membership on the day the later one starts",
      });
    }
    others.push({ from, to, index });
    byParticipant.set(participantId, others);
  });
  return problems;
}

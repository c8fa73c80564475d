import type { Step } from "./types.ts";

/** A sale, or a person, that makes up a value: on one side only, or with another value on each. */
export interface PartChange {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** A step of a trace that differs between two runs, and what of its parts does. A side is absent where there is no such step. */
export interface Cause {
  readonly before?: Step;
  readonly after?: Step;
  readonly parts: readonly PartChange[];
}

/** What tells steps of one kind apart. */
const NAMED_BY = ["measure", "subject", "target", "label", "id", "on", "unit", "role", "number", "slice"];

/** Why a line has another amount: its steps side by side, those that differ. */
export function causesOf(before: readonly Step[], after: readonly Step[]): Cause[] {
  const old = named(before);
  const now = named(after);
  const changed = [...now].flatMap(([name, step]) => causeOf(old.get(name), step));
  const gone = [...old].filter(([name]) => !now.has(name)).map(([, step]) => ({ before: step, parts: [] }));
  return [...changed, ...gone];
}

function causeOf(before: Step | undefined, after: Step): Cause[] {
  if (before === undefined) return [{ after, parts: [] }];
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const parts = partChanges(partsOf(before), partsOf(after));
  return [{ before, after, parts }];
}

/** By kind and by what tells them apart; of several alike by their place. */
function named(steps: readonly Step[]): Map<string, Step> {
  const found = new Map<string, Step>();
  for (const step of steps) {
    const said = new Map<string, unknown>(Object.entries(step));
    const base = [step.step, ...NAMED_BY.map((name) => said.get(name) ?? "")].join(" ");
    let name = base;
    for (let count = 2; found.has(name); count += 1) name = `${base} ${count}`;
    found.set(name, step);
  }
  return found;
}

function partsOf(step: Step): Map<string, string> {
  if (step.step !== "measure") return new Map();
  const facts = (step.contributions ?? []).map(({ fact, value }): [string, string] => [fact, value]);
  const people = (step.contributors ?? []).map(({ participantId, value }): [string, string] => [participantId, value]);
  return new Map([...facts, ...people]);
}

function partChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): PartChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((part) => part.before !== part.after)
    .map(({ name, before: old, after: now }) => ({
      name,
      ...(old === undefined ? {} : { before: old }),
      ...(now === undefined ? {} : { after: now }),
    }));
}

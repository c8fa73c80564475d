import { addExact } from "#domain/decimal.ts";
import type { Measure } from "#domain/plan/plan.ts";
import type { Measured } from "#domain/progress.ts";
import { compiledMeasure, type Rules } from "./rules.ts";

export type Aggregate = NonNullable<Measure["aggregate"]>;

/** What an aggregate looks at of one fact: its value, and for `distinct` the text that must differ. */
export interface Aggregated {
  readonly value: number;
  readonly text?: string;
}

/** The running value of an aggregate: called with each fact in time order, it answers with the value after that fact. */
export function running(aggregate: Aggregate): (fact: Aggregated) => number {
  switch (aggregate) {
    case "sum":
    case "count": {
      let sum = 0;
      return ({ value }) => {
        sum = addExact(sum, value);
        return sum;
      };
    }
    case "last":
      return ({ value }) => value;
    case "max": {
      let highest: number | undefined;
      return ({ value }) => {
        highest = highest === undefined ? value : Math.max(highest, value);
        return highest;
      };
    }
    case "distinct": {
      const seen = new Set<string>();
      return ({ text = "" }) => seen.add(text).size;
    }
  }
}

export const NOTHING_MEASURED: Measured = { value: 0, facts: 0, gained: 0 };

export function aggregateOf(rules: Rules, id: string): Aggregate {
  const { measure } = compiledMeasure(rules, id);
  if (measure.aggregate === undefined) throw new RangeError(`${id} is a ratio, which has no value of its own`);
  return measure.aggregate;
}

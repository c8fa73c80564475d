import type { Consequence, Grade } from "#domain/plan/rewards/scorecard.ts";
import type { Numbers } from "../numbers.ts";

interface Graded {
  readonly slice: string;
  readonly grade: string;
}

/** Of one consequence: each subject's slices in a row with a grade that counts. */
export class Rows {
  readonly #rule: Consequence;
  #rows: ReadonlyMap<string, readonly Graded[]> = new Map();
  #now: ReadonlyMap<string, Grade> = new Map();

  constructor(rule: Consequence) {
    this.#rule = rule;
  }

  /** The next slice, with the grades of those who have one in it. */
  next(slice: string, grades: ReadonlyMap<string, Grade>): void {
    const rows = new Map(this.#rule.gap === "ignored" ? this.#rows : []);
    for (const [id, grade] of grades) {
      rows.set(id, this.#counts(grade) ? [...(this.#rows.get(id) ?? []), { slice, grade: grade.id }] : []);
    }
    this.#rows = rows;
    this.#now = grades;
  }

  /** The step that says what is raised for somebody in the last slice. */
  raisedFor(id: string): Numbers[] {
    const { id: rule, flag, inARow } = this.#rule;
    const row = this.#rows.get(id) ?? [];
    if (!this.#now.has(id) || row.length < inARow) return [];
    return [{ step: "consequence", id: rule, flag, grades: row.map((graded) => ({ ...graded })) }];
  }

  #counts({ id, result }: Grade): boolean {
    const { on } = this.#rule;
    return on === "fail" ? result === "fail" : id === on.grade;
  }
}

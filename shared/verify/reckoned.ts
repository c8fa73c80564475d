import type { Payee } from "#domain/line.ts";
import type { Sale } from "./book.ts";
import type { Fraction } from "./exact.ts";
import type { Numbers } from "./numbers.ts";

/** What a reward comes to for one payee. */
export interface Reckoned {
  readonly payee: Payee;
  readonly amount: bigint;
  readonly rank?: number;
  /** Where one rule gives somebody several lines: which. */
  readonly part?: string;
  /** What it is given in, where that is not what the reward gives. */
  readonly unit?: string;
  /** What the coefficient of a later reward multiplies by. */
  readonly factor?: Factor;
  /** What a later ranking goes by. */
  readonly total?: Fraction;
  readonly trace: readonly Numbers[];
  /** What single facts earned of it, where they do. */
  readonly claims?: readonly Claim[];
}

export interface Factor {
  readonly grade: string;
  /** Undefined of a grade without one. */
  readonly factor: Fraction | undefined;
}

export interface Claim {
  readonly at: number;
  readonly fact: string;
  readonly amount: bigint;
}

export interface Warned {
  readonly code: string;
  readonly reward?: string;
  readonly subject?: string;
  readonly blocks: boolean;
  /** Where one warning is enough: of what. */
  readonly about?: string;
}

/** Somebody who takes part. */
export interface Candidate {
  readonly id: string;
  readonly payee: Payee;
  readonly sales: readonly Sale[];
  /** Of a ratio 0: then `ratio` counts. */
  readonly value: bigint;
  readonly ratio?: Fraction;
  readonly passes: boolean;
  readonly trace: readonly Numbers[];
}

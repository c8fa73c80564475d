/** One counted fact inside a measure. */
export interface Contribution {
  readonly fact: string;
  readonly version: number;
  readonly participantId: string;
  readonly occurredAt: number;
  readonly value: number;
  /** What a `distinct` measure tells apart. */
  readonly text?: string;
  /** Texts of the conditions that rewards ask of single facts and that hold of it. */
  readonly holds?: readonly string[];
  /** Its attributes that rewards look up. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A fact that would count, had it not been cancelled. */
export interface Cancelled extends Contribution {
  readonly cancelledAt: number;
}

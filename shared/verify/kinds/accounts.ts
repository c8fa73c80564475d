/** Points that left an account. */
export interface Moved {
  readonly at: number;
  /** Of a redemption its fact, of what expired the fact that earned it. */
  readonly fact: string;
  readonly points: bigint;
  /** What a redemption was above the balance. */
  readonly missing: bigint;
}

interface Kept {
  readonly at: number;
  readonly fact: string;
  readonly points: bigint;
  readonly expires: number;
}

/** Points of one payee. They are put in in the order of time, and the oldest are used first. */
export class Account {
  #kept: readonly Kept[] = [];
  #owed = 0n;

  get balance(): bigint {
    return this.#kept.reduce((sum, { points }) => sum + points, -this.#owed);
  }

  /** Points pay first what is owed; points below zero take, and what is not there is owed. */
  put({ at, fact, points }: Pick<Kept, "at" | "fact" | "points">, expires: number): void {
    if (points < 0n) {
      this.#owed += -points - this.take(-points);
      return;
    }
    const paid = points < this.#owed ? points : this.#owed;
    this.#owed -= paid;
    if (points > paid) this.#kept = [...this.#kept, { at, fact, points: points - paid, expires }];
  }

  /** Takes so many, or all there are; says how many. */
  take(wanted: bigint): bigint {
    let left = wanted;
    this.#kept = this.#kept.flatMap((lot) => {
      const taken = lot.points < left ? lot.points : left;
      left -= taken;
      return lot.points > taken ? [{ ...lot, points: lot.points - taken }] : [];
    });
    return wanted - left;
  }

  /** What expired by an instant, inclusive. */
  expire(by: number): Moved[] {
    const gone = this.#kept.filter(({ expires }) => expires <= by);
    this.#kept = this.#kept.filter(({ expires }) => expires > by);
    return [...gone]
      .sort((a, b) => a.expires - b.expires || a.at - b.at)
      .map(({ expires, fact, points }) => ({ at: expires, fact, points, missing: 0n }));
  }
}

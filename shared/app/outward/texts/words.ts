import type { EventOf, EventType } from "#domain/event.ts";

/** What is said of an event: a title, and sentences. */
export interface Said {
  readonly title: string;
  readonly lines: readonly string[];
}

export type Name = string | { readonly en: string; readonly zh?: string | undefined };

/** Every sentence that others are told, in one language. `campaign` is its name, or nothing where an event is no one campaign's. */
export interface OutwardTexts {
  readonly name: (name: Name) => string;
  readonly events: {
    readonly [T in Exclude<EventType, "bulletin.published">]: (event: EventOf<T>, campaign: string) => Said;
  };
  readonly bulletin: {
    readonly title: (campaign: string, day: string) => string;
    readonly intro: (at: string, from: string, until: string) => string;
    readonly since: (previousAt: string) => string;
    readonly progress: (measure: string) => string;
    readonly board: (reward: string) => string;
    readonly columns: {
      readonly unit: string;
      readonly place: string;
      readonly name: string;
      readonly value: string;
      readonly change: string;
      readonly targets: string;
      readonly prize: string;
    };
    readonly reached: (target: string, at: string | undefined) => string;
    readonly notReached: (target: string, percent: number) => string;
    readonly targetsBetween: string;
    readonly others: (count: number) => string;
    readonly budgets: string;
    readonly budget: (name: string, used: string | undefined, amount: string) => string;
    readonly nothing: string;
  };
}

/** `230000.00` → `230,000.00`; a fraction stays as it is. */
export function grouped(value: string): string {
  const [, sign = "", whole = "", rest = ""] = /^(-?)(\d+)(\.\d+)?$/.exec(value) ?? [];
  return whole === "" ? value : `${sign}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}

/** `2018-07-03T18:20:00+08:00` → `2018-07-03 18:20`. */
export function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}

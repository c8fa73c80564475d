import type { Bundle } from "#domain/bundle.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { Book } from "./book.ts";
import { canonical, sha256 } from "./canonical.ts";
import { order } from "./exact.ts";

/** Plan, tables by their keys, cut-off, whether slices were left out, and the hash of one row `key version content` for each fact, by key. */
export function inputHash(
  { plan, units, memberships, targets, asOf }: Bundle,
  { entered }: Book,
  leavesSlicesOut: boolean,
): string {
  const by = <T>(items: readonly T[], key: (item: T) => string) => [...items].sort((a, b) => order(key(a), key(b)));
  return sha256(
    canonical({
      plan,
      units: by(units, ({ unit }) => unit),
      memberships: by(memberships, ({ participantId, from }) => `${participantId}#${from ?? ""}`),
      targets: by(targets, ({ subject, measure, label, slice }) => [subject, measure, label, slice].join("#")),
      asOf: formatInstant(instantOf(asOf)),
      slices: leavesSlicesOut ? "closed" : undefined,
      facts: sha256(entered.map(({ key, fact, content }) => `${key} ${fact.version} ${content}\n`).join("")),
    }),
  );
}

/** Lists that a plan need not have are hashed where something stands in them. */
export function resultHash({ settlement }: Bundle): string {
  const { lines, components, held, notAwarded, totals, warnings } = settlement;
  const filled = <T>(list: readonly T[] | undefined) => (list && list.length > 0 ? list : undefined);
  return sha256(canonical({ lines, components: filled(components), held: filled(held), notAwarded, totals, warnings }));
}

import type { ReactNode } from "react";

/** Names and what they stand for; what is not there is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="settings-facts">
      {facts.flatMap(([name, value]) =>
        value === undefined || value === "" ? [] : [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>],
      )}
    </dl>
  );
}

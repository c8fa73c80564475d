import type { ReactNode } from "react";

/** What a card of the board is about; what is beside the heading goes below it where there is no room. */
export function BoardHead({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className="card-head">
      <h2>{title}</h2>
      <p className="quiet">{children}</p>
    </header>
  );
}

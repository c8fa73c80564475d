import type { ReactNode } from "react";

interface Props {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** What scrolls must be reachable by keyboard. */
const BY_KEYBOARD = { tabIndex: 0 } as const;

/** A part of a screen that scrolls by itself, under a name. */
export function Scrolled({ label, className, children }: Props) {
  return (
    <section className={className} aria-label={label} {...BY_KEYBOARD}>
      {children}
    </section>
  );
}

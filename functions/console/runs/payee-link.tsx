import { Link } from "wouter";
import { useCaller } from "../api/hooks.ts";
import type { Payee } from "./types.ts";

interface Props {
  readonly campaign: string;
  readonly payee: Payee;
  readonly name: string;
}

/** Whose it is; leads to their statement, for whom it is open. */
export function PayeeLink({ campaign, payee: { kind, id }, name }: Props) {
  const { may } = useCaller();
  const href = `/campaigns/${campaign}/statement/${kind}/${encodeURIComponent(id)}`;
  return (
    <span className="payee">
      {may("getStatement") ? <Link href={href}>{name}</Link> : name}
      {name !== id && <small className="quiet"> {id}</small>}
    </span>
  );
}

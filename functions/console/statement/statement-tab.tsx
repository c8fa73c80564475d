import { useCaller } from "../api/hooks.ts";
import type { TabProps } from "../parts/tab-props.ts";
import { ChoosePayee } from "./choose-payee.tsx";
import { StatementView } from "./statement-view.tsx";

/** A seller's own statement; others choose whose. */
export function StatementTab({ campaign, words, rest: [payeeKind, payeeId, run] }: TabProps) {
  const { me } = useCaller();
  const isSeller = me.roles.every((role) => role === "seller");
  const id = payeeId ?? (isSeller ? me.subject : undefined);
  const kind = payeeKind === "unit" ? "unit" : "participant";
  return (
    <div className="stack">
      {!isSeller && <ChoosePayee campaign={campaign} />}
      {id !== undefined && (
        <StatementView
          key={`${kind} ${id}`}
          campaign={campaign}
          words={words}
          payee={{ kind, id }}
          isOwn={kind === "participant" && id === me.subject}
          run={run}
        />
      )}
    </div>
  );
}

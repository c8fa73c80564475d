import type { Step } from "#domain/line.ts";
import { grouped } from "./figures.ts";
import type { Teller } from "./teller.ts";

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

/** Why there is nothing, and what was missing. */
export function explainNothing(step: StepOf<"nothing">, teller: Teller): string {
  const { texts } = teller;
  if (step.reason === "no-penalty") return texts.noPenalty;
  const reason = reasonText(step, teller);
  return texts.nothing(
    step.missing === undefined ? reason : `${reason}${texts.comma}${texts.missing(grouped(step.missing))}`,
  );
}

/** Why somebody takes no part. */
export function explainExcluded(step: StepOf<"excluded">, teller: Teller): string {
  return teller.texts.excluded(reasonText(step, teller));
}

/** The reason in the reader's words; one that the catalogue does not know yet keeps the engine's sentence. */
function reasonText({ reason, message }: { reason: string; message: string }, teller: Teller): string {
  const { texts, about } = teller;
  const when = texts.deciding[about?.slice === undefined ? "campaign" : "slice"];
  if (reason === "role") return roleText(message, when, teller);
  if (reason === "no-membership") return texts.noMembership(when);
  return lookUp(texts.reasons, reason) ?? message;
}

/** The trace says the role in its message alone; who takes part stands in the plan. */
function roleText(message: string, when: string, { texts, nameOf, plan, about }: Teller): string {
  const [, own] = /^is (\S+) at /.exec(message) ?? [];
  const asked = plan.rolesOf(about?.reward ?? "").map((role) => nameOf("role", role));
  return texts.roleReason(
    when,
    own === undefined ? undefined : nameOf("role", own),
    asked.length === 0 ? undefined : asked.join(texts.or),
  );
}

function lookUp(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

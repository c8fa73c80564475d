import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import { type Source, sourceSchema } from "#domain/campaign.ts";
import { type Problem, problemsOf, Refusal } from "#domain/problem.ts";
import { isZone } from "#domain/time.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";

/** What is to change of a source; null takes it away. */
export interface SourceChanges {
  readonly name?: string | undefined;
  readonly secretNames?: readonly string[] | undefined;
  readonly mapping?: unknown;
  readonly expected?: unknown;
}

/**
 * Changes what is known of a source: its secrets while one is rotated, its mapping, when it is expected to speak. What stands
 * stays as it was told; what is replayed is read by the new mapping.
 *
 * @throws Refusal `notFound`, `invalid`
 */
export async function changeSource(
  deps: Pick<Deps, "plans"> & AuditDeps,
  actor: Actor,
  name: string,
  changes: SourceChanges,
): Promise<Source> {
  const before = await deps.plans.source(name);
  if (!before) throw new Refusal("notFound", `there is no source ${name}`);
  const said = Object.entries(changes).filter(([, value]) => value !== undefined);
  const merged = { ...before, ...Object.fromEntries(said) };
  const parsed = sourceSchema.safeParse(
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)),
  );
  if (!parsed.success) {
    throw new Refusal("invalid", "the source would not be one", problemsOf(parsed.error, "", merged));
  }
  requireZone(parsed.data);
  const detail = { changed: said.map(([key]) => key).join(", "), secretNames: parsed.data.secretNames.join(", ") };
  const deed = { chain: COMPANY_CHAIN, action: "source.change", subject: name, detail };
  await audited(deps, actor, deed, () => deps.plans.putSource(parsed.data));
  return parsed.data;
}

/** @throws Refusal `invalid` for a zone that is none, `conflict` for a source that speaks otherwise: its facts' ids would mean two things */
export async function requireRegistrable(deps: Pick<Deps, "plans">, source: Source): Promise<void> {
  requireZone(source);
  const before = await deps.plans.source(source.source);
  const [was, is] = [before?.kind ?? "standard", source.kind ?? "standard"];
  if (before === undefined || was === is) return;
  const problem: Problem = {
    code: "source-kind",
    path: "/kind",
    message: `${source.source} is registered as ${was}: its facts have ids of that kind`,
    seen: is,
    allowed: was,
    mend: "register another source",
  };
  throw new Refusal("conflict", problem.message, [problem]);
}

function requireZone({ expected }: Source): void {
  if (expected === undefined || isZone(expected.zone)) return;
  const message = "use an IANA zone, such as Asia/Shanghai";
  throw new Refusal("invalid", message, [{ code: "zone", path: "/expected/zone", message, seen: expected.zone }]);
}

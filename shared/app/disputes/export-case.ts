import { type Actor, requireRole } from "#domain/actor.ts";
import type { Dispute } from "#domain/dispute.ts";
import { type Fact, peopleNamed } from "#domain/fact.ts";
import { instantOf } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import type { ExpectedLine, RegressionCase } from "#domain/regression-case.ts";
import type { RuleSources } from "#engine/rules.ts";
import { storedFacts } from "../asking/stored-facts.ts";
import type { Deps } from "../deps.ts";
import { frozenSources } from "../settlement/freeze-run.ts";
import { requireRun } from "../settlement/run-record.ts";
import { anonymousCase } from "./anonymous-case.ts";
import { type Named, seenDispute } from "./handle-dispute.ts";
import type { DisputeDeps } from "./keeps-disputes.ts";
import { lineOf } from "./questioned-line.ts";
import { standingOf } from "./remedy.ts";
import { replayCase } from "./replay-case.ts";

/**
 * A settled quarrel as a case that anybody can compute again: the plan, and of people and facts as few as the line needs. What is
 * expected is what the run told that closed it, or before that the run that is questioned. Each selection is computed before it is handed
 * out: of the payee alone, of their units, of everybody, the first that comes to what was told.
 *
 * @throws Refusal `notFound`, `forbidden`, `conflict` (too many facts for one call, or nothing comes to what was told)
 */
export async function exportCase(
  deps: DisputeDeps & Pick<Deps, "facts" | "files">,
  actor: Actor,
  named: Named,
  isAnonymous: boolean,
): Promise<RegressionCase> {
  requireRole(actor, ["marketing", "approver", "auditor"]);
  const dispute = await seenDispute(deps, actor, named);
  const { closed } = await standingOf(deps, dispute);
  const run = await requireRun(deps, dispute.campaign, closed?.runId ?? dispute.run.runId);
  const asOf = instantOf(run.asOf);
  const [sources, all, expected] = await Promise.all([
    frozenSources(deps, run),
    storedFacts(deps),
    expectedOf(deps, dispute, run.runId),
  ]);
  const known = all.filter(({ recordedAt }) => instantOf(recordedAt) <= asOf);
  for (const people of selections(sources, dispute)) {
    const whole = caseOf(sources, known, people, {
      schema: "laurel.case/1",
      about: `${dispute.campaign}, dispute ${dispute.id}, run ${run.runId}`,
      asOf: run.asOf,
      expected,
    });
    const made = isAnonymous ? anonymousCase(whole) : whole;
    if (agrees(made)) return made;
  }
  throw new Refusal("conflict", "the line does not come to what was told when it is computed again", [
    { code: "not-reproduced", path: "", message: `${run.runId} told it otherwise`, mend: "verify the run itself" },
  ]);
}

/** What was told of the line, and of the amount by hand that was added to it. */
async function expectedOf(
  { ledger }: Pick<Deps, "ledger">,
  { campaign, payee, lineId, remedy }: Dispute,
  runId: string,
): Promise<ExpectedLine[]> {
  const statement = await ledger.statement(campaign, payee, runId);
  const told = statement && lineOf(statement, lineId);
  if (!statement || !told) throw new Refusal("notFound", `run ${runId} tells nothing of ${lineId}`);
  const manual = remedy?.kind === "manual-adjustment" ? `manual-${remedy.number}` : undefined;
  const added = statement.lines.filter(({ part }) => manual !== undefined && part === manual);
  if (told.kind === "line") return [told.line, ...added].map(expectedLine);
  const { reward, slice, part } = told.none;
  return [{ reward, payee, ...ofSlice(slice, part) }, ...added.map(expectedLine)];
}

function expectedLine({ reward, payee, slice, part, amount, currency }: ExpectedLine): ExpectedLine {
  return { reward, payee, ...ofSlice(slice, part), amount, currency };
}

function ofSlice(slice: string | undefined, part: string | undefined) {
  return { ...(slice === undefined ? {} : { slice }), ...(part === undefined ? {} : { part }) };
}

/** From few people to all of them; undefined is everybody. */
function selections({ memberships, units }: RuleSources, { payee }: Dispute): (ReadonlySet<string> | undefined)[] {
  const home = payee.kind === "unit" ? new Set([payee.id]) : unitsOf(memberships, payee.id);
  // A unit's people are also those of the units below it.
  for (let size = -1; payee.kind === "unit" && size < home.size; ) {
    size = home.size;
    for (const { unit, parent } of units) if (parent !== null && home.has(parent)) home.add(unit);
  }
  const colleagues = memberships.filter(({ unit }) => home.has(unit)).map(({ participantId }) => participantId);
  return [...(payee.kind === "unit" ? [] : [new Set([payee.id])]), new Set(colleagues), undefined];
}

function unitsOf(memberships: RuleSources["memberships"], id: string): Set<string> {
  return new Set(memberships.filter(({ participantId }) => participantId === id).map(({ unit }) => unit));
}

function caseOf(
  { plan, units, memberships, targets, adjustments }: RuleSources,
  known: readonly Fact[],
  people: ReadonlySet<string> | undefined,
  head: Pick<RegressionCase, "schema" | "about" | "asOf" | "expected">,
): RegressionCase {
  const isUnit = new Set(units.map(({ unit }) => unit));
  const facts = known.filter(
    (fact) => people === undefined || isUnit.has(fact.participantId) || peopleNamed(fact).some((id) => people.has(id)),
  );
  const named = new Set([...(people ?? []), ...facts.flatMap(peopleNamed)]);
  const isKept = (id: string) => people === undefined || named.has(id);
  const payees = new Set(head.expected.map(({ payee }) => payee.id));
  const own = (adjustments ?? []).filter(({ payee }) => payees.has(payee.id));
  return {
    ...head,
    plan,
    units: [...units],
    memberships: memberships.filter(({ participantId }) => isKept(participantId)),
    targets: targets.filter(({ subject }) => isUnit.has(subject) || isKept(subject)),
    ...(own.length === 0 ? {} : { adjustments: own }),
    facts,
  };
}

/** A selection that the plan does not fit is no selection. */
function agrees(made: RegressionCase): boolean {
  try {
    return replayCase(made).every((line) => line.agrees);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

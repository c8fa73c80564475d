import { Directory } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import type { Statement } from "#domain/run.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { readRun } from "../settlement/read-runs.ts";
import { type NameOf, namesOf } from "./names.ts";
import { planWords } from "./plan-words.ts";
import { statementText } from "./statement-text.ts";
import type { Language } from "./texts/texts.ts";

const LOOKUPS_AT_ONCE = 16;

/** A statement as text in a language, with the names of those that its traces mention. */
export async function tellStatement(deps: TellDeps, statement: Statement, lang: Language): Promise<string> {
  const { plan, nameOf } = await wordsFor(deps, statement, lang);
  const told = { ...statement, campaignName: campaignName(plan, lang) };
  return statementText(told, { lang, nameOf, plan: planWords(plan) });
}

export type TellDeps = Pick<Deps, "plans" | "ledger">;

/** What sentences about a statement are made with. */
export interface StatementWords {
  readonly plan: Plan;
  readonly nameOf: NameOf;
  /** Units and people that its traces speak of. */
  readonly subjects: ReadonlySet<string>;
}

/** The plan is that of the run; names are those of today. @throws Refusal("notFound") */
export async function wordsFor(deps: TellDeps, statement: Statement, lang: Language): Promise<StatementWords> {
  const { campaign, runId } = statement;
  const { planVersion } = await readRun(deps, campaign, runId);
  const [version, units] = await Promise.all([deps.plans.version(campaign, planVersion), deps.plans.units()]);
  if (!version) throw new Refusal("notFound", `there is no version ${planVersion} of ${campaign}`);
  const unitIds = new Set(units.map(({ unit }) => unit));
  const subjects = subjectsIn(statement);
  const ids = [...subjects].filter((id) => !unitIds.has(id));
  const people = await inParallel(LOOKUPS_AT_ONCE, ids, (id) => deps.plans.person(id));
  const memberships = people.flatMap((person) => person?.memberships ?? []);
  const directory = new Directory(units, memberships, version.plan.period.zone);
  return { plan: version.plan, nameOf: namesOf(version.plan, directory, lang), subjects };
}

export function campaignName({ name }: Pick<Plan, "name">, lang: Language): string {
  return lang === "zh" ? (name.zh ?? name.en) : name.en;
}

/** Fields of traces that hold a unit or a participant. */
const SUBJECT_FIELDS: ReadonlySet<string> = new Set(["subject", "participantId", "unit", "id", "tiedWith"]);

/** Looked for by field name, so that a new kind of step needs nothing here. Too many do no harm: nobody has their name. */
function subjectsIn(value: unknown, found = new Set<string>(), field = ""): Set<string> {
  if (typeof value === "string") {
    if (SUBJECT_FIELDS.has(field)) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) subjectsIn(item, found, field);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) subjectsIn(inner, found, name);
  }
  return found;
}

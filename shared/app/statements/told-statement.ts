import type { HeldLine, Line, NotAwarded } from "#domain/line.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Statement } from "#domain/run.ts";
import { aboutTrace, type Traced } from "./about.ts";
import { explainStep } from "./explain-step.ts";
import type { NameOf } from "./names.ts";
import { planWords } from "./plan-words.ts";
import { campaignName, type StatementWords, type TellDeps, wordsFor } from "./tell-statement.ts";
import type { Telling } from "./teller.ts";
import type { Language } from "./texts/texts.ts";

/** A step of a trace in words; `details` are people or rewards behind it. The sales behind a value stand in the step itself. */
export interface ToldStep {
  readonly sentence: string;
  readonly details?: string[];
}

type WithWords<T> = T & { readonly told: ToldStep[] };

/** Names of what a statement speaks of, by id; what has none is missing. */
export interface ToldNames {
  readonly rewards: Record<string, string>;
  readonly measures: Record<string, string>;
  /** Units and people. */
  readonly subjects: Record<string, string>;
  /** Targets, roles, levels, items, programmes, grades, factors, deductions, instalments, budgets. */
  readonly others: Record<string, string>;
}

export interface ToldStatement extends Statement {
  readonly lines: WithWords<Line>[];
  readonly held?: WithWords<HeldLine>[];
  readonly components?: WithWords<Line>[];
  readonly notAwarded: WithWords<NotAwarded>[];
  readonly names: ToldNames;
}

/** A statement with every step of its traces in words, and with the names of what they speak of: for a reader who is not shown the plan. */
export async function toldStatement(deps: TellDeps, statement: Statement, lang: Language): Promise<ToldStatement> {
  const words = await wordsFor(deps, statement, lang);
  const { plan, nameOf } = words;
  const { held, components, ...rest } = statement;
  const { payee } = statement;
  const reader = payee.kind === "participant" ? { readerId: payee.id } : {};
  const telling: Telling = { lang, nameOf, plan: planWords(plan), ...reader };
  const tell = <T extends Traced>(item: T): WithWords<T> => ({ ...item, told: toldTrace(item, telling) });
  return {
    ...rest,
    campaignName: campaignName(plan, lang),
    lines: statement.lines.map(tell),
    ...(held ? { held: held.map(tell) } : {}),
    ...(components ? { components: components.map(tell) } : {}),
    notAwarded: statement.notAwarded.map(tell),
    names: namesIn(statement, words),
  };
}

function toldTrace(item: Traced, telling: Telling): ToldStep[] {
  const about = aboutTrace(item);
  return item.trace.map((step) => {
    const { sentence, details } = explainStep(step, { ...telling, about });
    return step.step === "measure" || details.length === 0 ? { sentence } : { sentence, details: [...details] };
  });
}

function namesIn(statement: Statement, { plan, nameOf, subjects }: StatementWords): ToldNames {
  const said = textsIn([statement.lines, statement.held, statement.components, statement.notAwarded]);
  const named = (ids: readonly string[], nameFor: (id: string) => string) =>
    Object.fromEntries(
      ids.filter((id) => said.has(id)).flatMap((id) => (nameFor(id) === id ? [] : [[id, nameFor(id)]])),
    );
  return {
    rewards: named(plan.rewards.map(idOf), (id) => nameOf("reward", id)),
    measures: named(plan.measures.map(idOf), (id) => nameOf("measure", id)),
    subjects: named([...subjects], (id) => nameOf("subject", id)),
    others: named(otherIds(plan), (id) => otherName(id, nameOf)),
  };
}

const OTHER_KINDS = ["scored", "stock", "named"] as const;

function otherName(id: string, nameOf: NameOf): string {
  return OTHER_KINDS.map((kind) => nameOf(kind, id)).find((name) => name !== id) ?? id;
}

function otherIds({ rewards, stocks, names }: Plan): string[] {
  const scored = rewards.flatMap((reward) =>
    reward.kind === "scorecard" ? [...reward.kpis, ...reward.grades, ...reward.consequences] : [],
  );
  return [...new Set([...Object.keys(names ?? {}), ...scored.map(idOf), ...stocks.map(idOf)])];
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

/** Every text inside, and the id of every benefit (`item:rice`): an id that nobody speaks of needs no name. */
function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string") found.add(value).add(value.replace(/^(?:points|item|honour):/, ""));
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) textsIn(inner, found);
  return found;
}

import type { Actor } from "#domain/actor.ts";
import { addExact } from "#domain/decimal.ts";
import { type AttributeValue, type Fact, type Sale, saleMessageSchema } from "#domain/fact.ts";
import { compareFactKeys, factKey } from "#domain/ids.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { Payee, Settlement } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { problemsOf, Refusal } from "#domain/problem.ts";
import { formatInZone } from "#domain/time.ts";
import type { Change } from "#engine/compare.ts";
import { requireFit } from "#engine/fit.ts";
import { fold, merge, type Partial } from "#engine/fold.ts";
import { compileRules, type RuleSources, type Rules } from "#engine/rules.ts";
import { conclude } from "#engine/settle.ts";
import { campaignSight, requireSight } from "../access.ts";
import { loadRuleSources } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { type Outlook, outlookOf, sliceAt, subjectOf } from "./outlook.ts";
import { instantOfQuestion } from "./question.ts";
import { storedFacts } from "./stored-facts.ts";

/** "What if this person sold so many more, of so much each, by then?" */
export interface WhatIfQuestion {
  readonly participantId: string;
  readonly sales: number;
  /** Of each sale, as decimal text in major units. */
  readonly amount: string;
  /** When they occur: an instant with an offset, or local time of the plan's zone. */
  readonly at: string;
  /** What is not said is taken from the person's latest sale that counts. */
  readonly quantity?: string | undefined;
  readonly product?: string | undefined;
  readonly channel?: string | undefined;
  readonly attributes?: Readonly<Record<string, AttributeValue>> | undefined;
}

export interface WhatIf {
  plan: string;
  currency: string;
  asOf: string;
  participantId: string;
  name: string;
  /** The sales that were supposed, and whether they would count. */
  supposed: {
    sales: number;
    amount: string;
    at: string;
    quantity: string;
    product: string;
    channel: string;
    attributes: Record<string, AttributeValue>;
    /** The sale that lent what was not said. */
    like?: string;
    counted: number;
    /** By the first reason that held. */
    notCounted: Record<string, number>;
  };
  /** Money that the person gets in all, due or held. */
  total: Change;
  /** Every reward of the plan, in its order. */
  rewards: {
    reward: string;
    /** Whom the reward looks at: the person, or their unit at the reward's level; absent when it looks at none of theirs. */
    subject?: Payee;
    /** In which of its slices the supposed sales lie: that of the outlooks. */
    slice?: string;
    /** Of a benefit in kind, such as `item:rice`; absent where it pays money. */
    unit?: string;
    /** What the person gets of it in all its slices, due or held, in what it pays. */
    amount: Change;
    before: Outlook;
    after: Outlook;
  }[];
}

export interface WhatIfInputs extends RuleSources {
  readonly facts: readonly Fact[];
  /** What is known: facts recorded up to and including this instant. The supposed sales are. */
  readonly asOf: number;
}

/** The most sales that one question may suppose. */
export const MOST_SUPPOSED = 1_000;

/**
 * Settles with and without the supposed sales, by the engine that settles in earnest. Stores nothing.
 *
 * @throws Refusal("invalid") when the person is not on file, the sales cannot be, or the plan does not fit
 */
export function whatIf({ facts, asOf, ...sources }: WhatIfInputs, question: WhatIfQuestion): WhatIf {
  const { participantId } = question;
  const { plan } = sources;
  const rules = compileRules(sources);
  requireOnFile(rules, participantId);
  const known = fold(rules, asOf, facts);
  const like = latestCounted(known, facts, participantId);
  const { sales, at } = supposedSales(rules, known, like, question, asOf);
  const supposed = fold(rules, asOf, sales);
  // Slices are looked at up to when the supposed sales occur: a person asks about the month to come as well.
  const asked = { asOf: Math.max(asOf, at), closedOnly: false };
  requireFit(rules, asked.asOf);
  const before = conclude(sources, rules, known, asked);
  const after = conclude(sources, rules, merge(known, supposed), asked);
  const rewards = plan.rewards.map((reward) => {
    const subject = subjectOf(rules, reward, participantId, at);
    const slice = sliceAt(rules, reward, at);
    const look = (settlement: Settlement) => outlookOf(rules, settlement, reward, participantId, subject, slice);
    const [was, is] = [look(before), look(after)];
    const unit = unitOfPay(plan, reward);
    return {
      reward: reward.id,
      ...(unit === plan.currency ? {} : { unit }),
      ...(subject === undefined ? {} : { subject }),
      ...(slice === undefined ? {} : { slice }),
      amount: changeOf(was.amountMinor, is.amountMinor, unit),
      before: was.outlook,
      after: is.outlook,
    };
  });
  const sample = sampleOf(question, like);
  return {
    plan: plan.id,
    currency: plan.currency,
    asOf: formatInZone(asOf, plan.period.zone),
    participantId,
    name: rules.directory.participantName(participantId),
    supposed: {
      sales: question.sales,
      amount: question.amount,
      at: formatInZone(at, plan.period.zone),
      ...sample,
      attributes: { ...sample.attributes },
      ...(like === undefined ? {} : { like: factKey(like) }),
      ...fateOf(supposed),
    },
    total: changeOf(totalOf(before, participantId), totalOf(after, participantId), plan.currency),
    rewards,
  };
}

function changeOf(was: number, is: number, unit: string): Change {
  return { before: formatMoney(was, unit), after: formatMoney(is, unit), difference: formatMoney(is - was, unit) };
}

/** Money of a person, due or held; benefits in kind have no sum with it. */
function totalOf({ lines, held = [] }: Settlement, participantId: string): number {
  return [...lines, ...held]
    .filter(({ payee, currency }) => payee.kind === "participant" && payee.id === participantId && !isBenefit(currency))
    .reduce((sum, { amount, currency }) => addExact(sum, parseMoney(amount, currency) ?? 0), 0);
}

/**
 * The question about somebody of a campaign in force, as it stands now: a seller asks about themself, a branch manager about
 * their own people.
 *
 * @throws Refusal as {@link whatIf}; "notFound"; "forbidden"; "conflict" when no version is in force or too many facts are stored
 */
export async function askWhatIf(
  deps: Pick<Deps, "plans" | "facts" | "clock">,
  actor: Actor,
  campaignId: string,
  question: WhatIfQuestion,
): Promise<WhatIf> {
  const campaign = await findCampaign(deps, campaignId);
  await requireSight(campaignSight(deps, actor, campaign), { kind: "participant", id: question.participantId });
  const { sources } = await loadRuleSources(deps, campaign);
  return whatIf({ ...sources, facts: await storedFacts(deps), asOf: deps.clock.now() }, question);
}

function requireOnFile({ directory }: Rules, participantId: string): void {
  if (directory.isKnown(participantId)) return;
  throw new Refusal("invalid", "the person is not known", [
    {
      code: "unknown-participant",
      path: "/participantId",
      message: `${participantId} is not on file`,
      seen: participantId,
      mend: "use a participant's id",
    },
  ]);
}

/** The person's latest sale that counts, by when it occurred. */
function latestCounted({ states }: Partial, facts: readonly Fact[], participantId: string): Sale | undefined {
  const counted = facts.filter((fact): fact is Sale => {
    if (fact.kind !== "sale" || fact.participantId !== participantId) return false;
    const state = states.get(factKey(fact));
    return state?.version === fact.version && state.crediting.outcome === "counted";
  });
  const latest = counted.sort(
    (a, b) =>
      instantOf(a.occurredAt) - instantOf(b.occurredAt) ||
      compareFactKeys(factKey(a), factKey(b)) ||
      // Recorded again with the same words: the first recording.
      instantOf(b.recordedAt) - instantOf(a.recordedAt),
  );
  return latest.at(-1);
}

/** What a supposed sale is like in all that conditions look at. */
function sampleOf({ quantity, product, channel, attributes }: WhatIfQuestion, like: Sale | undefined) {
  return {
    quantity: quantity ?? like?.quantity ?? "1",
    product: product ?? like?.product ?? "",
    channel: channel ?? like?.channel ?? "",
    attributes: attributes ?? like?.attributes ?? {},
  };
}

function supposedSales(
  { plan }: Rules,
  { states }: Partial,
  like: Sale | undefined,
  question: WhatIfQuestion,
  asOf: number,
): { sales: Fact[]; at: number } {
  const { participantId, sales, amount } = question;
  const at = instantOfQuestion(question.at, plan.period.zone, "/at");
  if (!Number.isInteger(sales) || sales < 0 || sales > MOST_SUPPOSED) throw badNumber(sales);
  const sample = sampleOf(question, like);
  const unsaid = (["product", "channel"] as const).filter((field) => sample[field] === "");
  if (unsaid.length > 0) throw nothingAlike(participantId, unsaid);
  const message = {
    kind: "sale",
    source: "what-if",
    version: 1,
    status: "active",
    participantId,
    occurredAt: formatInstant(at),
    amount,
    currency: plan.currency,
    ...sample,
  };
  const parsed = saleMessageSchema.safeParse({ ...message, externalId: "0" });
  if (!parsed.success) {
    throw new Refusal("invalid", "there cannot be such a sale", problemsOf(parsed.error, "", message));
  }
  const { data } = parsed;
  const facts: Fact[] = [];
  for (let number = 1; facts.length < sales; number += 1) {
    const fact = {
      ...data,
      externalId: `supposed-${String(number).padStart(6, "0")}`,
      recordedAt: formatInstant(asOf),
    };
    // A name that a real sale has would be taken for a message about it.
    if (!states.has(factKey(fact))) facts.push(fact);
  }
  return { sales: facts, at };
}

function badNumber(sales: number): Refusal {
  const path = "/sales";
  const message = "this is no number of sales";
  const allowed = `a whole number from 0 to ${MOST_SUPPOSED}`;
  return new Refusal("invalid", "so many sales cannot be supposed", [
    { code: "bad-value", path, message, seen: String(sales), allowed },
  ]);
}

function nothingAlike(participantId: string, unsaid: readonly string[]): Refusal {
  return new Refusal(
    "invalid",
    "what would be sold is not known",
    unsaid.map((field) => ({
      code: "unsaid",
      path: `/${field}`,
      message: `${participantId} has no sale that counts from which the ${field} could be taken`,
      mend: `say the ${field}`,
    })),
  );
}

function fateOf({ states }: Partial): Pick<WhatIf["supposed"], "counted" | "notCounted"> {
  const notCounted: Record<string, number> = {};
  let counted = 0;
  for (const { crediting } of states.values()) {
    if (crediting.outcome === "counted") counted += 1;
    else if (crediting.outcome !== "cancelled") {
      notCounted[crediting.reason] = (notCounted[crediting.reason] ?? 0) + 1;
    }
  }
  return { counted, notCounted };
}

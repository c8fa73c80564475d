import { benefitReasonsEn, benefitsEn } from "./benefits-en.ts";
import { factsEn, measuredEn } from "./measured-en.ts";
import { payEn } from "./pay-en.ts";
import { sharesEn } from "./shares-en.ts";
/**
 * English texts of statements and explanations. Values come in as they are to be printed; `who` is a name, or
 * undefined where the reader is meant.
 */
export const en = {
  statementOf: (name: string, id: string) => (name === id ? `Statement for ${id}` : `Statement for ${name} (${id})`),
  campaign: (name: string, id: string) => `Campaign: ${name} (${id})`,
  asOf: (instant: string, run: string) => `As of ${instant} · run ${run}`,
  provisional: "Provisional: the figures can still change until the campaign is settled.",
  total: (amount: string) => `Total: ${amount}`,
  noAwards: "No award.",
  whyAwarded: "Awards",
  whyNot: "Not awarded",
  changes: "Changes to earlier amounts",
  change: (reward: string, difference: string, amount: string) => `${reward}: ${difference}, now ${amount}`,
  payment: "Payment",
  held: "Earned, and due later",
  heldItem: (reward: string, amount: string, due: string | undefined) =>
    `${reward}: ${amount}${due === undefined ? "" : `, due on ${due}`}`,
  components: "Counted in other awards",
  /** Parts of awards that the engine names; others are named by the plan. */
  parts: { redeemed: "redeemed", expired: "expired", draw: "draw" },
  points: (amount: string, name: string) => `${amount} points (${name})`,
  goods: (amount: string, name: string) => `${amount} × ${name}`,
  honour: (amount: string, name: string) => (amount === "1" ? name : `${amount} × ${name}`),
  handedOut: (benefit: string) => `Handed out: ${benefit}`,
  posted: (amount: string) => `Posted by this run: ${amount}`,
  broughtForward: (amount: string) => `Brought forward: ${amount}`,
  paid: (amount: string) => `Paid: ${amount}`,
  carriedForward: (amount: string) => `Carried forward: ${amount}`,
  item: (reward: string, amount: string) => `${reward}: ${amount}`,

  facts: factsEn,
  measured: measuredEn,
  sale: (fact: string, at: string, value: string) => `${at}  ${fact}  ${value}`,
  salePays: (fact: string, at: string, value: string, pays: string) => `${at}  ${fact}  ${value} → ${pays}`,
  contributor: (who: string, facts: string, value: string) => `${who}: ${value} from ${facts}`,

  gateSubject: (level: string, name: string) => `${level} ${name}`,
  gateYou: "you",
  gatePassed: (who: string, measure: string, value: string, threshold: string) =>
    `Gate: ${who}, ${measure} ${value} ≥ ${threshold} – passed.`,
  gateFailed: (who: string, measure: string, value: string, threshold: string, missing: string) =>
    `Gate: ${who}, ${measure} ${value} < ${threshold} – not passed, ${missing} missing.`,
  targetOf: (label: string, value: string) => `${label} target ${value}`,

  reached: (target: string, at: string, value: string, fact: string) =>
    `Reached the ${target} on ${at}, with ${value} (${fact}).`,
  notReached: (target: string, missing: string) => `Did not reach the ${target}: ${missing} missing.`,

  place: (rank: number, of: number) => `Place ${rank} of ${of}`,
  noPlace: (of: number) => `No place among ${of}`,
  by: {
    value: "by value",
    reached: (label: string) => `by reaching the ${label} target`,
    tie: (policy: string) => `a tie, decided by ${policy}`,
    tieAt: (policy: string, at: string) => `a tie, decided by ${policy} (${at})`,
    tieById: (policy: string) => `a tie that ${policy} left open, ordered by id`,
  },
  tiePolicies: {
    earliestReach: "who reached the value first",
    earlierLastFact: "whose last sale is earlier",
    poolPrizes: "sharing the prizes of the tied places",
    samePrize: "the same prize for all tied",
  },
  ahead: (who: string, value: string, lead: string | undefined) =>
    `ahead: ${who} (${value}${lead === undefined ? "" : `, which is ${lead} more`})`,
  behind: (who: string, value: string) => `behind: ${who} (${value})`,
  tiedWith: (who: string) => `tied with ${who}`,
  labelAt: (label: string, at: string) => `${label} target on ${at}`,

  rate: (rate: string, value: string, amount: string, rounding: string) =>
    `${rate} of ${value} is ${amount} (${rounding}).`,
  roundedEach: (mode: string, unit: string) => `each one rounded ${mode} to ${unit}`,
  roundedOnce: (mode: string, unit: string) => `the total rounded ${mode} to ${unit}`,
  roundingModes: { halfUp: "half up", halfEven: "half to even", down: "down", up: "up" },

  manual: (requestedBy: string, approvedBy: string, at: string, reason: string, evidence: string) =>
    `Adjusted by hand: ${reason} (${evidence}). Asked for by ${requestedBy}, approved by ${approvedBy} on ${at}.`,
  attainment: (value: string, target: string, attainment: string) => `${value} of the ${target} is ${attainment}.`,
  bandFrom: (from: string) => `Band from ${from}`,
  bandBetween: (from: string, to: string) => `Band ${from} to ${to}`,
  bandModes: {
    marginal: "for the part that lies in it",
    whole: "for everything from the first unit",
    interpolated: "for everything, pro rata over the band",
  },
  bandPart: (part: string) => `${part} of the band is covered`,
  bandSales: (sales: number) => `${sales} ${sales === 1 ? "sale" : "sales"}`,
  bandRate: (rate: string, value: string) => `${rate} of ${value}`,
  bandPerUnit: (price: string, units: string) => `${price} for each of ${units}`,
  bandFlat: (amount: string) => `${amount} for the band`,
  plus: " + ",
  makes: (amount: string) => `that is ${amount}`,
  toNextBand: (missing: string) => `${missing} more leads to the next band`,
  units: (units: string) => `Units: ${units}`,
  freeUnits: (units: string) => `the first ${units} are not paid`,
  unitsPaid: (units: string) => `${units} are paid`,
  packages: (count: string, size: string, partial: string) => `${count} ${partial} packages of ${size} are paid`,
  partialPackages: { started: "started", full: "full" },
  unitPrice: (price: string, amount: string) => `${price} each, that is ${amount}`,
  rounded: (exact: string, amount: string, rounding: string) => `${exact} is paid as ${amount} (${rounding}).`,
  notRounded: (amount: string) => `That pays ${amount}.`,
  milestonePaid: (at: string, when: string | undefined, amount: string) =>
    `Step ${at} reached${when === undefined ? "" : ` on ${when}`}: ${amount}.`,
  milestonePassed: (at: string, when: string | undefined) =>
    `Step ${at} reached${when === undefined ? "" : ` on ${when}`}; only the highest step pays.`,
  milestoneMissed: (at: string, missing: string) => `Step ${at} not reached: ${missing} missing.`,

  prizeOne: (place: string, amount: string) => `Prize for place ${place}: ${amount}.`,
  prizeEach: (places: string, amount: string) => `Prize for each of places ${places}: ${amount}.`,
  prizePooled: (places: string, amount: string) => `Share of the pooled prizes for places ${places}: ${amount}.`,

  share: (
    unit: string,
    whole: string,
    role: string,
    coefficient: string,
    share: string,
    members: number,
    amount: string,
  ) =>
    `${unit} won ${whole}, shared among ${members} ${members === 1 ? "member" : "members"}: as ${role}, coefficient ${coefficient}, the share is ${share}, that is ${amount}.`,
  unshared: (unit: string, whole: string) =>
    `${unit} won ${whole}; nobody is on file to share it, so the unit itself receives it.`,

  ratio: (
    who: string | undefined,
    measure: string,
    numerator: string,
    denominator: string,
    value: string | undefined,
  ) =>
    `${who === undefined ? "Your" : `${who}:`} ${measure} is ${numerator} of ${denominator}${value === undefined ? ", which has no value" : `, that is ${value}`}.`,
  multiplied: (factors: string, factor: string, sales: number, before: string, amount: string) =>
    `${factors}: ${before} for ${sales} ${sales === 1 ? "sale" : "sales"} times ${factor} is ${amount}.`,
  cancelledSale: (fact: string, at: string, cancelledAt: string, earned: string, keeps: string, amount: string) =>
    `Sale ${fact} of ${at} was cancelled on ${cancelledAt}: ${keeps} of its ${earned} is kept, that is ${amount}.`,
  toDate: (since: string, earned: string, before: string, amount: string) =>
    `Since ${since} ${earned} was earned; earlier periods paid ${before} of it, so this one pays ${amount}.`,
  coefficient: (scorecard: string, grade: string | undefined, factor: string, before: string, amount: string) =>
    `${scorecard}${grade === undefined ? "" : `, grade ${grade}`}: ${before} times ${factor} is ${amount}.`,
  capped: (cap: string, before: string, amount: string) => `Cap of ${cap}: ${amount} of ${before} is paid.`,
  deducted: (id: string, rate: string | undefined, of: string, taken: string, left: string) =>
    `Deduction ${id}${rate === undefined ? "" : `, ${rate} of ${of}`}: ${taken}; ${left} is left.`,
  budgetFirstCome: (budget: string, limit: string, before: string, amount: string) =>
    `The budget ${budget} of ${limit} goes to who earned first: ${amount} of ${before} is paid.`,
  budgetProRata: (budget: string, limit: string, earned: string, before: string, amount: string) =>
    `${earned} was earned in all and the budget ${budget} is ${limit}, so all are scaled alike: ${amount} of ${before} is paid.`,
  budgetStock: (stock: string, limit: string, before: string, amount: string) =>
    `${stock}: there were ${limit}, handed out in the order in which they were earned: ${amount} of ${before}.`,
  instalment: (id: string, part: string, of: string, due: string | undefined, amount: string) =>
    `Instalment ${id}, ${part} of ${of}${due === undefined ? "" : `, due on ${due}`}: ${amount}.`,
  instalmentShare: (id: string, part: string, of: string, proportion: string, amount: string) =>
    `Instalment ${id}, ${part} of ${of}, of which ${proportion} has come due: ${amount}.`,

  pay: payEn,

  nothing: (why: string) => `Nothing: ${why}.`,
  excluded: (why: string) => `Does not take part: ${why}.`,
  missing: (value: string) => `${value} missing`,
  reasons: {
    ...benefitReasonsEn,
    "nothing-to-pay": "nothing is left to be paid",
    "paid-ahead": "the draw has paid it already",
    "repays-advance": "all that was earned repays advances",
    "no-facts": "nothing that counts is on file",
    "nobody-on-file": "nobody is on file to share it",
    "no-ancestor": "belongs to no unit that could be judged",
    "no-target": "no target is set",
    gate: "a gate was not passed",
    "below-prizes": "the rank is below the last prize",
    "places-taken": "all places were taken by others",
    "target-not-reached": "no target was reached",
    "rounds-to-zero": "the amount rounds to zero",
    "pays-nothing": "what was reached pays nothing",
    "below-bands": "the first band was not reached",
    "no-step": "no step was reached",
    "zero-target": "the target is zero, and nothing is a part of zero",
    "empty-ratio": "there is nothing to compare with, so the ratio has no value",
    "no-total": "there is no total in the scorecard that places go by",
    "cap-used-up": "the cap was used up before",
    "budget-used-up": "the budget or the stock was used up before",
    "no-share": "no share of the pot falls to this result",
    "no-team-result": "the team came to nothing that the override is of",
    "grade-pays-nothing": "the result pays no money itself",
    "kpi-missing": "a KPI has no facts, and without it there is no total",
    "condition-not-met": "what the instalment hangs on did not hold when it fell due",
  },
  shares: sharesEn,
  benefits: benefitsEn,
  noPenalty: "No penalty: what it is for did not happen.",
  /** When it is decided who takes part. */
  deciding: { slice: "at the end of this period", campaign: "at the end of the campaign" },
  noMembership: (when: string) => `belongs to no unit ${when}`,
  roleReason: (when: string, own: string | undefined, asked: string | undefined) =>
    `the role ${when} ${own === undefined ? "is another" : `is ${own}`}, ${asked === undefined ? "which has no share" : `and only ${asked} takes part`}`,
  durations: {
    years: (count: number) => `${count} ${count === 1 ? "year" : "years"}`,
    months: (count: number) => `${count} ${count === 1 ? "month" : "months"}`,
    weeks: (count: number) => `${count} ${count === 1 ? "week" : "weeks"}`,
    days: (count: number) => `${count} ${count === 1 ? "day" : "days"}`,
  },

  /** Between the parts of a sentence, its clauses, names, alternatives and sentences, and at the end of one. */
  comma: ", ",
  semicolon: "; ",
  listComma: ", ",
  or: " or ",
  between: " ",
  /** What is to be done with spaces where words met. */
  closed: (sentence: string) => sentence,
  stop: ".",
};

/** What every language must say. */
export type Texts = typeof en;
